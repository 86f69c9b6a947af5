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
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import io.support.event.Operations;
import io.support.overload.Pressure;
import io.support.overload.SojournSettings;
import io.support.stats.Sketches;
import io.support.testing.EventLoopBlocker;
import io.support.testing.HttpConnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Tests for what a client sees that is refused, and for the connections that nobody wants
 * any more.
 */
class RefusalTests {

	private static final long AGE = Duration.ofMillis(50).toNanos();

	private ServerConnections connections;

	private Acceptor acceptor;

	private DisposableServer server;

	@AfterEach
	void stop() {
		this.server.disposeNow();
		this.acceptor.loopResources().disposeLater(Duration.ZERO, Duration.ofSeconds(10)).block();
	}

	@Test
	void resetIsSeenAsSuch() throws Exception {
		start(Refusal.RESET, true, AGE);
		try (EventLoopBlocker blocker = EventLoopBlocker.block(workers())) {
			assertThatIOException().isThrownBy(this::refused).withMessageContaining("reset");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "CLOSE", "RESPOND" })
	void onNioConnectionsJustEnd(Refusal refusal) throws Exception {
		start(refusal, false, AGE);
		try (EventLoopBlocker blocker = EventLoopBlocker.block(workers()); Socket client = connect()) {
			assertThat(client.getInputStream().read()).isEqualTo(-1);
		}
	}

	@Test
	void closeIsAnOrdinaryEndThoughARequestWasSent() throws Exception {
		assumeTrue(Epoll.isAvailable());
		start(Refusal.CLOSE, true, AGE);
		try (EventLoopBlocker blocker = EventLoopBlocker.block(workers())) {
			assertThat(refused()).isEmpty();
		}
	}

	@Test
	void responseSaysWhenToComeAgain() throws Exception {
		assumeTrue(Epoll.isAvailable());
		start(Refusal.RESPOND, true, AGE);
		try (EventLoopBlocker blocker = EventLoopBlocker.block(workers())) {
			for (int i = 0; i < 5; i++) {
				assertThat(refused()).startsWith("HTTP/1.1 503 Service Unavailable\r\n")
					.contains("retry-after: 1\r\n", "content-length: 0\r\n", "connection: close\r\n")
					.endsWith("\r\n\r\n");
			}
			assertThat(this.acceptor.snapshot().refused()).containsEntry("queue-age", 5L);
		}
	}

	@Test
	void connectionThatItsClientHasClosedIsDropped() throws Exception {
		assumeTrue(Epoll.isAvailable());
		start(Refusal.RESET, true, Duration.ofSeconds(30).toNanos());
		try (EventLoopBlocker blocker = EventLoopBlocker.block(workers())) {
			for (int i = 0; i < 3; i++) {
				Socket client = connect();
				send(client);
				client.close();
			}
			try (HttpConnection patient = HttpConnection.to(this.server.port()).send("/")) {
				Awaitility.await().until(() -> this.acceptor.snapshot().queueDepth() == 4);
				blocker.close();
				assertThat(patient.receive()).startsWith("HTTP/1.1 200");
			}
		}
		Awaitility.await().until(() -> this.acceptor.snapshot().abandoned() == 3);
		Awaitility.await().until(() -> this.acceptor.snapshot().connections() == 0);
	}

	@Test
	void acceptThatFailsClosesIdleConnectionsPausesAndGoesOn() throws Exception {
		start(Refusal.RESET, true, Duration.ofSeconds(30).toNanos());
		HttpConnection idle = HttpConnection.to(this.server.port());
		assertThat(idle.get("/")).startsWith("HTTP/1.1 200");
		Awaitility.await().until(() -> this.connections.busy() == 0);
		this.server.channel().pipeline().fireExceptionCaught(new IOException("accept: Too many open files"));
		Awaitility.await().until(() -> this.acceptor.snapshot().pauses() == 1);
		assertThat(idle.isClosedByPeer()).isTrue();
		idle.close();
		try (HttpConnection client = HttpConnection.to(this.server.port())) {
			assertThat(client.get("/")).startsWith("HTTP/1.1 200");
		}
	}

	private void start(Refusal refusal, boolean nativeTransport, long maxAge) {
		AcceptorSettings settings = new AcceptorSettings(4, 100,
				new SojournSettings(maxAge, maxAge, AGE, Duration.ofMillis(100).toNanos()), refusal,
				Duration.ofSeconds(10).toNanos());
		this.connections = new ServerConnections(System::nanoTime);
		this.acceptor = nativeTransport
				? Acceptor.create(settings, this.connections, new Pressure(System.nanoTime()), Sketches.none(),
						Operations.none(), System::nanoTime)
				: Acceptor.createNio(settings, this.connections, new Pressure(System.nanoTime()), Sketches.none(),
						Operations.none(), System::nanoTime);
		this.server = this.acceptor
			.guard(this.connections.observe(HttpServer.create())
				.host("127.0.0.1")
				.port(0)
				.runOn(this.acceptor.loopResources()))
			.handle((request, response) -> response.header("Content-Length", "2").sendString(Mono.just("ok")))
			.bindNow();
	}

	private EventLoopGroup workers() {
		return ((QueueingLoopGroup) this.acceptor.loopResources().onServer(true)).loops();
	}

	private Socket connect() throws IOException {
		Socket socket = new Socket();
		socket.setSoTimeout(10_000);
		socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.server.port()), 10_000);
		return socket;
	}

	private void send(Socket socket) throws IOException {
		socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: test\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
	}

	private String refused() throws IOException {
		try (Socket socket = connect()) {
			send(socket);
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
		}
	}

}
