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

import java.beans.PropertyEditorSupport;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.validation.constraints.Min;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

import io.support.dispatch.CpuBound;
import io.support.dispatch.Dispatchers;
import io.support.dispatch.IoBound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for dispatched controller methods in a WebFlux application on a real port.
 */
@Timeout(60)
class DispatchWebFluxTests {

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private static ConfigurableApplicationContext context;

	@BeforeAll
	static void start() {
		context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.REACTIVE)
			.properties("server.port=0", "support.dispatch.io.threads=1", "support.dispatch.io.queue-capacity=1",
					"support.dispatch.cpu.threads=1", "spring.main.banner-mode=off")
			.run();
	}

	@AfterAll
	static void stop() {
		context.close();
	}

	private static HttpRequest.Builder request(String path) {
		String port = context.getEnvironment().getRequiredProperty("local.server.port");
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(Duration.ofSeconds(20));
	}

	private static HttpResponse<String> get(String path) throws Exception {
		return CLIENT.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
	}

	private static HttpResponse<String> post(String path, String body) throws Exception {
		return CLIENT.send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	@Test
	void plainMethodRunsOnItsDispatcher() throws Exception {
		assertThat(get("/cpu/42").body()).isEqualTo("42 support-cpu-1");
		assertThat(get("/io").body()).isEqualTo("support-io-1");
		MeterRegistry registry = context.getBean(MeterRegistry.class);
		// The thread counts when it is done, which may be after the response.
		await().until(() -> registry.get("support.dispatch.duration")
			.tags("method", "Controller.cpu")
			.timer()
			.totalTime(TimeUnit.NANOSECONDS) > 0);
		assertThat(registry.get("support.dispatch.inline")
			.tags("method", "Controller.cpu", "reason", "held")
			.functionCounter()
			.count()).isZero();
	}

	@Test
	void sizesOfPlainResultsAreMeasuredWhereTheyAreDispatched() throws Exception {
		DistributionSummary sizes = context.getBean(MeterRegistry.class)
			.get("support.dispatch.result.size")
			.tag("method", "Controller.when")
			.summary();
		long before = sizes.count();
		double total = sizes.totalAmount();
		get("/when?n=3");
		String dispatched = get("/when?n=30").body();
		assertThat(sizes.count()).isEqualTo(before + 1);
		assertThat(sizes.totalAmount() - total).isEqualTo(dispatched.length());
	}

	@Test
	void otherMethodsStayOnTheEventLoop() throws Exception {
		assertThat(get("/plain").body()).startsWith("support-http-");
	}

	@Test
	void methodWhoseWhenIsFalseStaysOnTheEventLoop() throws Exception {
		assertThat(get("/when?n=3").body()).startsWith("support-http-");
		assertThat(get("/when?n=30").body()).isEqualTo("support-cpu-1");
	}

	@Test
	void requestBodyIsReadBeforeTheMethodIsDispatched() throws Exception {
		String document = "x".repeat(200_000);
		assertThat(post("/length", document).body()).isEqualTo("200000 support-cpu-1");
	}

	@Test
	void monoOfServiceComesBackToTheEventLoop() throws Exception {
		assertThat(get("/mono").body()).startsWith("support-cpu-1, then support-http-");
	}

	@Test
	void statusAndVoidAndNotModifiedAreWebFluxsOwn() throws Exception {
		HttpResponse<String> created = get("/created");
		assertThat(created.statusCode()).isEqualTo(201);
		assertThat(created.body()).isEqualTo("support-io-1");
		HttpResponse<String> written = get("/exchange");
		assertThat(written.statusCode()).isEqualTo(202);
		assertThat(written.headers().firstValue("X-Thread")).hasValue("support-io-1");
	}

	@Test
	void exceptionGoesToTheControllersOwnHandler() throws Exception {
		HttpResponse<String> response = get("/failing");
		assertThat(response.statusCode()).isEqualTo(409);
		assertThat(response.body()).isEqualTo("not now");
	}

	@Test
	void badArgumentsAreRefusedByWebFlux() throws Exception {
		assertThat(get("/when").statusCode()).isEqualTo(400);
		assertThat(get("/when?n=x").statusCode()).isEqualTo(400);
		assertThat(get("/validated?n=0").statusCode()).isEqualTo(400);
		assertThat(get("/validated?n=1").body()).isEqualTo("1");
	}

	@Test
	void binderOfTheControllerIsUsed() throws Exception {
		assertThat(get("/bound?word=abc").body()).isEqualTo("ABC");
	}

	@Test
	void fullQueueIsAnsweredWith503() throws Exception {
		Controller controller = context.getBean(Controller.class);
		CompletableFuture<HttpResponse<String>> running = CLIENT.sendAsync(request("/wait").build(),
				HttpResponse.BodyHandlers.ofString());
		assertThat(controller.started().await(10, TimeUnit.SECONDS)).isTrue();
		CompletableFuture<String> waiting = context.getBean(Dispatchers.class).io().future(() -> "waited");
		HttpResponse<String> refused = get("/io");
		assertThat(refused.statusCode()).isEqualTo(503);
		assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
		assertThat(refused.body()).isEmpty();
		HttpResponse<String> refusedMono = get("/io-mono");
		assertThat(refusedMono.statusCode()).isEqualTo(503);
		assertThat(refusedMono.headers().firstValue("Retry-After")).hasValue("1");
		controller.release().countDown();
		assertThat(running.get(10, TimeUnit.SECONDS).body()).isEqualTo("released");
		assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo("waited");
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

		@CpuBound
		Mono<String> mono() {
			return Mono.just(Thread.currentThread().getName());
		}

	}

	@RestController
	static class Controller {

		private final Service service;

		private final CountDownLatch started = new CountDownLatch(1);

		private final CountDownLatch release = new CountDownLatch(1);

		Controller(Service service) {
			this.service = service;
		}

		CountDownLatch started() {
			return this.started;
		}

		CountDownLatch release() {
			return this.release;
		}

		@InitBinder("word")
		void binder(WebDataBinder binder) {
			binder.registerCustomEditor(String.class, new UpperCase());
		}

		@ExceptionHandler
		@ResponseStatus(HttpStatus.CONFLICT)
		String handle(UnsupportedOperationException ex) {
			return ex.getMessage();
		}

		@GetMapping("/plain")
		String plain() {
			return Thread.currentThread().getName();
		}

		@CpuBound
		@GetMapping("/cpu/{number}")
		String cpu(@PathVariable int number) {
			return number + " " + Thread.currentThread().getName();
		}

		@IoBound
		@GetMapping("/io")
		String io() {
			return Thread.currentThread().getName();
		}

		@IoBound
		@GetMapping("/io-mono")
		Mono<String> ioMono() {
			return Mono.just(Thread.currentThread().getName());
		}

		@CpuBound(when = "#n > 10")
		@GetMapping("/when")
		String when(@RequestParam int n) {
			return Thread.currentThread().getName();
		}

		@CpuBound
		@PostMapping("/length")
		String length(@RequestBody String document) {
			return document.length() + " " + Thread.currentThread().getName();
		}

		@GetMapping("/mono")
		Mono<String> mono() {
			return this.service.mono().map((name) -> name + ", then " + Thread.currentThread().getName());
		}

		@IoBound
		@GetMapping("/created")
		@ResponseStatus(HttpStatus.CREATED)
		String created() {
			return Thread.currentThread().getName();
		}

		@IoBound
		@GetMapping("/exchange")
		void exchange(ServerWebExchange exchange) {
			exchange.getResponse().setStatusCode(HttpStatus.ACCEPTED);
			exchange.getResponse().getHeaders().set("X-Thread", Thread.currentThread().getName());
		}

		@CpuBound
		@GetMapping("/failing")
		@ResponseStatus(HttpStatus.CREATED)
		String failing() {
			throw new UnsupportedOperationException("not now");
		}

		@CpuBound
		@GetMapping("/validated")
		String validated(@RequestParam @Min(1) int n) {
			return String.valueOf(n);
		}

		@CpuBound
		@GetMapping("/bound")
		String bound(@RequestParam String word) {
			return word;
		}

		@IoBound
		@GetMapping("/wait")
		String waitForRelease() throws InterruptedException {
			this.started.countDown();
			return this.release.await(20, TimeUnit.SECONDS) ? "released" : "timeout";
		}

	}

	static class UpperCase extends PropertyEditorSupport {

		@Override
		public void setAsText(String text) {
			setValue(text.toUpperCase(Locale.ROOT));
		}

	}

}
