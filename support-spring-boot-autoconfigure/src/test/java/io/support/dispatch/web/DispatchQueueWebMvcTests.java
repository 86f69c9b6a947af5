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

package io.support.dispatch.web;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import io.support.dispatch.CpuBound;
import io.support.dispatch.Dispatchers;
import io.support.dispatch.IoBound;
import io.support.testing.HttpConnection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for requests of an MVC application on a real port that wait for a dispatcher
 * whose only thread is stuck.
 */
@Timeout(60)
class DispatchQueueWebMvcTests {

	private static ConfigurableApplicationContext context;

	private final CountDownLatch release = new CountDownLatch(1);

	@BeforeAll
	static void start() {
		context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET)
			.properties("server.port=0", "support.dispatch.io.threads=1", "support.dispatch.io.max-queue-age=200ms",
					"spring.main.banner-mode=off")
			.run();
	}

	@AfterAll
	static void stop() {
		context.close();
	}

	@AfterEach
	void release() {
		this.release.countDown();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/plain", "/mono", "/future", "/nested" })
	void requestThatWaitsTooLongIsAnsweredWith503(String path) throws Exception {
		Dispatchers dispatchers = context.getBean(Dispatchers.class);
		AtomicInteger ran = context.getBean(Controller.class).ran();
		int before = ran.get();
		CountDownLatch stuck = new CountDownLatch(1);
		CompletableFuture<Boolean> running = dispatchers.io().future(() -> {
			stuck.countDown();
			return this.release.await(40, TimeUnit.SECONDS);
		});
		assertThat(stuck.await(20, TimeUnit.SECONDS)).isTrue();
		CompletableFuture<String> background = dispatchers.io().future(() -> "done");
		assertThat(get(path)).startsWith("HTTP/1.1 503 ").containsIgnoringCase("\r\nRetry-After: 1\r\n");
		assertThat(background).isNotDone();
		this.release.countDown();
		assertThat(running.get(20, TimeUnit.SECONDS)).isTrue();
		assertThat(background.get(20, TimeUnit.SECONDS)).isEqualTo("done");
		assertThat(ran).hasValue(before);
		assertThat(get(path)).startsWith("HTTP/1.1 200 ");
		assertThat(ran).hasValue(before + 1);
	}

	private static String get(String path) throws Exception {
		int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
		try (HttpConnection connection = HttpConnection.to(port)) {
			return connection.get(path);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Controller.class)
	static class Application {

	}

	@RestController
	static class Controller {

		private final AtomicInteger ran = new AtomicInteger();

		private final Dispatchers dispatchers;

		Controller(Dispatchers dispatchers) {
			this.dispatchers = dispatchers;
		}

		AtomicInteger ran() {
			return this.ran;
		}

		private String run() {
			return "ran " + this.ran.incrementAndGet();
		}

		@IoBound
		@GetMapping("/plain")
		String plain() {
			return run();
		}

		@GetMapping("/mono")
		Mono<String> mono() {
			return this.dispatchers.io().mono(this::run);
		}

		@GetMapping("/future")
		CompletableFuture<String> future() {
			return this.dispatchers.io().future(this::run);
		}

		@CpuBound
		@GetMapping("/nested")
		String nested() throws Exception {
			return this.dispatchers.io().call(this::run);
		}

	}

}
