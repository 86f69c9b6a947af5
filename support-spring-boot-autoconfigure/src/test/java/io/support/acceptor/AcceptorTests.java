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
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.util.concurrent.EventExecutor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import io.support.event.Operations;
import io.support.overload.Pressure;
import io.support.overload.SojournSettings;
import io.support.stats.Sketches;
import io.support.testing.EventLoopBlocker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Acceptor}, over real sockets, on each transport that is there.
 */
@ParameterizedClass(name = "native {0}")
@MethodSource("transports")
class AcceptorTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	@Parameter
	boolean nativeTransport;

	private final List<Socket> clients = new ArrayList<>();

	private final AtomicLong elapsed = new AtomicLong();

	private final Sinks.One<String> held = Sinks.one();

	private final Sketches sketches = new Sketches();

	private ServerConnections connections;

	private Acceptor acceptor;

	private DisposableServer server;

	static Stream<Boolean> transports() {
		return Epoll.isAvailable() ? Stream.of(true, false) : Stream.of(false);
	}

	@AfterEach
	void stop() throws IOException {
		for (Socket client : this.clients) {
			client.close();
		}
		this.server.disposeNow();
		this.acceptor.loopResources().disposeLater(Duration.ZERO, Duration.ofSeconds(10)).block();
	}

	@Test
	void servesOnLoopsBehindTheQueue() throws IOException {
		start(4, 4, LONG);
		assertThat(get(connect())).contains("200 OK").contains("support-http");
		assertThat(this.acceptor.snapshot().accepted()).isOne();
		assertThat(this.acceptor.snapshot().connections()).isOne();
		assertThat(this.sketches.snapshot("clients").orElseThrow().top().get(0).value()).isEqualTo("127.0.0.1");
	}

	@Test
	void refusesAtOnceWhatFindsTheQueueFull() throws Exception {
		start(4, 100, LONG);
		try (EventLoopBlocker blocker = EventLoopBlocker.block(workers())) {
			List<Socket> waiting = connect(4);
			await(() -> assertThat(this.acceptor.snapshot().queueDepth()).isEqualTo(4));
			for (int i = 0; i < 6; i++) {
				assertRefused();
			}
			assertThat(this.acceptor.snapshot().refused()).containsEntry("queue-full", 6L);
			blocker.close();
			for (Socket client : waiting) {
				assertThat(get(client)).contains("200 OK");
			}
		}
		assertThat(this.acceptor.snapshot().accepted()).isEqualTo(10);
	}

	@Test
	void refusesWhatWaitsTooLongWhileEveryWorkerIsBlocked() throws Exception {
		start(4, 100, Duration.ofMillis(50));
		try (EventLoopBlocker blocker = EventLoopBlocker.block(workers())) {
			assertRefused();
			assertThat(this.acceptor.snapshot().refused()).containsEntry("queue-age", 1L);
			assertThat(this.acceptor.snapshot().queueDepth()).isZero();
		}
		assertThat(get(connect())).contains("200 OK");
	}

	@Test
	void noConnectionWaitsForABlockedLoop() throws Exception {
		start(100, 100, LONG);
		EventExecutor blocked = workers().iterator().next();
		try (EventLoopBlocker blocker = EventLoopBlocker.block(blocked)) {
			// One after the other: no later arrival wakes a loop for an earlier one.
			for (int i = 0; i < 20; i++) {
				assertThat(get(connect())).contains("200 OK");
			}
		}
	}

	@Test
	void furtherConnectionsWaitUntilOneThatIsServedEnds() throws Exception {
		start(4, 2, LONG);
		List<Socket> served = connect(2);
		for (Socket client : served) {
			assertThat(get(client)).contains("200 OK");
		}
		Socket waiting = connect();
		send(waiting, "/");
		await(() -> assertThat(this.acceptor.snapshot().queueDepth()).isOne());
		assertThat(this.acceptor.snapshot().connections()).isEqualTo(2);
		served.get(0).close();
		assertThat(receive(waiting)).contains("200 OK");
	}

	@Test
	void longestIdleConnectionsAreClosedForNewOnes() throws Exception {
		start(4, 3, LONG);
		Socket longestIdle = connect();
		assertThat(get(longestIdle)).contains("200 OK");
		// The client may have its answer before the server is done with it.
		await(() -> assertThat(this.connections.busy()).isZero());
		Socket idle = connect();
		assertThat(get(idle)).contains("200 OK");
		Socket busy = connect();
		send(busy, "/held");
		Socket waiting = connect();
		send(waiting, "/");
		await(() -> assertThat(this.acceptor.snapshot().queueDepth()).isOne());
		this.elapsed.addAndGet(LONG.dividedBy(2).toNanos());
		assertThat(receive(waiting)).contains("200 OK");
		assertThat(longestIdle.getInputStream().read()).isEqualTo(-1);
		assertThat(get(idle)).contains("200 OK");
		await(() -> assertThat(this.acceptor.snapshot().idleClosed()).isOne());
		this.held.tryEmitValue("released\n.").orThrow();
		assertThat(receive(busy)).contains("released");
	}

	@Test
	void connectionWithoutARequestYetHasASecond() throws Exception {
		start(4, 1, Duration.ofMillis(800));
		Socket unused = connect();
		await(() -> assertThat(this.acceptor.snapshot().connections()).isOne());
		Socket tooEarly = connect();
		await(() -> assertThat(this.acceptor.snapshot().queueDepth()).isOne());
		this.elapsed.addAndGet(Duration.ofMillis(900).toNanos());
		assertReset(tooEarly);
		assertThat(this.acceptor.snapshot().idleClosed()).isZero();
		Socket waiting = connect();
		send(waiting, "/");
		this.elapsed.addAndGet(Duration.ofMillis(100).toNanos());
		assertThat(receive(waiting)).contains("200 OK");
		assertThat(unused.getInputStream().read()).isEqualTo(-1);
		await(() -> assertThat(this.acceptor.snapshot().idleClosed()).isOne());
	}

	@Test
	void everyPlaceIsGivenBack() throws Exception {
		start(8, 4, LONG);
		for (int i = 0; i < 200; i++) {
			Socket client = connect();
			assertThat(get(client)).contains("200 OK");
			client.close();
		}
		await(() -> assertThat(this.acceptor.snapshot().connections()).isZero());
		assertThat(this.acceptor.snapshot().queueDepth()).isZero();
	}

	@Test
	void endOfTheServerRefusesWhatStillWaits() throws Exception {
		start(4, 1, LONG);
		assertThat(get(connect())).contains("200 OK");
		Socket waiting = connect();
		await(() -> assertThat(this.acceptor.snapshot().queueDepth()).isOne());
		this.acceptor.loopResources().disposeLater(Duration.ZERO, Duration.ofSeconds(10)).block();
		assertReset(waiting);
		assertThat(this.acceptor.snapshot().refused()).containsEntry("shutdown", 1L);
	}

	@Test
	void metersShowTheSameAsTheSnapshot() throws Exception {
		start(1, 100, LONG);
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		this.acceptor.bindTo(registry);
		assertThat(get(connect())).contains("200 OK");
		try (EventLoopBlocker blocker = EventLoopBlocker.block(workers())) {
			connect();
			await(() -> assertThat(registry.get("support.acceptor.queue.depth").gauge().value()).isOne());
			assertRefused();
		}
		await(() -> assertThat(registry.get("support.acceptor.connections").gauge().value()).isEqualTo(2));
		assertThat(registry.get("support.acceptor.accepted").functionCounter().count()).isEqualTo(3);
		assertThat(registry.get("support.acceptor.refused").tag("reason", "queue-full").functionCounter().count())
			.isOne();
		assertThat(registry.get("support.acceptor.queue.age").timer().count()).isEqualTo(2);
		assertThat(this.acceptor.snapshot().refused())
			.isEqualTo(Map.of("queue-full", 1L, "expected-age", 0L, "queue-age", 0L, "shutdown", 0L));
	}

	private Acceptor createAcceptor(int queueCapacity, int maxConnections, Duration maxQueueAge) {
		AcceptorSettings settings = new AcceptorSettings(
				queueCapacity, maxConnections, new SojournSettings(maxQueueAge.toNanos(), maxQueueAge.toNanos(),
						Duration.ofMillis(5).toNanos(), Duration.ofMillis(100).toNanos()),
				Refusal.RESET, Duration.ofSeconds(10).toNanos());
		LongSupplier clock = () -> System.nanoTime() + this.elapsed.get();
		this.connections = new ServerConnections(clock);
		return this.nativeTransport
				? Acceptor.create(settings, this.connections, new Pressure(System.nanoTime()), this.sketches,
						Operations.none(), clock)
				: Acceptor.createNio(settings, this.connections, new Pressure(System.nanoTime()), this.sketches,
						Operations.none(), clock);
	}

	private void start(int queueCapacity, int maxConnections, Duration maxQueueAge) {
		this.acceptor = createAcceptor(queueCapacity, maxConnections, maxQueueAge);
		this.server = this.acceptor
			.guard(this.connections.observe(HttpServer.create())
				.host("127.0.0.1")
				.port(0)
				.runOn(this.acceptor.loopResources()))
			.route((routes) -> routes
				.get("/", (request, response) -> response.sendString(Mono.fromSupplier(this::threadName)))
				.get("/held", (request, response) -> response.sendString(this.held.asMono())))
			.bindNow();
	}

	private String threadName() {
		return Thread.currentThread().getName() + "\n.";
	}

	private EventLoopGroup workers() {
		return ((QueueingLoopGroup) this.acceptor.loopResources().onServer(true)).loops();
	}

	private List<Socket> connect(int count) throws IOException {
		List<Socket> sockets = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			sockets.add(connect());
		}
		return sockets;
	}

	private Socket connect() throws IOException {
		Socket socket = new Socket();
		this.clients.add(socket);
		socket.setSoTimeout(10_000);
		socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.server.port()), 10_000);
		return socket;
	}

	private String get(Socket socket) throws IOException {
		send(socket, "/");
		return receive(socket);
	}

	private void send(Socket socket, String path) throws IOException {
		String request = "GET " + path + " HTTP/1.1\r\nHost: test\r\n\r\n";
		socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
	}

	private String receive(Socket socket) throws IOException {
		StringBuilder response = new StringBuilder();
		byte[] buffer = new byte[1024];
		while (!response.toString().endsWith("\n.")) {
			int read = socket.getInputStream().read(buffer);
			if (read < 0) {
				return response + " [closed]";
			}
			response.append(new String(buffer, 0, read, StandardCharsets.US_ASCII));
		}
		return response.toString();
	}

	/**
	 * The reset may come while the client's connect still runs.
	 */
	private void assertRefused() {
		assertThatExceptionOfType(SocketException.class).isThrownBy(() -> connect().getInputStream().read())
			.withMessageContaining("reset");
	}

	private void assertReset(Socket socket) {
		assertThatExceptionOfType(SocketException.class).isThrownBy(() -> socket.getInputStream().read())
			.withMessageContaining("reset");
	}

	private void await(Runnable assertion) {
		Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(assertion::run);
	}

}
