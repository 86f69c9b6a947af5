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

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import io.support.dispatch.CpuBound;
import io.support.dispatch.Dispatcher;
import io.support.dispatch.Dispatchers;
import io.support.dispatch.IoBound;
import io.support.testing.HttpConnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for requests of a WebFlux application on a real port that wait for a dispatcher
 * whose only thread is stuck.
 */
@Timeout(60)
class DispatchQueueWebFluxTests {

	private static ConfigurableApplicationContext context;

	private final CountDownLatch release = new CountDownLatch(1);

	@BeforeAll
	static void start() {
		context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.REACTIVE)
			.properties("server.port=0", "support.dispatch.io.threads=1", "support.dispatch.io.max-queue-age=200ms",
					"support.dispatch.cpu.threads=1", "support.dispatch.cpu.max-queue-age=1h",
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
	@ValueSource(strings = { "/plain", "/mono", "/stage", "/future", "/nested" })
	void requestThatWaitsTooLongIsAnsweredWith503(String path) throws Exception {
		CompletableFuture<Boolean> running = stick(dispatchers().io());
		CompletableFuture<String> background = dispatchers().io().future(() -> "done");
		double refused = counter("support.dispatch.rejected", "queue-age");
		int ran = controller().ran().get();
		try (HttpConnection connection = connect()) {
			assertThat(connection.get(path)).startsWith("HTTP/1.1 503 ").containsIgnoringCase("\r\nRetry-After: 1\r\n");
		}
		assertThat(counter("support.dispatch.rejected", "queue-age")).isEqualTo(refused + 1);
		assertThat(background).isNotDone();
		this.release.countDown();
		assertThat(running.get(20, TimeUnit.SECONDS)).isTrue();
		assertThat(background.get(20, TimeUnit.SECONDS)).isEqualTo("done");
		assertThat(controller().ran()).hasValue(ran);
		try (HttpConnection connection = connect()) {
			assertThat(connection.get(path)).startsWith("HTTP/1.1 200 ");
		}
		assertThat(controller().ran()).hasValue(ran + 1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/cpu", "/cpu-mono" })
	void requestWhoseClientGoesNeverRuns(String path) throws Exception {
		CompletableFuture<Boolean> running = stick(dispatchers().cpu());
		double cancelled = counter("support.dispatch.cancelled", null);
		int ran = controller().ran().get();
		try (HttpConnection connection = connect()) {
			connection.send(path);
			await().until(() -> depth("cpu") == 1);
		}
		await().until(() -> depth("cpu") == 0);
		await().until(() -> counter("support.dispatch.cancelled", null) == cancelled + 1);
		this.release.countDown();
		assertThat(running.get(20, TimeUnit.SECONDS)).isTrue();
		assertThat(dispatchers().cpu().call(() -> "next")).isEqualTo("next");
		assertThat(controller().ran()).hasValue(ran);
	}

	private static Dispatchers dispatchers() {
		return context.getBean(Dispatchers.class);
	}

	private static Controller controller() {
		return context.getBean(Controller.class);
	}

	private static HttpConnection connect() throws Exception {
		return HttpConnection.to(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

	private CompletableFuture<Boolean> stick(Dispatcher dispatcher) throws Exception {
		CountDownLatch stuck = new CountDownLatch(1);
		CompletableFuture<Boolean> running = dispatcher.future(() -> {
			stuck.countDown();
			return this.release.await(40, TimeUnit.SECONDS);
		});
		assertThat(stuck.await(20, TimeUnit.SECONDS)).isTrue();
		return running;
	}

	private static double counter(String name, String reason) {
		return context.getBean(MeterRegistry.class)
			.get(name)
			.functionCounters()
			.stream()
			.filter((counter) -> reason == null || reason.equals(counter.getId().getTag("reason")))
			.mapToDouble((counter) -> counter.count())
			.sum();
	}

	private static double depth(String dispatcher) {
		return context.getBean(MeterRegistry.class)
			.get("support.dispatch.depth")
			.tag("dispatcher", dispatcher)
			.gauge()
			.value();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Controller.class, Service.class })
	static class Application {

		@Bean
		SimpleMeterRegistry meterRegistry() {
			return new SimpleMeterRegistry();
		}

	}

	static class Service {

		@IoBound
		CompletableFuture<String> stage(AtomicInteger ran) {
			return CompletableFuture.completedFuture("ran " + ran.incrementAndGet());
		}

	}

	@RestController
	static class Controller {

		private final AtomicInteger ran = new AtomicInteger();

		private final Dispatchers dispatchers;

		private final Service service;

		Controller(Dispatchers dispatchers, Service service) {
			this.dispatchers = dispatchers;
			this.service = service;
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

		@GetMapping("/stage")
		Mono<String> stage() {
			return Mono.fromFuture(() -> this.service.stage(this.ran));
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

		@CpuBound
		@GetMapping("/cpu")
		String cpu() {
			return run();
		}

		@GetMapping("/cpu-mono")
		Mono<String> cpuMono() {
			return this.dispatchers.cpu().mono(this::run);
		}

	}

}
