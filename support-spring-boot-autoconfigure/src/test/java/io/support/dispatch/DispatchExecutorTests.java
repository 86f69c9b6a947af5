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
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link DispatchExecutor}: how its threads come and go.
 */
@Timeout(60)
class DispatchExecutorTests {

	private final CallStatistics statistics = new CallStatistics("test", "none", new SimpleMeterRegistry());

	private final DispatchQueue queue = new DispatchQueue(1000);

	private DispatchExecutor executor(int threads, Duration keepAlive) {
		return new DispatchExecutor("test", threads, ThreadKind.PLATFORM, this.queue, keepAlive);
	}

	private <T> DispatchTask<T> task(DispatchExecutor executor, Callable<T> body) {
		QueueDiscipline discipline = new QueueDiscipline("test", executor, this.queue,
				new DispatchSettings.Pool(1, 1).sojourn(), System::nanoTime);
		return new DispatchTask<>(discipline, this.statistics, Originator.of(TaskOrigin.BACKGROUND), null,
				System.nanoTime(), body, (rejection) -> {
				});
	}

	/** A thread that is about to end may be the one that a task was meant for. */
	@ParameterizedTest
	@ValueSource(longs = { 1, 1_000, 20_000, 100_000 })
	void noTaskIsForgottenByThreadsThatEnd(long keepAliveNanos) throws Exception {
		DispatchExecutor executor = executor(2, Duration.ofNanos(keepAliveNanos));
		AtomicInteger done = new AtomicInteger();
		int callers = 3;
		int calls = 3000;
		List<Thread> threads = new ArrayList<>();
		for (int caller = 0; caller < callers; caller++) {
			Thread thread = new Thread(() -> {
				for (int i = 0; i < calls; i++) {
					DispatchTask<Integer> task = task(executor, done::incrementAndGet);
					executor.execute(task);
					if (i % 3 != 0) {
						get(task);
					}
				}
			});
			thread.start();
			threads.add(thread);
		}
		for (Thread thread : threads) {
			thread.join();
		}
		await().atMost(Duration.ofSeconds(20)).until(() -> done.get() == callers * calls);
		await().until(() -> executor.active() == 0 && executor.depth() == 0);
		assertThat(executor.awaitIdle(TimeUnit.SECONDS.toNanos(10))).isTrue();
	}

	private static void get(DispatchTask<?> task) {
		try {
			task.get(20, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new AssertionError("A task was forgotten", ex);
		}
	}

	@Test
	void idleThreadIsUsedBeforeAnotherOneIsStarted() throws Exception {
		DispatchExecutor executor = executor(10, Duration.ofMinutes(1));
		Set<String> names = ConcurrentHashMap.newKeySet();
		for (int i = 0; i < 100; i++) {
			DispatchTask<Boolean> task = task(executor, () -> names.add(Thread.currentThread().getName()));
			executor.execute(task);
			task.get(10, TimeUnit.SECONDS);
			executor.awaitIdle(TimeUnit.SECONDS.toNanos(10));
		}
		assertThat(names).hasSizeLessThan(10);
	}

	@Test
	void asManyRunAsThereMayBeAndNoMore() throws Exception {
		DispatchExecutor executor = executor(3, Duration.ofMinutes(1));
		CountDownLatch running = new CountDownLatch(3);
		CountDownLatch release = new CountDownLatch(1);
		List<DispatchTask<Boolean>> tasks = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			DispatchTask<Boolean> task = task(executor, () -> {
				running.countDown();
				return release.await(20, TimeUnit.SECONDS);
			});
			executor.execute(task);
			tasks.add(task);
		}
		assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(executor.active()).isEqualTo(3);
		assertThat(executor.depth()).isEqualTo(7);
		release.countDown();
		for (DispatchTask<Boolean> task : tasks) {
			assertThat(task.get(10, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void interruptThatComesTooLateIsNotTheNextTasks() throws Exception {
		DispatchExecutor executor = executor(1, Duration.ofMinutes(1));
		DispatchTask<Void> first = task(executor, () -> {
			Thread.currentThread().interrupt();
			return null;
		});
		DispatchTask<Boolean> second = task(executor, () -> Thread.currentThread().isInterrupted());
		executor.execute(first);
		executor.execute(second);
		assertThat(second.get(10, TimeUnit.SECONDS)).isFalse();
	}

	@Test
	void stoppedExecutorInterruptsAndRefuses() throws Exception {
		DispatchExecutor executor = executor(1, Duration.ofMinutes(1));
		CountDownLatch started = new CountDownLatch(1);
		DispatchTask<Boolean> stuck = task(executor, () -> {
			started.countDown();
			return new CountDownLatch(1).await(20, TimeUnit.SECONDS);
		});
		DispatchTask<Boolean> waiting = task(executor, () -> true);
		executor.execute(stuck);
		executor.execute(waiting);
		assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(executor.stop()).isEqualTo(List.of(waiting));
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> stuck.get(10, TimeUnit.SECONDS))
			.withCauseInstanceOf(InterruptedException.class);
		assertThatExceptionOfType(DispatchRejectedException.class)
			.isThrownBy(() -> executor.execute(task(executor, () -> true)));
	}

}
