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

package io.support.meta.endpoint;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.blockhound.BlockHound;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The threads of the pages are bounded, and whoever asks for a page never waits for them.
 */
@Timeout(60)
class PageExecutorTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final PageExecutor executor = new PageExecutor(PATIENCE);

	@BeforeAll
	static void install() {
		BlockHound.install();
	}

	@AfterEach
	void close() {
		this.executor.close();
	}

	@Test
	void askingDoesNotBlockUnderContention() {
		AtomicInteger number = new AtomicInteger();
		Mono<Long> pages = Flux.range(0, 40_000)
			.parallel(4)
			.runOn(Schedulers.newParallel("caller", 4))
			.flatMap((n) -> this.executor.run("page-" + number.incrementAndGet(), () -> n)
				.onErrorResume(RejectedExecutionException.class, (ex) -> Mono.empty()), false, 16)
			.sequential()
			.count();
		StepVerifier.create(pages)
			.assertNext((count) -> assertThat(count).isPositive())
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void waitingRequestsAreBounded() throws InterruptedException {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		this.executor.bindTo(registry);
		CountDownLatch busy = new CountDownLatch(PageExecutor.THREADS);
		CountDownLatch release = new CountDownLatch(1);
		AtomicInteger refused = new AtomicInteger();
		AtomicInteger made = new AtomicInteger();
		int asked = PageExecutor.THREADS + PageExecutor.QUEUE + 3;
		CountDownLatch ended = new CountDownLatch(asked);
		for (int i = 0; i < asked; i++) {
			this.executor.run("page-" + i, () -> {
				busy.countDown();
				release.await();
				return made.incrementAndGet();
			}).doFinally((signal) -> ended.countDown()).subscribe((page) -> {
			}, (failure) -> {
				assertThat(failure).isInstanceOf(RejectedExecutionException.class);
				refused.incrementAndGet();
			});
		}
		busy.await();
		assertThat(refused).hasValue(3);
		assertThat(registry.get("support.meta.refused").functionCounter().count()).isEqualTo(3);
		assertThat(registry.get("support.meta.queue.depth").gauge().value()).isEqualTo(PageExecutor.QUEUE);
		release.countDown();
		ended.await();
		assertThat(made).hasValue(PageExecutor.THREADS + PageExecutor.QUEUE);
		assertThat(registry.get("support.meta.queue.depth").gauge().value()).isZero();
	}

}
