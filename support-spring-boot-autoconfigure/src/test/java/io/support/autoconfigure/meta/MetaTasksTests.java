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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

import io.support.dispatch.IoBound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is in flight in a real application, on its pages.
 */
@Timeout(120)
class MetaTasksTests {

	private static final String JSON = "application/json";

	private static final String PATH = "/actuator/support/tasks";

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private @Nullable MetaServer server;

	@AfterEach
	void close() {
		if (this.server != null) {
			this.server.bean(Store.class).release();
			this.server.close();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void requestAndItsCallAreInFlightUntilTheyEnd(WebApplicationType type) throws Exception {
		MetaServer server = MetaServer.start(type, List.of(Store.class, Orders.class), "support.dispatch.io.threads=1");
		this.server = server;
		CompletableFuture<HttpResponse<String>> first = request("/orders/4711?token=hunter2");
		await().atMost(PATIENCE)
			.untilAsserted(
					() -> assertThat(task("dispatch io", "running").get("what").stringValue()).isEqualTo("Store.load"));
		CompletableFuture<HttpResponse<String>> second = request("/orders/4712");
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(task("dispatch io", "queued")).isNotNull());
		JsonNode running = task("dispatch io", "running");
		assertThat(running.get("startedBy").stringValue()).isEqualTo("GET /orders/4711");
		assertThat(running.get("timeoutLeftNanos").longValue()).isPositive().isLessThan(TimeUnit.SECONDS.toNanos(60));
		assertThat(running.get("ageNanos").longValue()).isPositive();
		assertThat(task("dispatch io", "queued").get("startedBy").stringValue()).isEqualTo("GET /orders/4712");
		List<String> requests = tasks().stream()
			.filter((task) -> task.get("kind").stringValue().equals("http"))
			.map((task) -> task.get("what").stringValue())
			.toList();
		assertThat(requests).containsExactlyInAnyOrder("GET /orders/4711", "GET /orders/4712");
		assertThat(task("http", "running").get("startedBy").stringValue()).startsWith("127.0.0.1:");
		JsonNode full = json(PATH + '/' + running.get("id").stringValue()).get("data");
		assertThat(full.at("/task/what")).isEqualTo(running.get("what"));
		assertThat(full.get("stack").valueStream().map(JsonNode::stringValue))
			.anyMatch((frame) -> frame.startsWith(Store.class.getName() + ".load("));
		String html = server.get(PATH, MetaServer.BROWSER).body();
		assertThat(html).contains("tasks/" + running.get("id").stringValue() + "\"").doesNotContain("hunter2");
		assertThat(server.get(PATH + "/io-0", JSON).statusCode()).isEqualTo(404);
		server.bean(Store.class).release();
		assertThat(first.get(20, TimeUnit.SECONDS).body()).isEqualTo("4711");
		assertThat(second.get(20, TimeUnit.SECONDS).body()).isEqualTo("4712");
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(tasks()).isEmpty());
	}

	@Test
	void threadOfAServletRequestIsSeenWaiting() throws Exception {
		MetaServer server = MetaServer.start(WebApplicationType.SERVLET, List.of(Store.class, Orders.class));
		this.server = server;
		CompletableFuture<HttpResponse<String>> answer = request("/waiting/4711");
		await().atMost(PATIENCE).untilAsserted(() -> {
			JsonNode full = json(PATH + '/' + task("http", "running").get("id").stringValue()).get("data");
			assertThat(full.at("/task/what").stringValue()).isEqualTo("GET /waiting/4711");
			assertThat(full.get("stack").valueStream().map(JsonNode::stringValue))
				.anyMatch((frame) -> frame.startsWith(Orders.class.getName() + ".waiting("));
		});
		server.bean(Store.class).release();
		assertThat(answer.get(20, TimeUnit.SECONDS).body()).isEqualTo("4711");
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(tasks()).isEmpty());
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void socketsOfTheServersAreKnown(WebApplicationType type) {
		MetaServer server = MetaServer.start(type, List.of(Store.class, Orders.class));
		this.server = server;
		server.get(server.applicationUri("/nope"), JSON);
		JsonNode open = json("/actuator/support/files").at("/data/descriptors");
		assertThat(owner(open, server.applicationUri("/").getPort(), "listening")).containsOnly("server");
		assertThat(owner(open, server.uri("/").getPort(), "listening")).containsOnly("management server");
		assertThat(owner(open, server.applicationUri("/").getPort(), "established"))
			.allMatch((owner) -> owner.startsWith("server"));
		assertThat(owner(open, server.uri("/").getPort(), "established")).contains("management server");
	}

	private static List<String> owner(JsonNode descriptors, int port, String state) {
		return descriptors.valueStream()
			.filter((one) -> one.get("state").stringValue("").equals(state)
					&& one.get("local").stringValue("").endsWith(":" + port))
			.map((one) -> one.get("owner").stringValue("unknown"))
			.toList();
	}

	private CompletableFuture<HttpResponse<String>> request(String path) {
		MetaServer server = server();
		CompletableFuture<HttpResponse<String>> answer = new CompletableFuture<>();
		Thread thread = new Thread(() -> answer.complete(server.get(server.applicationUri(path), JSON)));
		thread.setDaemon(true);
		thread.start();
		return answer;
	}

	private JsonNode task(String kind, String state) {
		return tasks().stream()
			.filter((task) -> task.get("kind").stringValue().equals(kind)
					&& task.get("state").stringValue().equals(state))
			.findFirst()
			.orElseThrow(() -> new AssertionError("No " + kind + " is " + state));
	}

	private List<JsonNode> tasks() {
		return json(PATH).at("/data/tasks").valueStream().toList();
	}

	private JsonNode json(String path) {
		HttpResponse<String> response = server().get(path, JSON);
		assertThat(response.statusCode()).isEqualTo(200);
		return MetaServer.json(response);
	}

	private MetaServer server() {
		if (this.server == null) {
			throw new IllegalStateException("Not started");
		}
		return this.server;
	}

	/** Does not answer before it may. */
	@Component
	static class Store {

		private final CountDownLatch released = new CountDownLatch(1);

		void release() {
			this.released.countDown();
		}

		@IoBound(timeout = "60s")
		CompletableFuture<String> load(String id) throws InterruptedException {
			return this.released.await(60, TimeUnit.SECONDS) ? CompletableFuture.completedFuture(id)
					: CompletableFuture.failedFuture(new IllegalStateException("Not released"));
		}

	}

	/** Asks the store. */
	@RestController
	static class Orders {

		private final Store store;

		Orders(Store store) {
			this.store = store;
		}

		@GetMapping("/waiting/{id}")
		String waiting(@PathVariable("id") String id) throws Exception {
			return this.store.load(id).get();
		}

		@GetMapping("/orders/{id}")
		CompletableFuture<String> order(@PathVariable("id") String id) throws Exception {
			return this.store.load(id);
		}

	}

}
