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

package io.support.autoconfigure.meta;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.task.SimpleAsyncTaskExecutorBuilder;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;

import io.support.testing.EventLoopBlocker;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pages answer while the application cannot.
 */
class MetaIsolationTests {

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void pagesAnswerWhileEveryEventLoopOfTheApplicationIsBlocked(boolean acceptor) throws Exception {
		try (MetaServer server = MetaServer.start(WebApplicationType.REACTIVE,
				"support.acceptor.enabled=" + acceptor)) {
			LoopResources loops = server.bean(ReactorResourceFactory.class).getLoopResources();
			try (EventLoopBlocker serving = EventLoopBlocker.block(loops.onServer(true))) {
				assertThat(serving).isNotNull();
				assertPagesAnswer(server);
			}
		}
	}

	@Test
	void pagesAnswerWhileTheBoundedElasticSchedulerIsExhausted() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		List<Disposable> tasks = new ArrayList<>();
		try (MetaServer server = MetaServer.start(WebApplicationType.REACTIVE)) {
			CountDownLatch occupied = new CountDownLatch(Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE);
			for (int i = 0; i < Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE; i++) {
				Scheduler.Worker worker = Schedulers.boundedElastic().createWorker();
				tasks.add(worker);
				worker.schedule(() -> {
					occupied.countDown();
					await(release);
				});
			}
			assertThat(occupied.await(10, TimeUnit.SECONDS)).isTrue();
			assertPagesAnswer(server);
		}
		finally {
			release.countDown();
			tasks.forEach(Disposable::dispose);
		}
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void pagesAnswerWhileVirtualThreadsOfTheApplicationGiveUpNoProcessor() throws Exception {
		AtomicBoolean busy = new AtomicBoolean(true);
		try (MetaServer server = MetaServer.start(WebApplicationType.SERVLET, "spring.threads.virtual.enabled=true")) {
			AsyncTaskExecutor executor = new SimpleAsyncTaskExecutorBuilder().virtualThreads(true).build();
			int processors = Runtime.getRuntime().availableProcessors();
			CountDownLatch occupied = new CountDownLatch(processors);
			for (int i = 0; i < 2 * processors; i++) {
				executor.execute(() -> {
					occupied.countDown();
					while (busy.get()) {
						Thread.onSpinWait();
					}
				});
			}
			assertThat(occupied.await(10, TimeUnit.SECONDS)).isTrue();
			assertPagesAnswer(server);
		}
		finally {
			busy.set(false);
		}
	}

	private static void assertPagesAnswer(MetaServer server) {
		for (String path : List.of("/actuator/support", "/actuator/support/orders", "/actuator/support/workers",
				"/actuator/support/assets/support.css")) {
			for (String accept : List.of(MetaServer.BROWSER, "*/*")) {
				HttpResponse<String> response = server.get(path, accept);
				assertThat(response.statusCode()).as("%s: %s", path, response.body()).isEqualTo(200);
			}
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
