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

package io.support.connection;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.handler.ssl.util.SelfSignedCertificate;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.server.HttpServer;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the states of connections to others.
 */
@Timeout(60)
class OutgoingStateTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final TestPeer peer = TestPeer.answering("one");

	private final TestConnections connections = new TestConnections();

	private ConnectionManager manager;

	@AfterEach
	void close() {
		this.manager.close();
		this.peer.close();
	}

	@Test
	void connectionGoesFromStateToState() throws Exception {
		this.manager = this.connections.tier(this.peer.address()).manager();
		for (int i = 0; i < 3; i++) {
			assertThat(get("/")).isEqualTo("one");
			await().atMost(TIMEOUT).until(() -> this.connections.present("POOLED") == 1);
		}
		this.manager.stop();
		await().atMost(TIMEOUT).untilAsserted(() -> assertThat(this.connections.states().present()).isZero());
		assertThat(steps()).containsExactlyInAnyOrder(tuple("CONNECTING", "CONNECTED", 1L),
				tuple("CONNECTED", "IN_USE", 1L), tuple("IN_USE", "POOLED", 3L), tuple("POOLED", "IN_USE", 2L),
				tuple("POOLED", "CLOSED", 1L), tuple("CLOSED", null, 1L));
	}

	@Test
	void rawConnectionDoesTheSame() {
		this.manager = this.connections.tier(this.peer.address()).manager();
		connect().release();
		await().atMost(TIMEOUT).until(() -> this.connections.present("POOLED") == 1);
		ManagedConnection second = connect();
		assertThat(this.connections.present("IN_USE")).isEqualTo(1);
		second.close();
		await().atMost(TIMEOUT).untilAsserted(() -> assertThat(this.connections.states().present()).isZero());
		assertThat(steps()).contains(tuple("IN_USE", "POOLED", 1L), tuple("POOLED", "IN_USE", 1L),
				tuple("IN_USE", "CLOSED", 1L));
	}

	@Test
	void connectionThatCannotBeOpenedFails() throws IOException {
		String dead;
		try (ServerSocket socket = new ServerSocket()) {
			socket.bind(new InetSocketAddress("127.0.0.1", 0));
			dead = "127.0.0.1:" + socket.getLocalPort();
		}
		this.manager = this.connections.tier(dead).manager();
		StepVerifier.create(this.manager.connect("payments")).verifyError(MultiConnectException.class);
		await().atMost(TIMEOUT)
			.untilAsserted(() -> assertThat(steps()).containsExactlyInAnyOrder(tuple("CONNECTING", "FAILED", 1L),
					tuple("FAILED", null, 1L)));
	}

	@Test
	@SuppressWarnings("deprecation") // what makes certificates instead is a module
	void bothSidesShakeHandsWithTls() throws Exception {
		SelfSignedCertificate certificate = new SelfSignedCertificate();
		DisposableServer server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.secure((spec) -> spec
				.sslContext(Http11SslContextSpec.forServer(certificate.certificate(), certificate.privateKey())))
			.handle((request, response) -> response.sendString(Mono.just("secret")))
			.bindNow();
		try {
			this.manager = this.connections.tier("127.0.0.1:" + server.port())
				.customizer((client) -> client.secure((spec) -> spec.sslContext(Http11SslContextSpec.forClient()
					.configure((builder) -> builder.trustManager(InsecureTrustManagerFactory.INSTANCE)
						.endpointIdentificationAlgorithm(null)))))
				.manager();
			for (int i = 0; i < 2; i++) {
				assertThat(get("https://payments/")).isEqualTo("secret");
				await().atMost(TIMEOUT).until(() -> this.connections.present("POOLED") == 1);
			}
			assertThat(steps()).containsExactlyInAnyOrder(tuple("CONNECTING", "CONNECTED", 1L),
					tuple("CONNECTED", "TLS", 1L), tuple("TLS", "IN_USE", 1L), tuple("IN_USE", "POOLED", 2L),
					tuple("POOLED", "IN_USE", 1L));
		}
		finally {
			server.disposeNow();
		}
	}

	@Test
	void handshakeThatFailsFails() throws Exception {
		this.manager = this.connections.tier(this.peer.address()).manager();
		StepVerifier.create(this.manager.httpClient("payments").get().uri("https://payments/").response())
			.verifyError();
		await().atMost(TIMEOUT)
			.untilAsserted(
					() -> assertThat(steps()).contains(tuple("CONNECTED", "TLS", 1L), tuple("TLS", "FAILED", 1L)));
	}

	private String get(String uri) throws NameNotFoundException {
		return this.manager.httpClient("payments")
			.get()
			.uri(uri)
			.responseContent()
			.aggregate()
			.asString()
			.block(TIMEOUT);
	}

	private ManagedConnection connect() {
		ManagedConnection connection = this.manager.connect("payments").block(TIMEOUT);
		assertThat(connection).isNotNull();
		return connection;
	}

	private List<Tuple> steps() {
		return this.connections.states()
			.steps()
			.stream()
			.map((step) -> tuple(step.from(), step.to(), step.count()))
			.toList();
	}

}
