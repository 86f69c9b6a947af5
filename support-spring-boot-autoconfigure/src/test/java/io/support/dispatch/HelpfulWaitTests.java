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
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link HelpfulWait}: two chains that wait for each other's only thread.
 */
@Timeout(30)
class HelpfulWaitTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final DispatchSettings.Pool ONE = new DispatchSettings.Pool(1, 10);

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final Dispatchers dispatchers = Dispatchers.create(new DispatchSettings(ONE, ONE, PATIENCE),
			System::nanoTime, this.registry);

	@AfterEach
	void close() {
		this.dispatchers.close();
	}

	@ParameterizedTest
	@EnumSource
	void waitsInOppositeDirectionsEnd(Way way) {
		CountDownLatch bothHeld = new CountDownLatch(2);
		Dispatcher io = this.dispatchers.io();
		Dispatcher cpu = this.dispatchers.cpu();
		CompletableFuture<String> ioFirst = io.future(() -> {
			await(bothHeld);
			return way.call(cpu, () -> "io, then cpu");
		});
		CompletableFuture<String> cpuFirst = cpu.future(() -> {
			await(bothHeld);
			return way.call(io, () -> "cpu, then io");
		});
		assertThat(ioFirst).succeedsWithin(PATIENCE).isEqualTo("io, then cpu");
		assertThat(cpuFirst).succeedsWithin(PATIENCE).isEqualTo("cpu, then io");
		assertThat(starved()).isPositive();
	}

	@Test
	void waitForFutureEndsInTimeAlthoughNobodyIsStarved() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		CompletableFuture<Boolean> busy = this.dispatchers.cpu().future(() -> release.await(10, TimeUnit.SECONDS));
		Throwable failure = this.dispatchers.io()
			.call(() -> catchThrowable(
					() -> this.dispatchers.cpu().future(() -> "late").get(25, TimeUnit.MILLISECONDS)));
		assertThat(failure).isInstanceOf(TimeoutException.class);
		release.countDown();
		assertThat(busy).succeedsWithin(PATIENCE).isEqualTo(true);
		assertThat(starved()).isZero();
	}

	@Test
	void interruptedJoinWaitsOnAndKeepsTheInterrupt() {
		CountDownLatch release = new CountDownLatch(1);
		CompletableFuture<Boolean> slow = this.dispatchers.cpu().future(() -> release.await(10, TimeUnit.SECONDS));
		AtomicReference<Thread> waiting = new AtomicReference<>();
		CompletableFuture<Boolean> interrupted = this.dispatchers.io().future(() -> {
			waiting.set(Thread.currentThread());
			assertThat(slow.join()).isTrue();
			return Thread.interrupted();
		});
		Awaitility.await().until(() -> isWaiting(waiting.get()));
		waiting.get().interrupt();
		Awaitility.await().until(() -> !waiting.get().isInterrupted() && isWaiting(waiting.get()));
		assertThat(interrupted).isNotDone();
		release.countDown();
		assertThat(interrupted).succeedsWithin(PATIENCE).isEqualTo(true);
	}

	private static boolean isWaiting(@Nullable Thread thread) {
		return thread != null && thread.getState() == Thread.State.TIMED_WAITING;
	}

	private static void await(CountDownLatch latch) throws InterruptedException {
		latch.countDown();
		assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
	}

	private double starved() {
		return this.registry.find("support.dispatch.inline")
			.tag("reason", "starved")
			.functionCounters()
			.stream()
			.mapToDouble(FunctionCounter::count)
			.sum();
	}

	/**
	 * How a thread of one dispatcher waits for a call to another.
	 */
	enum Way {

		CALL {
			@Override
			String call(Dispatcher dispatcher, Callable<String> body) throws Exception {
				return dispatcher.call(body);
			}
		},

		GET {
			@Override
			String call(Dispatcher dispatcher, Callable<String> body) throws Exception {
				return dispatcher.future(body).get();
			}
		},

		GET_IN_TIME {
			@Override
			String call(Dispatcher dispatcher, Callable<String> body) throws Exception {
				return dispatcher.future(body).get(10, TimeUnit.SECONDS);
			}
		},

		JOIN {
			@Override
			String call(Dispatcher dispatcher, Callable<String> body) {
				return dispatcher.future(body).join();
			}
		},

		JOIN_WHAT_IS_DERIVED {
			@Override
			String call(Dispatcher dispatcher, Callable<String> body) {
				return dispatcher.future(body).thenApply((result) -> result).whenComplete((result, failure) -> {
				}).join();
			}
		};

		abstract String call(Dispatcher dispatcher, Callable<String> body) throws Exception;

	}

}
