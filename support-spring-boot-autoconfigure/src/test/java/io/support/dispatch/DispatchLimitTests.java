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
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Many calls at once, nested or too slow: nobody waits for ever, and no thread is lost.
 */
@Timeout(120)
class DispatchLimitTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int CHAINS = 1000;

	private static final int CALLER_CHAINS = 100;

	private static final int DEPTH = 100;

	private static final int SLEEPERS = 1000;

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	@AfterEach
	void close() {
		this.context.close();
	}

	private <T> T start(Class<T> type, int threads) {
		DispatchSettings.Pool pool = new DispatchSettings.Pool(threads, 10_000);
		DispatchSettings settings = new DispatchSettings(pool, pool, Duration.ofSeconds(10));
		this.context.registerBean(Dispatchers.class,
				() -> Dispatchers.create(settings, System::nanoTime, this.registry));
		this.context.registerBean(DispatchAnnotationBeanPostProcessor.class,
				() -> new DispatchAnnotationBeanPostProcessor(() -> this.context.getBean(Dispatchers.class)));
		this.context.registerBean(type);
		this.context.refresh();
		return this.context.getBean(type);
	}

	@Test
	void nestedPlainCallsEndOnPoolsOfOne() {
		Chain chain = start(Chain.class, 1);
		List<CompletableFuture<Integer>> chains = new ArrayList<>();
		for (int i = 0; i < CHAINS; i++) {
			chains.add(chain.begin(chain, DEPTH));
		}
		assertThat(chains).allSatisfy((depth) -> assertThat(depth).succeedsWithin(PATIENCE).isEqualTo(DEPTH));
		assertThat(chain.calls()).hasValue(CHAINS * DEPTH);
		awaitFreeThreads();
	}

	@Test
	void nestedPublishersEndOnPoolsOfOne() {
		Chain chain = start(Chain.class, 1);
		Mono<Long> chains = Flux.range(0, CHAINS)
			.flatMap((n) -> chain.ioMono(chain, DEPTH), CHAINS)
			.filter((depth) -> depth == DEPTH)
			.count();
		assertThat(chains.block(PATIENCE)).isEqualTo(CHAINS);
		assertThat(chain.calls()).hasValue(CHAINS * DEPTH);
		awaitFreeThreads();
	}

	@Test
	void nestedStagesEndOnPoolsOfOne() {
		Chain chain = start(Chain.class, 1);
		List<CompletableFuture<Integer>> chains = new ArrayList<>();
		for (int i = 0; i < CHAINS; i++) {
			chains.add(chain.ioStage(chain, DEPTH));
		}
		assertThat(chains).allSatisfy((depth) -> assertThat(depth).succeedsWithin(PATIENCE).isEqualTo(DEPTH));
		assertThat(chain.calls()).hasValue(CHAINS * DEPTH);
		awaitFreeThreads();
	}

	@Test
	void chainsInOppositeDirectionsEndOnPoolsOfOne() {
		Chain chain = start(Chain.class, 1);
		List<CompletableFuture<Void>> callers = List.of(caller(() -> chain.io(chain, DEPTH)),
				caller(() -> chain.cpu(chain, DEPTH)), caller(() -> chain.io(chain, DEPTH)),
				caller(() -> chain.cpu(chain, DEPTH)));
		assertThat(callers).allSatisfy((caller) -> assertThat(caller).succeedsWithin(PATIENCE));
		assertThat(chain.calls()).hasValue(callers.size() * CALLER_CHAINS * DEPTH);
		awaitFreeThreads();
	}

	private static CompletableFuture<Void> caller(Callable<Integer> chain) {
		CompletableFuture<Void> done = new CompletableFuture<>();
		Thread caller = new Thread(() -> {
			try {
				for (int i = 0; i < CALLER_CHAINS; i++) {
					assertThat(chain.call()).isEqualTo(DEPTH);
				}
				done.complete(null);
			}
			catch (Throwable ex) {
				done.completeExceptionally(ex);
			}
		});
		caller.setDaemon(true);
		caller.start();
		return done;
	}

	@Test
	void noThreadIsLostToMonosThatTimeOut() {
		Sleepers sleepers = start(Sleepers.class, 4);
		Mono<Long> timeouts = Flux.range(0, SLEEPERS)
			.flatMap((n) -> sleepers.mono().onErrorResume(DispatchTimeoutException.class, (ex) -> Mono.just("timeout")),
					SLEEPERS)
			.filter("timeout"::equals)
			.count();
		assertThat(timeouts.block(PATIENCE)).isEqualTo(SLEEPERS);
		assertThreadsWork(sleepers);
	}

	@Test
	void noThreadIsLostToFuturesThatTimeOut() {
		Sleepers sleepers = start(Sleepers.class, 4);
		List<CompletableFuture<String>> futures = new ArrayList<>();
		for (int i = 0; i < SLEEPERS; i++) {
			futures.add(sleepers.future());
		}
		assertThat(futures)
			.allSatisfy((future) -> assertThat(catchThrowable(future::join)).isInstanceOf(CompletionException.class)
				.hasCauseInstanceOf(DispatchTimeoutException.class));
		assertThreadsWork(sleepers);
	}

	private void assertThreadsWork(Sleepers sleepers) {
		awaitFreeThreads();
		assertThat(sleepers.started().get()).isEqualTo(sleepers.interrupted().get()).isPositive();
		Dispatcher io = this.context.getBean(Dispatchers.class).io();
		assertThat(io.future(() -> "free")).succeedsWithin(PATIENCE).isEqualTo("free");
	}

	private void awaitFreeThreads() {
		Dispatchers dispatchers = this.context.getBean(Dispatchers.class);
		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
			for (String name : dispatchers.names()) {
				DispatcherState.Snapshot snapshot = dispatchers.get(name).snapshot();
				assertThat(snapshot.active()).as(name).isZero();
				assertThat(snapshot.queueDepth()).as(name).isZero();
			}
		});
	}

	/**
	 * Calls itself through its proxy, from one dispatcher to the other and back.
	 */
	static class Chain {

		private final AtomicInteger calls = new AtomicInteger();

		AtomicInteger calls() {
			return this.calls;
		}

		@IoBound
		CompletableFuture<Integer> begin(Chain self, int depth) {
			this.calls.incrementAndGet();
			return CompletableFuture.completedFuture(self.cpu(self, depth - 1) + 1);
		}

		@IoBound
		int io(Chain self, int depth) {
			this.calls.incrementAndGet();
			return (depth > 1) ? self.cpu(self, depth - 1) + 1 : 1;
		}

		@CpuBound
		int cpu(Chain self, int depth) {
			this.calls.incrementAndGet();
			return (depth > 1) ? self.io(self, depth - 1) + 1 : 1;
		}

		@IoBound
		Mono<Integer> ioMono(Chain self, int depth) {
			this.calls.incrementAndGet();
			return (depth > 1) ? self.cpuMono(self, depth - 1).map((below) -> below + 1) : Mono.just(1);
		}

		@CpuBound
		Mono<Integer> cpuMono(Chain self, int depth) {
			this.calls.incrementAndGet();
			return (depth > 1) ? self.ioMono(self, depth - 1).map((below) -> below + 1) : Mono.just(1);
		}

		@IoBound
		CompletableFuture<Integer> ioStage(Chain self, int depth) {
			this.calls.incrementAndGet();
			return (depth > 1) ? self.cpuStage(self, depth - 1).thenApply((below) -> below + 1)
					: CompletableFuture.completedFuture(1);
		}

		@CpuBound
		CompletableFuture<Integer> cpuStage(Chain self, int depth) {
			this.calls.incrementAndGet();
			return (depth > 1) ? self.ioStage(self, depth - 1).thenApply((below) -> below + 1)
					: CompletableFuture.completedFuture(1);
		}

	}

	/**
	 * Never end unless they are interrupted.
	 */
	static class Sleepers {

		private final AtomicInteger started = new AtomicInteger();

		private final AtomicInteger interrupted = new AtomicInteger();

		AtomicInteger started() {
			return this.started;
		}

		AtomicInteger interrupted() {
			return this.interrupted;
		}

		@IoBound(timeout = "200ms")
		Mono<String> mono() {
			return Mono.just(sleep());
		}

		@IoBound(timeout = "200ms")
		CompletableFuture<String> future() {
			return CompletableFuture.completedFuture(sleep());
		}

		private String sleep() {
			this.started.incrementAndGet();
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				this.interrupted.incrementAndGet();
			}
			return "awake";
		}

	}

}
