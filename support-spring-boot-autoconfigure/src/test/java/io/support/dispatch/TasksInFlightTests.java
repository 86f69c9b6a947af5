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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

import io.support.context.TaskInFlight;
import io.support.context.WarningSource.Found;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/**
 * Tests for what is known of calls that have not ended, on dispatchers with one thread
 * and a time that stands still.
 */
@Timeout(60)
@SuppressWarnings("FutureReturnValueIgnored") // some calls only take a place
class TasksInFlightTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final AtomicLong clock = new AtomicLong(1);

	private final Dispatchers dispatchers = Dispatchers.create(
			new DispatchSettings(new DispatchSettings.Pool(1, 10), new DispatchSettings.Pool(1, 10), PATIENCE),
			this.clock::get, new SimpleMeterRegistry());

	private final CountDownLatch release = new CountDownLatch(1);

	@AfterEach
	void close() {
		this.release.countDown();
		this.dispatchers.close();
	}

	@Test
	void callIsKnownFromTheQueueToItsEnd() throws Exception {
		assertThat(tasks()).isEmpty();
		CompletableFuture<Boolean> running = stick();
		CompletableFuture<Integer> waiting = this.dispatchers.io().future(() -> 1, Duration.ofSeconds(3));
		advance(2000);
		List<TaskInFlight> tasks = tasks();
		assertThat(tasks).hasSize(2);
		assertThat(tasks.get(0)).satisfies((task) -> {
			assertThat(task.kind()).isEqualTo("dispatch io");
			assertThat(task.what()).isEqualTo("none");
			assertThat(task.state()).isEqualTo(TaskInFlight.RUNNING);
			assertThat(task.ageNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(2));
			assertThat(task.runningNanos()).isEqualTo(task.ageNanos());
			assertThat(task.queuedNanos()).isZero();
			assertThat(task.timeoutLeftNanos()).isNull();
			assertThat(task.caller()).isEqualTo(Thread.currentThread().getName());
			assertThat(task.thread()).isNotNull();
			assertThat(task.thread().getName()).startsWith("support-io-");
		});
		assertThat(tasks.get(1)).satisfies((task) -> {
			assertThat(task.state()).isEqualTo(TaskInFlight.QUEUED);
			assertThat(task.id()).startsWith("io-").isNotEqualTo(tasks.get(0).id());
			assertThat(task.queuedNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(2));
			assertThat(task.runningNanos()).isNull();
			assertThat(task.timeoutLeftNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(1));
			assertThat(task.thread()).isNull();
		});
		assertThat(tasks()).extracting(TaskInFlight::id).containsExactly(tasks.get(0).id(), tasks.get(1).id());
		this.release.countDown();
		assertThat(running.get(20, TimeUnit.SECONDS)).isTrue();
		assertThat(waiting.get(20, TimeUnit.SECONDS)).isOne();
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(tasks()).isEmpty());
	}

	@Test
	void callThatIsCancelledIsGone() {
		stick();
		CompletableFuture<Integer> waiting = this.dispatchers.io().future(() -> 1);
		assertThat(tasks()).hasSize(2);
		waiting.cancel(true);
		assertThat(tasks()).hasSize(1);
	}

	@Test
	@SuppressWarnings("try") // the scope is for what is done in it
	void callSaysWhichRequestHasStartedIt() {
		stick();
		Originator request = Originator.request("GET", "/orders;v=1?token=hunter2");
		try (TaskOrigin.Scope scope = request.open()) {
			this.dispatchers.io().future(() -> 1);
			try (TaskOrigin.Scope background = TaskOrigin.BACKGROUND.open()) {
				this.dispatchers.io().future(() -> 1);
			}
		}
		this.dispatchers.io().mono(() -> 1).contextWrite(request::storeIn).subscribe();
		this.dispatchers.io()
			.mono(() -> 1)
			.contextWrite(TaskOrigin.BACKGROUND::storeIn)
			.contextWrite(request::storeIn)
			.subscribe();
		assertThat(tasks()).extracting(TaskInFlight::startedBy)
			.containsExactly(null, "GET /orders", "GET /orders", "GET /orders", "GET /orders");
	}

	@Test
	void callOfACallHasTheSameRequest() {
		CountDownLatch inside = new CountDownLatch(1);
		this.dispatchers.io().<Boolean>mono(() -> this.dispatchers.cpu().call(() -> {
			inside.countDown();
			return this.release.await(20, TimeUnit.SECONDS);
		})).contextWrite(Originator.request("POST", "/sign")::storeIn).subscribe();
		await().atMost(PATIENCE).until(() -> inside.getCount() == 0);
		assertThat(tasks()).extracting(TaskInFlight::kind, TaskInFlight::startedBy)
			.containsExactlyInAnyOrder(tuple("dispatch io", "POST /sign"), tuple("dispatch cpu", "POST /sign"));
	}

	@Test
	void furtherElementsThatWaitBelongToTheRequest() {
		CompletableFuture<Integer> first = new CompletableFuture<>();
		List<Subscription> subscription = new ArrayList<>();
		this.dispatchers.io()
			.flux(this.dispatchers.io().statistics("Feed.read"), () -> Flux.range(1, 10), null)
			.contextWrite(Originator.request("GET", "/feed")::storeIn)
			.subscribe(new BaseSubscriber<>() {

				@Override
				protected void hookOnSubscribe(Subscription upstream) {
					subscription.add(upstream);
					upstream.request(1);
				}

				@Override
				protected void hookOnNext(Integer value) {
					first.complete(value);
				}

			});
		assertThat(first.orTimeout(20, TimeUnit.SECONDS).join()).isOne();
		stick();
		subscription.get(0).request(1);
		assertThat(tasks()).filteredOn((task) -> task.what().equals("Feed.read"))
			.singleElement()
			.satisfies((task) -> assertThat(task.startedBy()).isEqualTo("GET /feed"));
	}

	@Test
	void methodSaysHowManyOfItsCallsWaitAndRun() {
		CallStatistics statistics = this.dispatchers.io().statistics("Orders.load");
		stick();
		this.dispatchers.io().stage(statistics, () -> CompletableFuture.completedFuture(1), null);
		advance(5);
		this.dispatchers.io().stage(statistics, () -> CompletableFuture.completedFuture(1), null);
		CallStatistics.Snapshot loads = this.dispatchers.io().snapshot().methods().get("Orders.load");
		assertThat(loads.queueDepth()).isEqualTo(2);
		assertThat(loads.active()).isZero();
		assertThat(loads.oldestAgeNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(5));
		CallStatistics.Snapshot others = this.dispatchers.io().snapshot().methods().get("none");
		assertThat(others.queueDepth()).isZero();
		assertThat(others.active()).isOne();
	}

	@Test
	void queueThatIsNearlyFullIsAWarning() {
		stick();
		for (int i = 0; i < 8; i++) {
			this.dispatchers.io().future(() -> 1);
		}
		assertThat(warnings()).isEmpty();
		this.dispatchers.io().future(() -> 1);
		assertThat(warnings()).singleElement().satisfies((found) -> {
			assertThat(found.what()).contains("9 of 10");
			assertThat(found.where()).containsEntry("dispatcher", "io");
			assertThat(found.see()).isEqualTo("tasks");
		});
	}

	private List<TaskInFlight> tasks() {
		List<TaskInFlight> tasks = new ArrayList<>();
		this.dispatchers.forEachTask(tasks::add);
		return tasks;
	}

	private List<Found> warnings() {
		List<Found> found = new ArrayList<>();
		this.dispatchers.forEachWarning(found::add);
		return found;
	}

	private CompletableFuture<Boolean> stick() {
		CountDownLatch stuck = new CountDownLatch(1);
		CompletableFuture<Boolean> running = this.dispatchers.io().future(() -> {
			stuck.countDown();
			return this.release.await(20, TimeUnit.SECONDS);
		});
		await().atMost(PATIENCE).until(() -> stuck.getCount() == 0);
		return running;
	}

	private void advance(long millis) {
		this.clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
	}

}
