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

import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.ConnectionProvider;

import io.support.overload.Pressure;
import io.support.overload.SojournSettings;
import io.support.stats.Sketches;
import io.support.stats.StateMachineSnapshot;
import io.support.stats.StateMachineStats;
import io.support.testing.HttpConnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What becomes of requests, on real sockets: handled, answered, ended.
 */
class RequestStateTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final StateMachineStats<RequestState> states = new StateMachineStats<>(RequestState.class, Clock.SYSTEM);

	private final Sinks.Many<String> chunks = Sinks.many().unicast().onBackpressureBuffer();

	private final Sinks.One<String> answer = Sinks.one();

	private final ConnectionProvider connections = ConnectionProvider.create("test-request-states", 1);

	private DisposableServer server;

	@AfterEach
	void stop() {
		this.connections.disposeLater().block(PATIENCE);
		this.server.disposeNow(PATIENCE);
	}

	@Test
	void answerThatIsSentAtOnceIsNeverBegun() throws Exception {
		start(AdmissionProtocolTests.Protocol.HTTP11);
		try (HttpConnection connection = HttpConnection.to(this.server.port())) {
			this.answer.tryEmitValue("ok");
			assertThat(connection.get("/answer")).endsWith("ok");
			ended(Map.of("HANDLING->end", 1L));
		}
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.INCLUDE, names = { "HTTP11", "HTTP2_BY_PRIOR_KNOWLEDGE" })
	void streamIsAnsweredAfterItsHead(AdmissionProtocolTests.Protocol protocol) throws Exception {
		start(protocol);
		CompletableFuture<String> body = protocol.client(HttpClient.create(this.connections))
			.host("127.0.0.1")
			.port(this.server.port())
			.get()
			.uri("/stream")
			.responseContent()
			.aggregate()
			.asString()
			.toFuture();
		present("HANDLING");
		this.answer.tryEmitValue("go");
		present("RESPONDING");
		this.chunks.tryEmitNext("one ");
		this.chunks.tryEmitNext("two");
		this.chunks.tryEmitComplete();
		assertThat(body.get(10, TimeUnit.SECONDS)).isEqualTo("one two");
		ended(Map.of("HANDLING->RESPONDING", 1L, "RESPONDING->end", 1L));
	}

	@Test
	void clientThatGoesEndsItsRequestInWhateverState() throws Exception {
		start(AdmissionProtocolTests.Protocol.HTTP11);
		try (HttpConnection connection = HttpConnection.to(this.server.port())) {
			connection.send("/answer");
			present("HANDLING");
		}
		ended(Map.of("HANDLING->end", 1L));
		try (HttpConnection connection = HttpConnection.to(this.server.port())) {
			connection.send("/stream");
			present("HANDLING");
			this.answer.tryEmitValue("go");
			present("RESPONDING");
		}
		ended(Map.of("HANDLING->end", 1L, "HANDLING->RESPONDING", 1L, "RESPONDING->end", 1L));
	}

	@Test
	void requestBehindAnotherIsHandledAfterIt() throws Exception {
		start(AdmissionProtocolTests.Protocol.HTTP11);
		try (HttpConnection connection = HttpConnection.to(this.server.port())) {
			connection.send("/answer").send("/answer").send("/answer");
			present("HANDLING");
			this.answer.tryEmitValue("ok");
			for (int i = 0; i < 3; i++) {
				assertThat(connection.receive()).endsWith("ok");
			}
			ended(Map.of("HANDLING->end", 3L));
		}
	}

	@Test
	void interimAnswerIsNotTheAnswer() throws Exception {
		start(AdmissionProtocolTests.Protocol.HTTP11);
		try (HttpConnection connection = HttpConnection.to(this.server.port())) {
			connection.sendWith("Expect: 100-continue\r\nContent-Length: 2", "/read");
			assertThat(connection.receiveHead()).startsWith("HTTP/1.1 100");
			present("HANDLING");
		}
		ended(Map.of("HANDLING->end", 1L));
	}

	private void present(String state) {
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(this.states.snapshot().states()).filteredOn((now) -> now.present() > 0)
				.singleElement()
				.satisfies((now) -> {
					assertThat(now.name()).isEqualTo(state);
					assertThat(now.present()).isOne();
				}));
	}

	private void ended(Map<String, Long> steps) {
		await().atMost(PATIENCE).untilAsserted(() -> {
			StateMachineSnapshot now = this.states.snapshot();
			assertThat(now.present()).isZero();
			assertThat(now.states()).allSatisfy((state) -> assertThat(state.present()).isZero());
			assertThat(now.steps()
				.stream()
				.collect(Collectors.toMap((step) -> step.from() + "->" + ((step.to() != null) ? step.to() : "end"),
						StateMachineSnapshot.Step::count)))
				.isEqualTo(steps);
		});
	}

	private void start(AdmissionProtocolTests.Protocol protocol) throws CertificateException {
		SojournSettings delay = new SojournSettings(TimeUnit.SECONDS.toNanos(30), TimeUnit.SECONDS.toNanos(30),
				TimeUnit.SECONDS.toNanos(10), TimeUnit.SECONDS.toNanos(100));
		Admission admission = new Admission(new AdmissionSettings(delay, null, AdmissionRules.exempting(), false),
				new Pressure(0), Sketches.none(), this.states, System::nanoTime);
		this.server = admission.guard(protocol.server(HttpServer.create().host("127.0.0.1").port(0)))
			.route((routes) -> routes.get("/answer", (request, response) -> complete(response))
				.get("/read", (request, response) -> request.receive().then().then(complete(response)))
				.get("/stream", (request, response) -> this.answer.asMono().then(stream(response))))
			.bindNow(PATIENCE);
	}

	private Mono<Void> complete(HttpServerResponse response) {
		return response.header("Content-Length", "2").sendString(this.answer.asMono()).then();
	}

	/* Sends the head at once. */
	private Mono<Void> stream(HttpServerResponse response) {
		return Mono.defer(() -> response.sendString(this.chunks.asFlux(), StandardCharsets.UTF_8).then());
	}

}
