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

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.support.dispatch.CpuBound;
import io.support.dispatch.Dispatchers;
import io.support.dispatch.IoBound;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for dispatched controller methods in an MVC application on a real port.
 */
@Timeout(60)
class DispatchWebMvcTests {

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private static ConfigurableApplicationContext context;

	@BeforeAll
	static void start() {
		context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET)
			.properties("server.port=0", "support.dispatch.io.threads=1", "support.dispatch.io.queue-capacity=1",
					"spring.main.banner-mode=off")
			.run();
	}

	@AfterAll
	static void stop() {
		context.close();
	}

	private static HttpResponse<String> get(String path) throws Exception {
		String port = context.getEnvironment().getRequiredProperty("local.server.port");
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
			.timeout(Duration.ofSeconds(20))
			.build();
		return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
	}

	@Test
	void plainMethodRunsOnItsDispatcherWhileTheServletThreadWaits() throws Exception {
		assertThat(get("/cpu").body()).startsWith("support-cpu-");
	}

	@Test
	void fullQueueIsAnsweredWith503() throws Exception {
		Dispatchers dispatchers = context.getBean(Dispatchers.class);
		CountDownLatch release = new CountDownLatch(1);
		CompletableFuture<Boolean> running = dispatchers.io().future(() -> release.await(20, TimeUnit.SECONDS));
		CompletableFuture<String> waiting = dispatchers.io().future(() -> "waited");
		HttpResponse<String> refused = get("/io");
		assertThat(refused.statusCode()).isEqualTo(503);
		assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
		assertThat(refused.body()).isEmpty();
		release.countDown();
		assertThat(running.get(10, TimeUnit.SECONDS)).isTrue();
		assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo("waited");
		assertThat(get("/io").body()).isEqualTo("support-io-1");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Controller.class)
	static class Application {

	}

	@RestController
	static class Controller {

		@CpuBound
		@GetMapping("/cpu")
		String cpu() {
			return Thread.currentThread().getName();
		}

		@IoBound
		@GetMapping("/io")
		String io() {
			return Thread.currentThread().getName();
		}

	}

}
