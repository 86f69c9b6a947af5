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

package io.support.acceptor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.handler.ssl.util.SelfSignedCertificate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.tcp.SslProvider;

import io.support.event.EventLog;
import io.support.event.Operations;
import io.support.overload.Pressure;
import io.support.overload.SojournSettings;
import io.support.stats.Sketches;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HandshakeWatch}.
 */
class HandshakeWatchTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final EventLog events = new EventLog(InstantSource.system(), System::nanoTime);

	private Acceptor acceptor;

	private DisposableServer server;

	@AfterEach
	void stop() {
		this.server.disposeNow();
		this.acceptor.loopResources().disposeLater(Duration.ZERO, Duration.ofSeconds(10)).block();
	}

	@Test
	void handshakeIsTimed() throws Exception {
		start(LONG, false);
		assertThat(get()).isEqualTo("ok");
		assertThat(this.registry.get("support.acceptor.handshake").timer().count()).isOne();
		assertThat(this.acceptor.snapshot().handshakeFailures()).isZero();
		assertThat(this.events.recent("support.tls")).singleElement().satisfies((event) -> {
			assertThat(event.outcome()).isEqualTo("success");
			assertThat(event.attributes()).containsEntry("side", "server");
			assertThat(event.attributes().get("peer")).startsWith("127.0.0.1:");
		});
	}

	@Test
	void handshakeThatDecidesByTheNameOfTheHostIsTimed() throws Exception {
		start(LONG, true);
		assertThat(get()).isEqualTo("ok");
		assertThat(this.registry.get("support.acceptor.handshake").timer().count()).isOne();
	}

	@Test
	void silentClientIsClosedAndGivesItsPlaceBack() throws Exception {
		start(Duration.ofMillis(200), false);
		assertSilenceEnds();
	}

	@Test
	void silentClientIsClosedWhereTheNameOfTheHostDecides() throws Exception {
		start(Duration.ofMillis(200), true);
		assertSilenceEnds();
	}

	@Test
	void clientThatGivesUpIsAFailure() throws Exception {
		start(LONG, false);
		try (Socket client = connect()) {
			Awaitility.await().until(() -> this.acceptor.snapshot().connections() == 1);
		}
		Awaitility.await().until(() -> this.acceptor.snapshot().handshakeFailures() == 1);
		Awaitility.await().until(() -> this.acceptor.snapshot().connections() == 0);
	}

	@Test
	void clientThatSpeaksSomethingElseIsAFailure() throws Exception {
		start(LONG, false);
		try (Socket client = connect()) {
			client.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			Awaitility.await().until(() -> this.acceptor.snapshot().handshakeFailures() == 1);
		}
		Awaitility.await().until(() -> this.acceptor.snapshot().connections() == 0);
		assertThat(this.registry.get("support.acceptor.handshake.failures").functionCounter().count()).isOne();
		assertThat(this.events.recent("support.tls")).singleElement()
			.satisfies((event) -> assertThat(event.error()).contains("NotSslRecordException"));
	}

	private void assertSilenceEnds() throws IOException {
		try (Socket client = connect()) {
			client.setSoTimeout(20_000);
			assertThat(client.getInputStream().read()).isEqualTo(-1);
		}
		Awaitility.await().until(() -> this.acceptor.snapshot().handshakeFailures() == 1);
		Awaitility.await().until(() -> this.acceptor.snapshot().connections() == 0);
	}

	private Socket connect() throws IOException {
		return new Socket(InetAddress.getLoopbackAddress(), this.server.port());
	}

	private String get() {
		SslProvider.GenericSslContextSpec<?> context = Http11SslContextSpec.forClient()
			.configure((builder) -> builder.trustManager(InsecureTrustManagerFactory.INSTANCE)
				.endpointIdentificationAlgorithm(null));
		return HttpClient.create()
			.secure((spec) -> spec.sslContext(context))
			.get()
			.uri("https://localhost:" + this.server.port() + "/")
			.responseContent()
			.aggregate()
			.asString()
			.block(Duration.ofSeconds(20));
	}

	@SuppressWarnings("deprecation") // what makes certificates instead is a module
	private void start(Duration handshakeTimeout, boolean byHost) throws Exception {
		AcceptorSettings settings = new AcceptorSettings(4, 100,
				new SojournSettings(LONG.toNanos(), LONG.toNanos(), LONG.toNanos(), LONG.toNanos()), Refusal.RESET,
				handshakeTimeout.toNanos());
		ServerConnections connections = new ServerConnections(System::nanoTime);
		this.acceptor = Acceptor.create(settings, connections, new Pressure(System.nanoTime()), Sketches.none(),
				new Operations(this.events, ObservationRegistry.NOOP, System::nanoTime), System::nanoTime);
		this.acceptor.bindTo(this.registry);
		SelfSignedCertificate certificate = new SelfSignedCertificate();
		SslProvider.GenericSslContextSpec<?> context = Http11SslContextSpec.forServer(certificate.certificate(),
				certificate.privateKey());
		this.server = this.acceptor.guard(connections.observe(HttpServer.create())
			.host("127.0.0.1")
			.port(0)
			.runOn(this.acceptor.loopResources())
			.secure((spec) -> {
				SslProvider.Builder builder = spec.sslContext(context);
				if (byHost) {
					builder.addSniMapping("localhost", (host) -> host.sslContext(context));
				}
			}))
			.handle((request, response) -> response.header("Content-Length", "2").sendString(Mono.just("ok")))
			.bindNow();
	}

}
