/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.support.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import io.support.dispatch.DispatchRejectedException.Reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the queue of a {@link Dispatcher} with one thread: what may wait there, and
 * for how long. The time stands still unless a test moves it.
 */
@Timeout(60)
@SuppressWarnings("FutureReturnValueIgnored") // some calls only take a place
class DispatchQueueTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final AtomicLong clock = new AtomicLong(-TimeUnit.DAYS.toNanos(1));

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final Dispatchers dispatchers = Dispatchers.create(
			new DispatchSettings(new DispatchSettings.Pool(1, 20), new DispatchSettings.Pool(1, 20), PATIENCE),
			this.clock::get, this.registry);

	private final Dispatcher io = this.dispatchers.io();

	private final CountDownLatch release = new CountDownLatch(1);

	private final AtomicInteger ran = new AtomicInteger();

	@AfterEach
	void close() {
		this.release.countDown();
		this.dispatchers.close();
	}

	@Test
	void callOfRequestIsRefusedInTimeThoughNoThreadComesFree() throws Exception {
		stick(this.io);
		CompletableFuture<Integer> background = this.io.future(this.ran::incrementAndGet);
		CompletableFuture<Integer> future = forRequest(() -> this.io.future(this.ran::incrementAndGet));
		CompletableFuture<Integer> mono = this.io.<Integer>mono(this.ran::incrementAndGet)
			.contextWrite(TaskOrigin.REQUEST::storeIn)
			.toFuture();
		CompletableFuture<Throwable> call = CompletableFuture.supplyAsync(
				() -> catchThrowable(() -> forRequest(() -> this.io.call(this.ran::incrementAndGet))),
				(task) -> new Thread(task).start());
		await().atMost(PATIENCE).until(() -> depth(this.io), (depth) -> depth == 4);
		advance(1001);
		for (Throwable refusal : List.of(failure(future), failure(mono), call.get(20, TimeUnit.SECONDS))) {
			assertThat(refusal).isInstanceOfSatisfying(DispatchRejectedException.class, (ex) -> {
				assertThat(ex.getReason()).isEqualTo(Reason.QUEUE_AGE);
				assertThat(ex).hasMessageContaining("'io'")
					.hasMessageContaining("waited for 1001 ms")
					.hasMessageContaining("may wait for 1000 ms")
					.hasMessageContaining("support.dispatch.io.threads");
				assertThat(ex.getStackTrace()).isEmpty();
				assertThat(ex.getSuppressed()).isEmpty();
			});
		}
		assertThat(rejected("queue-age")).isEqualTo(3);
		assertThat(background).isNotDone();
		assertThat(depth(this.io)).isOne();
		this.release.countDown();
		assertThat(background.get(20, TimeUnit.SECONDS)).isOne();
		assertThat(this.ran).hasValue(1);
	}

	@Test
	void callOfRequestThatIsTooOldWhenItIsTakenIsRefused() {
		DispatchTask<Integer> request = task(TaskOrigin.REQUEST);
		DispatchTask<Integer> background = task(TaskOrigin.BACKGROUND);
		advance(1001);
		request.run();
		background.run();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(request::get)
			.havingCause()
			.isInstanceOfSatisfying(DispatchRejectedException.class,
					(ex) -> assertThat(ex.getReason()).isEqualTo(Reason.QUEUE_AGE));
		assertThat(background).isDone();
		assertThat(this.ran).hasValue(1);
		assertThat(rejected("queue-age")).isOne();
	}

	@Test
	void callOfRequestThatIsYoungEnoughRuns() {
		DispatchTask<Integer> request = task(TaskOrigin.REQUEST);
		advance(1000);
		request.run();
		assertThat(this.ran).hasValue(1);
	}

	@Test
	void callOfRequestThatCouldNotStartInTimeIsRefusedAtOnce() throws Exception {
		CountDownLatch first = new CountDownLatch(1);
		this.io.future(() -> first.await(20, TimeUnit.SECONDS));
		for (int i = 0; i < 4; i++) {
			this.io.future(() -> this.clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(100)));
		}
		CountDownLatch stuck = new CountDownLatch(1);
		this.io.future(() -> {
			stuck.countDown();
			return this.release.await(20, TimeUnit.SECONDS);
		});
		List<CompletableFuture<Integer>> background = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			background.add(this.io.future(this.ran::incrementAndGet));
		}
		first.countDown();
		assertThat(stuck.await(20, TimeUnit.SECONDS)).isTrue();
		// One call has started every 100 ms, so ten are done in a second.
		CompletableFuture<Integer> inTime = forRequest(() -> this.io.future(this.ran::incrementAndGet));
		CompletableFuture<Integer> late = forRequest(() -> this.io.future(this.ran::incrementAndGet));
		assertThat(inTime).isNotDone();
		assertThat(late).isCompletedExceptionally();
		assertThat(failure(late))
			.isInstanceOfSatisfying(DispatchRejectedException.class,
					(ex) -> assertThat(ex.getReason()).isEqualTo(Reason.EXPECTED_AGE))
			.hasMessageContaining("'io'")
			.hasMessageContaining("11 of 20")
			.hasMessageContaining("1000 ms");
		assertThat(rejected("expected-age")).isOne();
		background.add(this.io.future(this.ran::incrementAndGet));
		this.release.countDown();
		CompletableFuture.allOf(background.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
		assertThat(inTime.get(20, TimeUnit.SECONDS)).isPositive();
		assertThat(this.ran).hasValue(12);
	}

	@Test
	void originFollowsNestedCallsAndDoesNotStay() throws Exception {
		Dispatcher cpu = this.dispatchers.cpu();
		assertThat(forRequest(() -> this.io.call(() -> cpu.call(TaskOrigin::current)))).isEqualTo(TaskOrigin.REQUEST);
		assertThat(this.io.call(() -> cpu.call(TaskOrigin::current))).isEqualTo(TaskOrigin.BACKGROUND);
		Mono<TaskOrigin> mono = this.io.mono(() -> cpu.future(TaskOrigin::current).get(20, TimeUnit.SECONDS));
		assertThat(mono.contextWrite(TaskOrigin.REQUEST::storeIn).block(PATIENCE)).isEqualTo(TaskOrigin.REQUEST);
		assertThat(mono.block(PATIENCE)).isEqualTo(TaskOrigin.BACKGROUND);
		assertThat(forRequest(() -> mono.contextWrite(TaskOrigin.BACKGROUND::storeIn).block(PATIENCE)))
			.isEqualTo(TaskOrigin.BACKGROUND);
	}

	@Test
	void nestedCallOfRequestIsRefusedForItsAgeAndItsBackgroundCallIsNot() throws Exception {
		stick(this.dispatchers.cpu());
		CompletableFuture<CompletableFuture<Integer>> sentOff = new CompletableFuture<>();
		CompletableFuture<Integer> nested = forRequest(() -> this.io.future(() -> {
			sentOff.complete(TaskOriginTests.as(TaskOrigin.BACKGROUND,
					() -> this.dispatchers.cpu().future(this.ran::incrementAndGet)));
			return this.dispatchers.cpu().call(this.ran::incrementAndGet);
		}));
		await().atMost(PATIENCE).until(() -> depth(this.dispatchers.cpu()), (depth) -> depth == 2);
		advance(1001);
		assertThat(failure(nested)).isInstanceOfSatisfying(DispatchRejectedException.class, (ex) -> {
			assertThat(ex.getDispatcher()).isEqualTo("cpu");
			assertThat(ex.getReason()).isEqualTo(Reason.QUEUE_AGE);
		});
		this.release.countDown();
		assertThat(sentOff.get(20, TimeUnit.SECONDS).get(20, TimeUnit.SECONDS)).isOne();
	}

	@Test
	void fluxThatHasBegunIsNotRefusedForItsAge() {
		Flux<Integer> flux = this.io
			.flux(this.io.statistics("none"), () -> Flux.just(1, 2).doOnNext((n) -> this.ran.incrementAndGet()), null)
			.contextWrite(TaskOrigin.REQUEST::storeIn);
		StepVerifier.create(flux, 1)
			.expectNext(1)
			.then(() -> stick(this.io))
			.thenRequest(1)
			.then(() -> advance(5000))
			.then(this.release::countDown)
			.expectNext(2)
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void cancelledCallLeavesTheQueueAtOnceAndIsCounted() {
		stick(this.io);
		Disposable mono = this.io.<Integer>mono(this.ran::incrementAndGet)
			.contextWrite(TaskOrigin.REQUEST::storeIn)
			.subscribe();
		CompletableFuture<Integer> future = this.io.future(this.ran::incrementAndGet);
		assertThat(depth(this.io)).isEqualTo(2);
		mono.dispose();
		assertThat(depth(this.io)).isOne();
		future.cancel(true);
		assertThat(depth(this.io)).isZero();
		assertThat(this.registry.get("support.dispatch.cancelled").tag("dispatcher", "io").functionCounter().count())
			.isEqualTo(2);
		this.release.countDown();
		assertThat(this.io.future(() -> "next").join()).isEqualTo("next");
		assertThat(this.ran).hasValue(0);
		assertThat(this.io.snapshot().methods().get("none").cancelled()).isEqualTo(2);
	}

	@Test
	void snapshotShowsWhatTheQueueIsLike() {
		stick(this.io);
		this.io.future(this.ran::incrementAndGet);
		advance(300);
		DispatcherState.Snapshot snapshot = this.io.snapshot();
		assertThat(snapshot.overloaded()).isFalse();
		assertThat(snapshot.maxQueueAgeNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(1));
		assertThat(snapshot.oldestAgeNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(300));
		assertThat(snapshot.methods().get("none").rejectedByReason()).containsOnlyKeys("queue-full", "expected-age",
				"queue-age", "shutdown");
	}

	@Test
	void refusedCallsAreNoneThatHaveRun() {
		stick(this.io);
		CompletableFuture<Integer> refused = forRequest(() -> this.io.future(this.ran::incrementAndGet));
		advance(1001);
		assertThat(failure(refused)).isInstanceOf(DispatchRejectedException.class);
		this.release.countDown();
		await().atMost(PATIENCE).until(() -> this.io.snapshot().completed() == 1 && this.io.snapshot().active() == 0);
		assertThat(this.io.snapshot().rejected()).isOne();
	}

	private DispatchTask<Integer> task(TaskOrigin origin) {
		return this.io.task(this.io.statistics("none"), Originator.of(origin), this.ran::incrementAndGet,
				(rejection) -> {
				});
	}

	private void stick(Dispatcher dispatcher) {
		CountDownLatch stuck = new CountDownLatch(1);
		dispatcher.future(() -> {
			stuck.countDown();
			return this.release.await(20, TimeUnit.SECONDS);
		});
		try {
			assertThat(stuck.await(20, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void advance(long millis) {
		this.clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
	}

	private int depth(Dispatcher dispatcher) {
		return dispatcher.snapshot().queueDepth();
	}

	private double rejected(String reason) {
		return this.registry.get("support.dispatch.rejected")
			.tags("dispatcher", "io", "reason", reason)
			.functionCounter()
			.count();
	}

	private static <T> T forRequest(Callable<T> body) {
		return TaskOriginTests.as(TaskOrigin.REQUEST, body);
	}

	private static Throwable failure(CompletableFuture<?> future) {
		return future.handle((value, ex) -> ex).orTimeout(20, TimeUnit.SECONDS).join();
	}

}
