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

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.DefaultEventLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link Dispatchers} and {@link Dispatcher}.
 */
@Timeout(30)
class DispatchersTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	/**
	 * By then a thread has begun, however busy the machine is: nothing else is
	 * interrupted.
	 */
	private static final Duration STARTED = Duration.ofMillis(500);

	private SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private Dispatchers dispatchers = create(2, 10);

	private void recreate(int threads, int queueCapacity) {
		this.dispatchers.close();
		this.registry = new SimpleMeterRegistry();
		this.dispatchers = create(threads, queueCapacity);
	}

	private Dispatchers create(int threads, int queueCapacity) {
		return create(threads, queueCapacity, PATIENCE);
	}

	private Dispatchers create(int threads, int queueCapacity, Duration shutdownTimeout) {
		DispatchSettings.Pool pool = new DispatchSettings.Pool(threads, queueCapacity);
		return Dispatchers.create(new DispatchSettings(pool, pool, shutdownTimeout), System::nanoTime, this.registry);
	}

	@AfterEach
	void close() {
		this.dispatchers.close();
	}

	@Test
	void callRunsOnNamedDaemonThread() throws Exception {
		Thread thread = this.dispatchers.io().call(Thread::currentThread);
		assertThat(thread.getName()).startsWith("support-io-");
		assertThat(thread.isDaemon()).isTrue();
		assertThat(this.dispatchers.cpu().call(() -> Thread.currentThread().getName())).startsWith("support-cpu-");
	}

	@Test
	void futureAndMonoRunOnDispatcher() throws Exception {
		assertThat(this.dispatchers.cpu().future(() -> Thread.currentThread().getName()).get(10, TimeUnit.SECONDS))
			.startsWith("support-cpu-");
		assertThat(this.dispatchers.get("io").mono(() -> Thread.currentThread().getName()).block(PATIENCE))
			.startsWith("support-io-");
		assertThat(this.dispatchers.io().mono(() -> null).blockOptional(PATIENCE)).isEmpty();
	}

	@Test
	void unknownNameIsRefusedWithTheKnownOnes() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.dispatchers.get("gpu"))
			.withMessageContaining("'gpu'")
			.withMessageContaining("io")
			.withMessageContaining("cpu");
	}

	@Test
	void checkedExceptionReachesCallerWithCallersStackAddedOnce() {
		IOException failure = new IOException("disk");
		Throwable thrown = catchThrowable(() -> this.dispatchers.io().call(() -> {
			throw failure;
		}));
		assertThat(thrown).isSameAs(failure);
		assertThat(failure.getSuppressed()).hasSize(1);
		assertThat(failure.getSuppressed()[0].getStackTrace())
			.anySatisfy((frame) -> assertThat(frame.getMethodName()).contains("checkedExceptionReachesCaller"));
	}

	@Test
	void callersOfNestedCallsAreChainedUnderOneSuppressedException() {
		IOException failure = new IOException("disk");
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> this.dispatchers.io().call(() -> this.dispatchers.cpu().call(() -> {
				throw failure;
			})));
		assertThat(failure.getSuppressed()).hasSize(1);
		assertThat(failure.getSuppressed()[0]).hasMessageStartingWith("Dispatched to 'cpu' by support-io-");
		assertThat(failure.getSuppressed()[0].getCause()).hasMessageStartingWith("Dispatched to 'io' by ");
	}

	@Test
	void callersStackIsAddedToFailureOfMonoAndFuture() {
		IllegalStateException failure = new IllegalStateException("no");
		StepVerifier.create(this.dispatchers.io().mono(() -> {
			throw failure;
		})).expectErrorMatches((ex) -> ex == failure && ex.getSuppressed().length >= 1).verify(PATIENCE);
		IllegalStateException other = new IllegalStateException("no");
		CompletableFuture<Object> future = this.dispatchers.io().future(() -> {
			throw other;
		});
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> future.get(10, TimeUnit.SECONDS))
			.havingCause()
			.isSameAs(other);
		assertThat(other.getSuppressed()).hasSize(1);
	}

	@Test
	void callersStackIsNotKeptWhereItIsSwitchedOff() {
		DispatchSettings.Pool pool = new DispatchSettings.Pool(1, 10);
		try (Dispatchers quick = Dispatchers.create(new DispatchSettings(pool, pool, Map.of(), PATIENCE, false),
				System::nanoTime)) {
			IllegalStateException failure = new IllegalStateException("no");
			assertThat(quick.io().future(() -> {
				throw failure;
			})).failsWithin(PATIENCE).withThrowableOfType(ExecutionException.class).havingCause().isSameAs(failure);
			assertThat(failure.getSuppressed()).isEmpty();
			IllegalStateException other = new IllegalStateException("no");
			assertThat(catchThrowable(() -> quick.io().call(() -> {
				throw other;
			}))).isSameAs(other);
			assertThat(other.getSuppressed()).as("a caller that waits pays nothing for it").hasSize(1);
		}
	}

	@Test
	void fullQueueRefusesWithNamesAndNumbers() throws Exception {
		recreate(1, 1);
		CountDownLatch release = new CountDownLatch(1);
		CompletableFuture<Boolean> running = this.dispatchers.cpu().future(() -> release.await(10, TimeUnit.SECONDS));
		CompletableFuture<Boolean> waiting = this.dispatchers.cpu().future(() -> true);
		assertThatExceptionOfType(DispatchRejectedException.class)
			.isThrownBy(() -> this.dispatchers.cpu().call(() -> true))
			.withMessageContaining("'cpu'")
			.withMessageContaining("1 of 1")
			.withMessageContaining("support.dispatch.cpu.queue-capacity")
			.satisfies((ex) -> {
				assertThat(ex.getDispatcher()).isEqualTo("cpu");
				assertThat(ex.getQueueDepth()).isOne();
				assertThat(ex.getQueueCapacity()).isOne();
				assertThat(ex.getReason()).isEqualTo(DispatchRejectedException.Reason.QUEUE_FULL);
				assertThat(ex.getStackTrace()).isEmpty();
			});
		assertThat(this.dispatchers.cpu().future(() -> true)).isCompletedExceptionally();
		StepVerifier.create(this.dispatchers.cpu().mono(() -> true))
			.expectError(DispatchRejectedException.class)
			.verify(PATIENCE);
		assertThat(this.registry.get("support.dispatch.depth").tag("dispatcher", "cpu").gauge().value()).isOne();
		release.countDown();
		assertThat(running.join()).isTrue();
		assertThat(waiting.join()).isTrue();
		assertThat(this.registry.get("support.dispatch.rejected")
			.tags("dispatcher", "cpu", "reason", "queue-full")
			.functionCounter()
			.count()).isEqualTo(3);
		// A future is done before its thread is, and the thread counts when it is done.
		assertThat(this.dispatchers.drain()).isTrue();
		assertThat(this.registry.get("support.dispatch.duration").tag("dispatcher", "cpu").timer().count())
			.isEqualTo(2);
	}

	@Test
	void callFromNonBlockingThreadFailsAtOnce() {
		AtomicBoolean ran = new AtomicBoolean();
		Mono<Boolean> onParallel = Mono.fromCallable(() -> this.dispatchers.io().call(() -> {
			ran.set(true);
			return true;
		})).subscribeOn(Schedulers.parallel());
		StepVerifier.create(onParallel)
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(BlockingDispatchException.class)
				.hasMessageContaining("'io'")
				.hasMessageContaining("parallel-")
				.hasMessageContaining("mono(...)"))
			.verify(PATIENCE);
		assertThat(ran).isFalse();
	}

	@Test
	void heldDispatcherRunsInPlaceAlsoThroughAnother() throws Exception {
		Dispatcher io = this.dispatchers.io();
		Dispatcher cpu = this.dispatchers.cpu();
		List<String> threads = io.call(() -> {
			List<String> names = new ArrayList<>();
			names.add(Thread.currentThread().getName());
			cpu.call(() -> names.add(Thread.currentThread().getName()));
			cpu.call(() -> io.call(() -> names.add(Thread.currentThread().getName())));
			io.mono(() -> names.add(Thread.currentThread().getName())).block(PATIENCE);
			io.future(() -> names.add(Thread.currentThread().getName())).join();
			return names;
		});
		assertThat(threads.get(1)).startsWith("support-cpu-");
		assertThat(threads.get(2)).startsWith("support-cpu-");
		assertThat(threads.get(3)).isEqualTo(threads.get(0));
		assertThat(threads.get(4)).isEqualTo(threads.get(0));
		assertThat(this.registry.get("support.dispatch.inline")
			.tags("dispatcher", "io", "reason", "held")
			.functionCounter()
			.count()).isEqualTo(3);
		assertThat(io.snapshot().methods().get("none").calls()).isEqualTo(4);
		assertThat(cpu.snapshot().methods().get("none").calls()).isEqualTo(2);
	}

	@Test
	void tenThousandNestedCallsOnPoolsOfOneDoNotDeadlock() throws Exception {
		recreate(1, 100);
		AtomicInteger calls = new AtomicInteger();
		List<CompletableFuture<Void>> chains = new ArrayList<>();
		for (int chain = 0; chain < 20; chain++) {
			boolean ioFirst = chain % 2 == 0;
			chains.add(CompletableFuture.runAsync(() -> {
				for (int round = 0; round < 10; round++) {
					nest(50, ioFirst, calls);
				}
			}, (task) -> new Thread(task).start()));
		}
		CompletableFuture.allOf(chains.toArray(CompletableFuture[]::new)).get(25, TimeUnit.SECONDS);
		assertThat(calls).hasValue(20 * 10 * 50);
	}

	private void nest(int depth, boolean io, AtomicInteger calls) {
		if (depth == 0) {
			return;
		}
		try {
			(io ? this.dispatchers.io() : this.dispatchers.cpu()).call(() -> {
				calls.incrementAndGet();
				nest(depth - 1, !io, calls);
				return null;
			});
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void heldDispatchersAreForgottenWhenTheCallEnds() throws Exception {
		this.dispatchers.io().call(() -> true);
		assertThat(this.dispatchers.io().isHeld()).isFalse();
		assertThat(this.dispatchers.io().call(() -> this.dispatchers.cpu().isHeld())).isFalse();
		assertThat(this.dispatchers.io().call(() -> this.dispatchers.io().isHeld())).isTrue();
	}

	@Test
	void timeoutOfCallInterruptsAndFreesTheThread() throws Exception {
		recreate(1, 1);
		CountDownLatch interrupted = new CountDownLatch(1);
		assertThatExceptionOfType(DispatchTimeoutException.class)
			.isThrownBy(() -> this.dispatchers.io().call(untilInterrupted(interrupted), STARTED))
			.withMessageContaining("500 ms")
			.withMessageContaining("'io'");
		assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(this.dispatchers.io().call(() -> "free")).isEqualTo("free");
		assertThat(this.registry.get("support.dispatch.timeouts").tag("dispatcher", "io").functionCounter().count())
			.isOne();
	}

	@Test
	void timeoutOfFutureAndMonoInterrupts() throws Exception {
		CountDownLatch interrupted = new CountDownLatch(2);
		CompletableFuture<Object> future = this.dispatchers.io().future(untilInterrupted(interrupted), STARTED);
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> future.get(10, TimeUnit.SECONDS))
			.withCauseInstanceOf(DispatchTimeoutException.class);
		StepVerifier.create(this.dispatchers.io().mono(untilInterrupted(interrupted), STARTED))
			.expectError(DispatchTimeoutException.class)
			.verify(PATIENCE);
		assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void cancellingInterruptsWhatRunsAndDequeuesWhatWaits() throws Exception {
		recreate(1, 1);
		CountDownLatch started = new CountDownLatch(1);
		CountDownLatch interrupted = new CountDownLatch(1);
		AtomicBoolean dequeuedRan = new AtomicBoolean();
		Disposable running = this.dispatchers.io().mono(() -> {
			started.countDown();
			return untilInterrupted(interrupted).call();
		}).subscribe();
		assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
		Disposable waiting = this.dispatchers.io().mono(() -> {
			dequeuedRan.set(true);
			return true;
		}).subscribe();
		waiting.dispose();
		// Its place is free at once.
		CompletableFuture<String> next = this.dispatchers.io().future(() -> "next");
		assertThat(next).isNotCompletedExceptionally();
		running.dispose();
		assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(next.get(10, TimeUnit.SECONDS)).isEqualTo("next");
		assertThat(dequeuedRan).isFalse();
	}

	@Test
	void cancellingFutureInterrupts() throws Exception {
		CountDownLatch started = new CountDownLatch(1);
		CountDownLatch interrupted = new CountDownLatch(1);
		CompletableFuture<Object> future = this.dispatchers.io().future(() -> {
			started.countDown();
			return untilInterrupted(interrupted).call();
		});
		assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
		future.cancel(true);
		assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void interruptingTheCallerInterruptsTheCall() throws Exception {
		CountDownLatch started = new CountDownLatch(1);
		CountDownLatch interrupted = new CountDownLatch(1);
		AtomicReference<Throwable> thrown = new AtomicReference<>();
		Thread caller = new Thread(() -> thrown.set(catchThrowable(() -> this.dispatchers.io().call(() -> {
			started.countDown();
			return untilInterrupted(interrupted).call();
		}))));
		caller.start();
		assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
		caller.interrupt();
		caller.join(10_000);
		assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
		assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void signalsReturnToTheEventLoopThatSubscribed() throws Exception {
		DefaultEventLoop loop = new DefaultEventLoop();
		try {
			CompletableFuture<Thread> loopThread = new CompletableFuture<>();
			CompletableFuture<Thread> signalThread = new CompletableFuture<>();
			loop.execute(() -> {
				loopThread.complete(Thread.currentThread());
				this.dispatchers.cpu()
					.mono(() -> true)
					.subscribe((value) -> signalThread.complete(Thread.currentThread()));
			});
			assertThat(signalThread.get(10, TimeUnit.SECONDS)).isSameAs(loopThread.get(10, TimeUnit.SECONDS));
		}
		finally {
			loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
		}
	}

	@Test
	void closeRefusesWhatWaitsAndInterruptsWhatRuns() throws Exception {
		Dispatchers impatient = create(1, 10, Duration.ofMillis(50));
		CountDownLatch started = new CountDownLatch(1);
		CountDownLatch interrupted = new CountDownLatch(1);
		CompletableFuture<Object> running = impatient.io().future(() -> {
			started.countDown();
			return untilInterrupted(interrupted).call();
		});
		assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
		CompletableFuture<String> waiting = impatient.io().future(() -> "never");
		CompletableFuture<String> waitingMono = impatient.io().mono(() -> "never").toFuture();
		impatient.close();
		assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(running.handle((value, ex) -> ex).get(10, TimeUnit.SECONDS))
			.isInstanceOf(InterruptedException.class);
		assertThat(waiting.handle((value, ex) -> ex).get(10, TimeUnit.SECONDS)).isInstanceOfSatisfying(
				DispatchRejectedException.class,
				(ex) -> assertThat(ex.getReason()).isEqualTo(DispatchRejectedException.Reason.SHUTDOWN));
		assertThat(waitingMono.handle((value, ex) -> ex).get(10, TimeUnit.SECONDS))
			.isInstanceOf(DispatchRejectedException.class);
		assertThatExceptionOfType(DispatchRejectedException.class).isThrownBy(() -> impatient.io().call(() -> true))
			.withMessageContaining("shutting down");
	}

	@Test
	void drainWaitsForWhatRunsAndWaits() throws Exception {
		recreate(1, 10);
		CountDownLatch release = new CountDownLatch(1);
		CountDownLatch draining = new CountDownLatch(1);
		CompletableFuture<Boolean> running = this.dispatchers.io().future(() -> release.await(10, TimeUnit.SECONDS));
		CompletableFuture<String> waiting = this.dispatchers.io().future(() -> "done");
		CompletableFuture<Boolean> drained = new CompletableFuture<>();
		Thread drainer = new Thread(() -> {
			draining.countDown();
			try {
				drained.complete(this.dispatchers.drain());
			}
			catch (InterruptedException ex) {
				drained.completeExceptionally(ex);
			}
		});
		drainer.start();
		assertThat(draining.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(drained).isNotDone();
		release.countDown();
		assertThat(drained.get(10, TimeUnit.SECONDS)).isTrue();
		assertThat(running).isCompletedWithValue(true);
		assertThat(waiting).isCompletedWithValue("done");
		assertThat(this.dispatchers.io().call(() -> "still accepts")).isEqualTo("still accepts");
	}

	@Test
	void contributorShowsDispatchersAndCalls() throws Exception {
		this.dispatchers.io().call(() -> this.dispatchers.io().call(() -> true));
		assertThat(this.dispatchers.drain()).isTrue();
		assertThat(this.dispatchers.contributor().name()).isEqualTo("dispatch");
		Dispatchers.Snapshot snapshot = (Dispatchers.Snapshot) this.dispatchers.contributor().snapshot();
		DispatcherState.Snapshot io = snapshot.dispatchers().get("io");
		assertThat(io.threads()).isEqualTo(2);
		assertThat(io.queueCapacity()).isEqualTo(10);
		assertThat(io.active()).isZero();
		assertThat(io.completed()).isOne();
		CallStatistics.Snapshot calls = io.methods().get("none");
		assertThat(calls.calls()).isEqualTo(2);
		assertThat(calls.inline()).containsEntry("held", 1L).containsEntry("when", 0L);
		assertThat(calls.maxDurationNanos()).isPositive().isEqualTo(calls.meanDurationNanos());
		assertThat(calls.resultSize()).as("a Boolean has no size").isNull();
	}

	@Test
	void settingsMustBePositive() {
		assertThatIllegalArgumentException().isThrownBy(() -> new DispatchSettings.Pool(0, 1))
			.withMessage("threads must be positive, was: 0");
		assertThatIllegalArgumentException().isThrownBy(() -> new DispatchSettings.Pool(1, -1))
			.withMessage("queueCapacity must be positive, was: -1");
	}

	private static Callable<Object> untilInterrupted(CountDownLatch interrupted) {
		return () -> {
			try {
				new CountDownLatch(1).await(10, TimeUnit.SECONDS);
				return "never interrupted";
			}
			catch (InterruptedException ex) {
				interrupted.countDown();
				throw ex;
			}
		};
	}

}
