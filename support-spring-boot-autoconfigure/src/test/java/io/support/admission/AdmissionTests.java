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
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.channel.EventLoopGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

import io.support.overload.Pressure;
import io.support.overload.SojournSettings;
import io.support.stats.SketchSnapshot;
import io.support.stats.Sketches;
import io.support.stats.StateMachineStats;
import io.support.testing.EventLoopBlocker;
import io.support.testing.HttpConnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link Admission}, on real sockets. What a request costs is virtual time.
 */
class AdmissionTests {

	private static final long COST = Duration.ofMillis(200).toNanos();

	private final AtomicLong elapsed = new AtomicLong();

	private final Sketches sketches = new Sketches();

	private final LoopResources loops = LoopResources.create("test-admission", 1, true);

	private Admission admission;

	private DisposableServer server;

	@AfterEach
	void stop() {
		this.server.disposeNow(Duration.ofSeconds(10));
		this.loops.disposeLater(Duration.ZERO, Duration.ofSeconds(10)).block();
	}

	@Test
	void requestThatTheLoopComesToTooLateIsRefused() throws Exception {
		start(true);
		try (HttpConnection one = connect(); HttpConnection other = connect()) {
			List<String> answers = inOneTurn(() -> one.send("/costly"), () -> other.send("/costly"), one, other);
			assertThat(answers).filteredOn((answer) -> answer.startsWith("HTTP/1.1 200")).hasSize(1);
			assertThat(answers).filteredOn((answer) -> answer.startsWith("HTTP/1.1 503"))
				.singleElement()
				.asString()
				.containsIgnoringCase("retry-after: 1")
				.containsIgnoringCase("connection: close");
			assertThat(this.admission.snapshot().refused()).isEqualTo(Map.of("delay", Map.of("normal", 1L)));
		}
	}

	@Test
	void refusedConnectionIsClosed() throws Exception {
		start(true);
		try (HttpConnection one = connect(); HttpConnection other = connect()) {
			List<String> answers = inOneTurn(() -> one.send("/costly"), () -> other.send("/costly"), one, other);
			HttpConnection refused = answers.get(0).startsWith("HTTP/1.1 503") ? one : other;
			assertThat(refused.isClosedByPeer()).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a body that nobody reads" })
	void connectionThatIsKeptServesTheNextRequest(String body) throws Exception {
		start(false);
		try (HttpConnection one = connect(); HttpConnection other = connect()) {
			List<String> answers = inOneTurn(() -> one.post("/costly", body), () -> other.post("/costly", body), one,
					other);
			assertThat(answers).filteredOn((answer) -> answer.startsWith("HTTP/1.1 503")).hasSize(1);
			assertThat(one.get("/")).startsWith("HTTP/1.1 200");
			assertThat(other.get("/")).startsWith("HTTP/1.1 200");
		}
	}

	@Test
	void healthIsNeverRefused() throws Exception {
		start(true);
		try (HttpConnection one = connect(); HttpConnection other = connect()) {
			List<String> answers = inOneTurn(() -> one.send("/actuator/health"), () -> other.send("/actuator/health"),
					one, other);
			assertThat(answers).allMatch((answer) -> answer.startsWith("HTTP/1.1 200"));
		}
	}

	@Test
	void nothingIsRefusedWhereEveryTurnIsShort() throws Exception {
		start(true);
		try (HttpConnection one = connect()) {
			for (int i = 0; i < 50; i++) {
				assertThat(one.get("/costly")).startsWith("HTTP/1.1 200");
			}
		}
		assertThat(this.admission.snapshot().refused()).isEmpty();
		// With the first one of the connection.
		assertThat(this.admission.snapshot().admitted()).isEqualTo(51);
	}

	@Test
	void pathsOfRequestsThatAreAdmittedAreCounted() throws Exception {
		start(true);
		try (HttpConnection one = connect()) {
			one.get("/costly?card=4711");
			one.get("/costly?card=4712");
			one.get("/actuator/health");
		}
		assertThat(this.sketches.snapshot("paths").orElseThrow().top())
			.extracting(SketchSnapshot.Element::value, SketchSnapshot.Element::count)
			.containsExactly(tuple("/costly", 2L), tuple("/", 1L));
	}

	/*
	 * Holds the loop until both requests wait for it.
	 */
	private List<String> inOneTurn(Sending first, Sending second, HttpConnection one, HttpConnection other)
			throws Exception {
		EventLoopGroup group = this.loops.onServer(true);
		try (EventLoopBlocker blocker = EventLoopBlocker.block(group)) {
			assertThat(blocker).isNotNull();
			first.send();
			second.send();
		}
		return List.of(one.receive(), other.receive());
	}

	private HttpConnection connect() throws IOException {
		HttpConnection connection = HttpConnection.to(this.server.port());
		assertThat(connection.get("/")).startsWith("HTTP/1.1 200");
		return connection;
	}

	private void start(boolean closes) {
		SojournSettings age = new SojournSettings(Duration.ofMillis(100).toNanos(), Duration.ofMillis(100).toNanos(),
				Duration.ofMillis(5).toNanos(), Duration.ofSeconds(100).toNanos());
		this.admission = new Admission(
				new AdmissionSettings(age, null, AdmissionRules.exempting(PathRule.of("/actuator/health/**")), closes),
				new Pressure(0), this.sketches, new StateMachineStats<>(RequestState.class), this.elapsed::get);
		this.server = this.admission.guard(HttpServer.create().host("127.0.0.1").port(0).runOn(this.loops))
			.route((routes) -> routes.get("/", (request, response) -> answer(response))
				.get("/costly", (request, response) -> costly(response))
				.post("/costly", (request, response) -> costly(response))
				.get("/actuator/health", (request, response) -> costly(response)))
			.bindNow(Duration.ofSeconds(10));
	}

	private Mono<Void> costly(HttpServerResponse response) {
		this.elapsed.addAndGet(COST);
		return answer(response);
	}

	private static Mono<Void> answer(HttpServerResponse response) {
		return response.header("Content-Length", "2").sendString(Mono.just("ok")).then();
	}

	/**
	 * Sends a request.
	 */
	private interface Sending {

		Object send() throws IOException;

	}

}
