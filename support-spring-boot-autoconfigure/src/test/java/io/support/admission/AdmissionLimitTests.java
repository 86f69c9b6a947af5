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

package io.support.admission;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;

import io.support.overload.AdaptiveLimitSettings;
import io.support.overload.Priority;
import io.support.overload.SojournSettings;
import io.support.testing.HttpConnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the limit of requests in flight, through real sockets, on a server whose
 * answers wait for somebody else.
 */
class AdmissionLimitTests {

	private static final int LIMIT = 3;

	private final Sinks.One<String> answer = Sinks.one();

	private Admission admission;

	private DisposableServer server;

	private final List<HttpConnection> connections = new ArrayList<>();

	@BeforeEach
	void start() {
		SojournSettings delay = new SojournSettings(TimeUnit.SECONDS.toNanos(30), TimeUnit.SECONDS.toNanos(30),
				TimeUnit.SECONDS.toNanos(10), TimeUnit.SECONDS.toNanos(100));
		AdmissionRules rules = new AdmissionRules(List.of(PathRule.of("/health")),
				List.of((request) -> "secret".equals(request.header("X-Token")) ? Priority.CRITICAL : null),
				"X-Priority", List.of(PathRule.of("/pay/**")), List.of(PathRule.of("/report")));
		this.admission = new Admission(new AdmissionSettings(delay,
				new AdaptiveLimitSettings(LIMIT, 100, TimeUnit.MILLISECONDS.toNanos(5), TimeUnit.SECONDS.toNanos(100)),
				rules, false), System::nanoTime);
		this.server = this.admission.guard(HttpServer.create().host("127.0.0.1").port(0))
			.route((routes) -> routes.get("/stream", (request, response) -> stream(response))
				.get("/quick", (request, response) -> response.status(204).send())
				.get("/refused", (request, response) -> response.status(503).send())
				.get("/failing", (request, response) -> Mono.error(new IllegalStateException("expected")))
				.route((request) -> true, (request, response) -> waiting(response)))
			.bindNow(Duration.ofSeconds(10));
	}

	@AfterEach
	void stop() throws IOException {
		for (HttpConnection connection : this.connections) {
			connection.close();
		}
		this.server.disposeNow(Duration.ofSeconds(10));
	}

	@Test
	void oneMoreThanTheLimitIsRefusedUntilOneIsAnswered() throws Exception {
		List<HttpConnection> first = send("/wait", LIMIT);
		HttpConnection refused = connect();
		assertThat(refused.get("/wait")).startsWith("HTTP/1.1 503").containsIgnoringCase("retry-after: 1");
		assertThat(this.admission.snapshot().refused()).isEqualTo(Map.of("limit", Map.of("normal", 1L)));
		this.answer.tryEmitValue("ok");
		for (HttpConnection connection : first) {
			assertThat(connection.receive()).startsWith("HTTP/1.1 200");
		}
		assertThat(refused.get("/wait")).startsWith("HTTP/1.1 200");
		awaitInFlight(0);
	}

	@Test
	void connectionThatEndsGivesItsPlaceBack() throws Exception {
		for (HttpConnection connection : send("/wait", LIMIT)) {
			connection.close();
		}
		awaitInFlight(0);
		assertThat(connect().get("/quick")).startsWith("HTTP/1.1 204");
	}

	@Test
	void responseWithoutAnEndHoldsNoPlace() throws Exception {
		for (int i = 0; i < 2 * LIMIT; i++) {
			HttpConnection connection = connect().send("/stream");
			assertThat(connection.receiveHead()).startsWith("HTTP/1.1 200");
		}
		awaitInFlight(0);
		assertThat(this.admission.snapshot().refused()).isEmpty();
	}

	@Test
	void failuresAndRefusalsOfTheApplicationHoldNoPlace() throws Exception {
		HttpConnection connection = connect();
		for (int i = 0; i < LIMIT; i++) {
			assertThat(connection.get("/refused")).startsWith("HTTP/1.1 503");
			assertThat(connection.get("/failing")).startsWith("HTTP/1.1 500");
			connection = connect();
		}
		awaitInFlight(0);
		assertThat(this.admission.snapshot().refused()).isEmpty();
	}

	@Test
	void pipelinedRequestsHoldOnePlace() throws Exception {
		HttpConnection connection = connect();
		for (int i = 0; i < 2 * LIMIT; i++) {
			connection.send("/wait");
		}
		awaitInFlight(1);
		this.answer.tryEmitValue("ok");
		for (int i = 0; i < 2 * LIMIT; i++) {
			assertThat(connection.receive()).startsWith("HTTP/1.1 200");
		}
		awaitInFlight(0);
	}

	@Test
	void exemptPathsAreServedAndNotCounted() throws Exception {
		send("/wait", LIMIT);
		HttpConnection health = connect().send("/health");
		this.answer.tryEmitValue("ok");
		assertThat(health.receive()).startsWith("HTTP/1.1 200");
	}

	@Test
	void criticalRequestsGoBeyondTheLimit() throws Exception {
		send("/wait", LIMIT);
		HttpConnection byHeader = connect().sendWith("X-Priority: Critical", "/wait");
		HttpConnection byPath = connect().send("/pay/17?now");
		HttpConnection byBean = connect().sendWith("X-Token: secret", "/wait");
		awaitInFlight(LIMIT + 3);
		assertThat(connect().getWith("X-Priority: whatever", "/wait")).startsWith("HTTP/1.1 503");
		assertThat(connect().getWith("X-Priority: normal", "/pay/17")).startsWith("HTTP/1.1 503");
		assertThat(connect().get("/report")).startsWith("HTTP/1.1 503");
		assertThat(this.admission.snapshot().refused())
			.isEqualTo(Map.of("limit", Map.of("normal", 2L, "sheddable", 1L)));
		this.answer.tryEmitValue("ok");
		for (HttpConnection connection : List.of(byHeader, byPath, byBean)) {
			assertThat(connection.receive()).startsWith("HTTP/1.1 200");
		}
	}

	private List<HttpConnection> send(String path, int count) throws IOException {
		List<HttpConnection> sent = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			sent.add(connect().send(path));
		}
		awaitInFlight(count);
		return sent;
	}

	private void awaitInFlight(int count) {
		await().atMost(Duration.ofSeconds(10)).until(() -> this.admission.snapshot().inFlight() == count);
	}

	private HttpConnection connect() throws IOException {
		HttpConnection connection = HttpConnection.to(this.server.port());
		this.connections.add(connection);
		return connection;
	}

	private Mono<Void> waiting(HttpServerResponse response) {
		return response.header("Content-Length", "2").sendString(this.answer.asMono()).then();
	}

	private static Mono<Void> stream(HttpServerResponse response) {
		return response.sse().sendString(Flux.concat(Mono.just("data: 1\n\n"), Flux.never())).then();
	}

}
