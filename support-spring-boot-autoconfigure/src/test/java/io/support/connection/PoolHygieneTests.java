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
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.EventExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpServer;

import io.support.connection.ScriptedPeer.Line;
import io.support.testing.EventLoopBlocker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that a connection that saw bytes which are not meant for its user is never used
 * again: nobody gets the answer to somebody else's request.
 */
@Timeout(60)
class PoolHygieneTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final String ONE = ScriptedPeer.response("one");

	private static final String EVIL = ScriptedPeer.response("evil");

	private final LoopResources loops = LoopResources.create("test-client", 1, true);

	private final AtomicInteger received = new AtomicInteger();

	private final TestConnections connections = new TestConnections();

	private ScriptedPeer peer;

	private ConnectionManager manager;

	@BeforeEach
	void listen() throws IOException {
		this.peer = new ScriptedPeer();
	}

	@AfterEach
	void close() throws IOException {
		if (this.manager != null) {
			this.manager.close();
		}
		this.peer.close();
		this.loops.disposeLater(Duration.ZERO, TIMEOUT).block(TIMEOUT);
	}

	private void start(boolean preferNative) {
		this.manager = this.connections.tier(this.peer.address())
			.customizer((client) -> client.runOn(this.loops, preferNative)
				.doOnChannelInit(
						(observer, channel, remote) -> channel.pipeline().addFirst(new Counter(this.received))))
			.manager();
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil", "HTTP/1.1 200 OK\r\nConte", "H",
			"\r\n", "evil" })
	void connectionWithMoreBytesThanTheResponseIsNotUsedAgain(String surplus) throws Exception {
		start(true);
		CompletableFuture<String> first = get();
		Line line = this.peer.accept();
		line.request();
		line.say(ONE + surplus);
		assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("one");
		assertThat(line.isEnded()).isTrue();
		assertThat(this.connections.tainted("surplus")).isEqualTo(1);
		assertNextCallerGetsItsOwn();
	}

	@Test
	void surplusIsSeenWhereTheResponseEndsInTheMiddleOfALine() throws Exception {
		start(true);
		CompletableFuture<String> first = get();
		Line line = this.peer.accept();
		line.request();
		sayAndAwait(line, "HTTP/1.1 200 OK\r\nTransfer-En");
		sayAndAwait(line, "coding: chunked\r\n\r\n3\r\none\r\n0");
		line.say("\r\n\r\nHTTP/1.1 200 O");
		assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("one");
		assertThat(line.isEnded()).isTrue();
		assertThat(this.connections.tainted("surplus")).isEqualTo(1);
		assertNextCallerGetsItsOwn();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void connectionOnWhichBytesComeWhileItIsIdleIsClosed(boolean preferNative) throws Exception {
		start(preferNative);
		Line line = leaveIdle();
		line.say(EVIL);
		assertThat(line.isEnded()).isTrue();
		assertThat(this.connections.tainted("unexpected")).isEqualTo(1);
		assertNextCallerGetsItsOwn();
	}

	/*
	 * The loop takes the connection from the pool after the bytes have come and before it
	 * could see them.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void bytesThatTheLoopHasNotSeenAreSeenBeforeTheNextRequest(boolean preferNative) throws Exception {
		start(preferNative);
		Line line = leaveIdle();
		CompletableFuture<String> second = whileTheLoopIsHeld(preferNative, () -> {
			line.say(EVIL);
			return null;
		}, () -> get());
		Line next = this.peer.accept();
		next.request();
		next.answer("two");
		assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo("two");
		assertThat(line.isEnded()).isTrue();
		assertThat(this.connections.tainted("unexpected")).isEqualTo(1);
		assertThat(this.connections.failures()).isZero();
	}

	/*
	 * It could not be repeated if it had been sent: a stream may be sent once only.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void connectionThatThePeerHasJustClosedIsNotUsed(boolean preferNative) throws Exception {
		start(preferNative);
		Line line = leaveIdle();
		CompletableFuture<String> second = whileTheLoopIsHeld(preferNative, () -> {
			line.close();
			return null;
		}, () -> text(this.manager.httpClient("payments")
			.post()
			.uri("/")
			.send(ByteBufFlux.fromString(Flux.just("a", "b")))
			.responseContent()
			.aggregate()
			.asString()));
		Line next = this.peer.accept();
		next.until("0\r\n\r\n");
		next.answer("two");
		assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo("two");
		assertThat(this.connections.tainted("closed")).isEqualTo(1);
		assertThat(this.connections.failures()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\none",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\non\r\n1\r\ne\r\n0\r\n\r\n",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n0\r\nTrailer: x\r\n\r\n",
			"HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n",
			"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\none",
			"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\none" })
	void responseThatIsWhatItSaysLeavesTheConnectionInUse(String response) throws Exception {
		start(true);
		CompletableFuture<String> first = get();
		Line line = this.peer.accept();
		line.request();
		line.say(response);
		first.get(10, TimeUnit.SECONDS);
		awaitIdle();
		CompletableFuture<String> second = get();
		line.request();
		// In the smallest pieces there are.
		for (int i = 0; i < response.length(); i++) {
			sayAndAwait(line, response.substring(i, i + 1));
		}
		assertThat(second.get(10, TimeUnit.SECONDS)).isIn("one", null);
		awaitIdle();
		CompletableFuture<String> third = get();
		line.request();
		line.answer("three");
		assertThat(third.get(10, TimeUnit.SECONDS)).isEqualTo("three");
		assertThat(this.connections.tainted("surplus") + this.connections.tainted("unexpected")
				+ this.connections.tainted("closed"))
			.isZero();
	}

	@Test
	void responseToHeadHasNoBody() throws Exception {
		start(true);
		CompletableFuture<Integer> head = this.manager.httpClient("payments")
			.head()
			.uri("/")
			.responseSingle((response, body) -> body.then(Mono.just(response.status().code())))
			.toFuture();
		Line line = this.peer.accept();
		line.request();
		line.say("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
		assertThat(head.get(10, TimeUnit.SECONDS)).isEqualTo(200);
		awaitIdle();
		CompletableFuture<String> second = get();
		line.request();
		line.answer("two");
		assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo("two");
	}

	@Test
	void webSocketIsLetThrough() throws Exception {
		DisposableServer server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.route((routes) -> routes.ws("/", (in, out) -> out.sendString(Mono.just("hello"))))
			.bindNow();
		try {
			this.manager = this.connections.tier("127.0.0.1:" + server.port()).manager();
			assertThat(this.manager.httpClient("payments")
				.websocket()
				.uri("/")
				.handle((in, out) -> in.receive().asString())
				.blockFirst(TIMEOUT)).isEqualTo("hello");
			assertThat(this.connections.tainted("surplus") + this.connections.tainted("unexpected")).isZero();
		}
		finally {
			server.disposeNow();
		}
	}

	@Test
	void manyCallersGetTheirOwnAnswersFromAPeerThatSaysTooMuch() {
		AtomicInteger count = new AtomicInteger();
		DisposableServer server = TcpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle((in, out) -> out.sendString(in.receive().asString().map((request) -> {
				String own = ScriptedPeer.response(request.substring("GET ".length(), request.indexOf(" HTTP")));
				return (count.incrementAndGet() % 7 == 0) ? own + EVIL : own;
			})))
			.bindNow();
		try {
			this.manager = this.connections.tier("127.0.0.1:" + server.port())
				.maxConnections(20)
				.customizer((client) -> client.runOn(this.loops))
				.manager();
			Flux.range(0, 2000)
				.flatMap((i) -> client().get()
					.uri("/" + i)
					.responseContent()
					.aggregate()
					.asString()
					.doOnNext((text) -> assertThat(text).isEqualTo("/" + i)), 16)
				.blockLast(TIMEOUT);
			assertThat(this.connections.tainted("surplus")).isEqualTo(285);
			assertThat(this.connections.failures()).isZero();
		}
		finally {
			server.disposeNow();
		}
	}

	private HttpClient client() {
		try {
			return this.manager.httpClient("payments");
		}
		catch (NameNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Line leaveIdle() throws Exception {
		CompletableFuture<String> first = get();
		Line line = this.peer.accept();
		line.request();
		line.say(ONE);
		assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("one");
		awaitIdle();
		return line;
	}

	private void assertNextCallerGetsItsOwn() throws Exception {
		CompletableFuture<String> second = get();
		Line next = this.peer.accept();
		next.request();
		next.answer("two");
		assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo("two");
	}

	/*
	 * The call is the next task, which the loop runs before it looks at its connections.
	 */
	private CompletableFuture<String> whileTheLoopIsHeld(boolean preferNative, Step before, Call call)
			throws Exception {
		CompletableFuture<CompletableFuture<String>> called = new CompletableFuture<>();
		EventExecutor loop = this.loops.onClient(preferNative).next();
		try (EventLoopBlocker blocker = EventLoopBlocker.block(loop)) {
			assertThat(blocker).isNotNull();
			loop.execute(() -> {
				try {
					called.complete(call.run());
				}
				catch (Exception ex) {
					called.completeExceptionally(ex);
				}
			});
			before.run();
		}
		return called.get(10, TimeUnit.SECONDS);
	}

	private void sayAndAwait(Line line, String text) throws IOException {
		int before = this.received.get();
		line.say(text);
		await().pollInterval(Duration.ofMillis(1)).atMost(TIMEOUT).until(() -> this.received.get() > before);
	}

	private CompletableFuture<String> get() throws NameNotFoundException {
		return text(this.manager.httpClient("payments").get().uri("/").responseContent().aggregate().asString());
	}

	private static CompletableFuture<String> text(Mono<String> text) {
		return text.toFuture();
	}

	private void awaitIdle() {
		await().pollInterval(Duration.ofMillis(1))
			.atMost(TIMEOUT)
			.until(() -> this.connections.meters.get("support.connections.idle").gauge().value() == 1);
	}

	@FunctionalInterface
	private interface Step {

		Void run() throws Exception;

	}

	@FunctionalInterface
	private interface Call {

		CompletableFuture<String> run() throws Exception;

	}

	/**
	 * Counts what has come.
	 */
	private static final class Counter extends ChannelInboundHandlerAdapter {

		private final AtomicInteger bytes;

		Counter(AtomicInteger bytes) {
			this.bytes = bytes;
		}

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			int count = (message instanceof ByteBuf buffer) ? buffer.readableBytes() : 0;
			context.fireChannelRead(message);
			this.bytes.addAndGet(count);
		}

	}

}
