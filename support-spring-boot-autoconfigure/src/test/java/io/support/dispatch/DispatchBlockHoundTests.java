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
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.netty.channel.DefaultEventLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is dispatched may block; the thread that asks for it is never blocked, neither by
 * the call nor by handing it over.
 */
@Timeout(60)
class DispatchBlockHoundTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	@BeforeAll
	static void install() {
		BlockHound.install();
	}

	@AfterEach
	void close() {
		this.context.close();
	}

	private Work start() {
		return start(10_000);
	}

	private Work start(int queueCapacity) {
		DispatchSettings.Pool pool = new DispatchSettings.Pool(2, queueCapacity);
		DispatchSettings settings = new DispatchSettings(pool, pool, PATIENCE);
		this.context.registerBean(Dispatchers.class, () -> Dispatchers.create(settings, System::nanoTime));
		this.context.registerBean(DispatchAnnotationBeanPostProcessor.class,
				() -> new DispatchAnnotationBeanPostProcessor(() -> this.context.getBean(Dispatchers.class)));
		this.context.registerBean(Work.class);
		this.context.refresh();
		return this.context.getBean(Work.class);
	}

	@Test
	void undispatchedBlockingIsDetected() {
		Work work = start();
		StepVerifier.create(Mono.defer(() -> Mono.just(work.undispatched())).subscribeOn(Schedulers.parallel()))
			.expectError(BlockingOperationError.class)
			.verify(PATIENCE);
	}

	@Test
	void dispatchedMonoDoesNotBlockTheSchedulerThatSubscribes() {
		Work work = start();
		StepVerifier.create(Mono.defer(work::dispatched).subscribeOn(Schedulers.parallel()))
			.assertNext((thread) -> assertThat(thread).startsWith("support-cpu-"))
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void handingOverDoesNotBlockUnderContention() {
		Work work = start();
		Mono<List<String>> calls = Flux.range(0, 4000)
			.parallel(4)
			.runOn(Schedulers.newParallel("caller", 4))
			.flatMap((n) -> work.quick(), false, 500)
			.sequential()
			.collectList();
		StepVerifier.create(calls)
			.assertNext((threads) -> assertThat(threads).hasSize(4000)
				.allSatisfy((thread) -> assertThat(thread).startsWith("support-cpu-")))
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void refusingRequestsDoesNotBlockUnderContention() {
		Work work = start(20);
		Mono<List<String>> calls = Flux.range(0, 4000)
			.parallel(4)
			.runOn(Schedulers.newParallel("caller", 4))
			.flatMap((n) -> work.quick().onErrorReturn(DispatchRejectedException.class, "refused"), false, 500)
			.sequential()
			.collectList()
			.contextWrite(TaskOrigin.REQUEST::storeIn);
		StepVerifier.create(calls)
			.assertNext((threads) -> assertThat(threads).hasSize(4000)
				.anySatisfy((thread) -> assertThat(thread).startsWith("support-cpu-")))
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void startingThreadsDoesNotBlockUnderContention() {
		DispatchSettings.Pool pool = new DispatchSettings.Pool(20, 10_000);
		Scheduler callers = Schedulers.newParallel("caller", 8);
		for (int i = 0; i < 300; i++) {
			try (Dispatchers fresh = Dispatchers.create(new DispatchSettings(pool, pool, PATIENCE), System::nanoTime)) {
				Mono<Long> calls = Flux.range(0, 80)
					.parallel(8)
					.runOn(callers)
					.flatMap((n) -> fresh.cpu().mono(() -> n), true, 500)
					.sequential()
					.count();
				StepVerifier.create(calls).expectNext(80L).expectComplete().verify(PATIENCE);
			}
		}
		callers.dispose();
	}

	@Test
	void signalsComeBackToTheEventLoop() {
		Work work = start();
		DefaultEventLoop loop = new DefaultEventLoop();
		try {
			Mono<String> thread = Mono.defer(work::dispatched)
				.map((name) -> name + " " + loop.inEventLoop())
				.subscribeOn(Schedulers.fromExecutor(loop));
			StepVerifier.create(thread)
				.assertNext((name) -> assertThat(name).startsWith("support-cpu-").endsWith(" true"))
				.expectComplete()
				.verify(PATIENCE);
		}
		finally {
			loop.shutdownGracefully().awaitUninterruptibly(10_000);
		}
	}

	static class Work {

		String undispatched() {
			block();
			return "not detected";
		}

		@CpuBound
		Mono<String> dispatched() {
			block();
			return Mono.just(Thread.currentThread().getName());
		}

		@CpuBound
		Mono<String> quick() {
			return Mono.just(Thread.currentThread().getName());
		}

		private void block() {
			try {
				new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
