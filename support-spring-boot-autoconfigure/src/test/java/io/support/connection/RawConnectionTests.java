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
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.EventExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.NettyPipeline;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpServer;
import reactor.test.StepVerifier;

import io.support.connection.ScriptedPeer.Line;
import io.support.context.WarningSource.Found;
import io.support.testing.EventLoopBlocker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link ManagedConnection}, on real sockets.
 */
@Timeout(60)
class RawConnectionTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final LoopResources loops = LoopResources.create("test-client", 1, true);

	private final TestConnections connections = new TestConnections();

	private ScriptedPeer peer;

	private ConnectionManager manager;

	private String dead;

	@BeforeEach
	void listen() throws IOException {
		this.peer = new ScriptedPeer();
		try (ServerSocket socket = new ServerSocket()) {
			socket.bind(new InetSocketAddress("127.0.0.1", 0));
			this.dead = "127.0.0.1:" + socket.getLocalPort();
		}
	}

	@AfterEach
	void close() throws IOException {
		if (this.manager != null) {
			this.manager.close();
		}
		this.peer.close();
		this.loops.disposeLater(Duration.ZERO, TIMEOUT).block(TIMEOUT);
	}

	private void start() {
		start(true);
	}

	private void start(boolean preferNative) {
		this.manager = this.connections.tier(this.peer.address())
			.customizer((client) -> client.runOn(this.loops, preferNative))
			.manager();
	}

	@Test
	void unknownNameIsRefusedWithTheKnownOnes() {
		start();
		StepVerifier.create(this.manager.connect("nobody"))
			.verifyErrorSatisfies((error) -> assertThat(error).isInstanceOf(NameNotFoundException.class)
				.hasMessageContaining("[pay, payments]"));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void connectionThatIsReleasedIsUsedAgain(boolean preferNative) throws Exception {
		start(preferNative);
		ManagedConnection first = connect("payments");
		Channel channel = first.channel();
		Line line = this.peer.accept();
		assertThat(first.address()).hasToString(this.peer.address());
		assertThat(first.isReused()).isFalse();
		assertThat(ask(first, line, "a", "1")).isEqualTo("1");
		first.release();
		awaitIdle();
		ManagedConnection second = connect("PAY");
		assertThat(second.isReused()).isTrue();
		assertThat(second.channel()).isSameAs(channel);
		assertThat(first.channel().isActive()).as("for who has released it").isFalse();
		assertThat(ask(second, line, "b", "2")).isEqualTo("2");
		second.close();
		assertThat(line.isEnded()).isTrue();
		assertThat(tainted()).isZero();
	}

	@Test
	void socketsBelongToTheirGroup() throws Exception {
		this.connections.maxConnections(1);
		start();
		assertThat(warnings()).isEmpty();
		ManagedConnection connection = connect("payments");
		this.peer.accept();
		List<String> owners = new ArrayList<>();
		this.manager.forEachSocket((local, remote, owner) -> {
			assertThat(local).isEqualTo(connection.channel().localAddress());
			assertThat(remote).isEqualTo(connection.channel().remoteAddress());
			owners.add(owner);
		});
		assertThat(owners).containsExactly("group payments: " + this.peer.address() + " raw in use");
		assertThat(warnings()).singleElement().satisfies((found) -> {
			assertThat(found.what()).contains("1 of 1");
			assertThat(found.where()).containsEntry("group", "payments");
		});
		connection.close();
		await().atMost(TIMEOUT).untilAsserted(() -> {
			owners.clear();
			this.manager.forEachSocket((local, remote, owner) -> owners.add(owner));
			assertThat(owners).isEmpty();
		});
	}

	private List<Found> warnings() {
		List<Found> found = new ArrayList<>();
		this.manager.forEachWarning(found::add);
		return found;
	}

	/*
	 * As in docs/connections.md.
	 */
	@Test
	void questionIsAsked() throws Exception {
		start();
		CompletableFuture<String> pong = this.manager.connect("payments")
			.flatMap((connection) -> connection.connection()
				.outbound()
				.sendString(Mono.just("PING\r\n"))
				.then()
				.then(connection.connection().inbound().receive().asString().next())
				.doOnSuccess((answer) -> connection.release())
				.doOnError((error) -> connection.close())
				.doOnCancel(connection::close))
			.toFuture();
		Line line = this.peer.accept();
		line.until("PING\r\n");
		line.say("PONG\r\n");
		assertThat(pong.get(10, TimeUnit.SECONDS)).isEqualTo("PONG\r\n");
		awaitIdle();
	}

	@Test
	void greetingOfThePeerIsReadByWhoConnects() throws Exception {
		start();
		ManagedConnection first = connect("payments");
		Line line = this.peer.accept();
		line.say("220 hello\n");
		assertThat(receive(first)).isEqualTo("220 hello\n");
		first.release();
		awaitIdle();
		assertThat(connect("payments").isReused()).isTrue();
	}

	@Test
	void releasedOrClosedTwiceIsReleasedOnce() throws Exception {
		start();
		ManagedConnection first = connect("payments");
		Line line = this.peer.accept();
		first.release();
		awaitIdle();
		ManagedConnection second = connect("payments");
		first.release();
		first.close();
		assertThat(ask(second, line, "b", "2")).isEqualTo("2");
		assertThat(second.channel().isActive()).isTrue();
	}

	@Test
	void connectionWithBytesThatNobodyHasReadIsClosed() throws Exception {
		start();
		ManagedConnection first = connect("payments");
		Channel channel = first.channel();
		Line line = this.peer.accept();
		line.say("surplus");
		await().atMost(TIMEOUT).until(() -> hasBytes(first));
		first.release();
		assertThat(line.isEnded()).isTrue();
		assertThat(this.connections.tainted("unexpected") + this.connections.tainted("unread")).isEqualTo(1);
		assertNextIsAnother(channel);
	}

	@Test
	void connectionWithBytesThatWereDroppedIsClosed() throws Exception {
		start();
		ManagedConnection first = connect("payments");
		Channel channel = first.channel();
		Line line = this.peer.accept();
		CompletableFuture<String> read = first.connection().inbound().receive().asString().next().toFuture();
		line.say("answer");
		assertThat(read.get(10, TimeUnit.SECONDS)).isEqualTo("answer");
		// Nobody reads any more, and Reactor Netty drops what comes.
		first.channel().config().setAutoRead(true);
		line.say("surplus");
		await().atMost(TIMEOUT).until(() -> onLoop(first, () -> operations(first).taint(new SocketProbe()) != null));
		first.release();
		assertThat(line.isEnded()).isTrue();
		assertThat(this.connections.tainted("unread")).isEqualTo(1);
		assertNextIsAnother(channel);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void connectionOnWhichBytesComeWhileItIsIdleIsClosed(boolean preferNative) throws Exception {
		start(preferNative);
		ManagedConnection first = connect("payments");
		Channel channel = first.channel();
		Line line = this.peer.accept();
		first.release();
		awaitIdle();
		line.say("surplus");
		assertThat(line.isEnded()).isTrue();
		assertThat(this.connections.tainted("unexpected")).isEqualTo(1);
		assertNextIsAnother(channel);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void connectionThatThePeerHasClosedIsNotHandedOut(boolean preferNative) throws Exception {
		start(preferNative);
		ManagedConnection first = connect("payments");
		Channel channel = first.channel();
		Line line = this.peer.accept();
		first.release();
		awaitIdle();
		line.close();
		ManagedConnection second = connect("payments");
		assertThat(second.channel()).isNotSameAs(channel);
		assertThat(ask(second, this.peer.accept(), "b", "2")).isEqualTo("2");
	}

	@Test
	void handlersOfReactorNettyGoAndOthersSpoilTheConnection() throws Exception {
		start();
		ManagedConnection first = connect("payments");
		Channel channel = first.channel();
		Line line = this.peer.accept();
		first.connection().addHandlerLast("own", new ChannelInboundHandlerAdapter());
		first.release();
		awaitIdle();
		ManagedConnection second = connect("payments");
		assertThat(second.channel()).isSameAs(channel);
		assertThat(second.channel().pipeline().names()).doesNotContain("own");
		second.channel()
			.pipeline()
			.addBefore(NettyPipeline.ReactiveBridge, "foreign", new ChannelInboundHandlerAdapter());
		second.release();
		assertThat(line.isEnded()).isTrue();
		assertThat(this.connections.tainted("handlers")).isEqualTo(1);
		assertNextIsAnother(channel);
	}

	@Test
	@SuppressWarnings("FutureReturnValueIgnored") // it is never written
	void connectionWithBytesThatWereNotSentIsClosed() throws Exception {
		start();
		ManagedConnection first = connect("payments");
		Line line = this.peer.accept();
		first.channel().eventLoop().execute(() -> {
			first.channel().write(first.channel().alloc().buffer().writeByte('x'));
			first.release();
		});
		assertThat(line.isEnded()).isTrue();
		assertThat(this.connections.tainted("unsent")).isEqualTo(1);
	}

	@Test
	void nextAddressIsTriedAndTheFirstIsMarkedDown() throws Exception {
		this.manager = this.connections.tier(this.dead).tier(this.peer.address()).manager();
		assertThat(connect("payments").address()).hasToString(this.peer.address());
		assertThat(this.connections.meters.get("support.connections.markdowns")
			.tag("address", this.dead)
			.counter()
			.count()).isEqualTo(1);
		assertThat(this.connections.meters.get("support.connections.request").timers())
			.allSatisfy((timer) -> assertThat(timer.count()).isZero());
	}

	@Test
	void failureOfAllAddressesHasEveryCause() {
		this.manager = this.connections.tier(this.dead).manager();
		StepVerifier.create(this.manager.connect("payments"))
			.verifyErrorSatisfies((error) -> assertThat(error).isInstanceOfSatisfying(MultiConnectException.class,
					(failure) -> assertThat(failure.causes().values())
						.allSatisfy((cause) -> assertThat(cause).isInstanceOf(ConnectException.class))));
	}

	@Test
	void excludedAddressStaysExcluded() {
		this.manager = this.connections.tier(this.peer.address())
			.customizer((client) -> client.resolvedAddressesSelector((config, addresses) -> null))
			.manager();
		StepVerifier.create(this.manager.connect("payments")).verifyError(MultiConnectException.class);
	}

	@Test
	void connectionIsClosedIfNobodyWaitsForItAnyMore() throws Exception {
		start();
		EventExecutor loop = this.loops.onClient(true).next();
		try (EventLoopBlocker blocker = EventLoopBlocker.block(loop)) {
			assertThat(blocker).isNotNull();
			Disposable waiting = this.manager.connect("payments").subscribe();
			assertThat(openSockets()).isEqualTo(1);
			waiting.dispose();
		}
		assertThat(this.peer.accept().isEnded()).isTrue();
		await().atMost(TIMEOUT).until(() -> openSockets() == 0);
	}

	@Test
	void stoppedManagerGivesNoConnections() throws Exception {
		start();
		ManagedConnection first = connect("payments");
		first.release();
		awaitIdle();
		this.manager.stop();
		assertThat(this.peer.accept().isEnded()).isTrue();
		StepVerifier.create(this.manager.connect("payments"))
			.verifyErrorSatisfies((error) -> assertThat(error.getCause()).hasMessageContaining("are closed"));
		this.manager.start();
		assertThat(connect("payments").isReused()).isFalse();
	}

	@Test
	void httpAndRawConnectionsAreKeptApart() throws Exception {
		try (TestPeer web = TestPeer.answering("one")) {
			this.manager = this.connections.tier(web.address()).manager();
			String answer = this.manager.httpClient("payments")
				.get()
				.responseContent()
				.aggregate()
				.asString()
				.block(TIMEOUT);
			assertThat(answer).isEqualTo("one");
			awaitIdle();
			ManagedConnection raw = connect("payments");
			assertThat(raw.isReused()).isFalse();
			assertThat(raw.channel().pipeline().get(NettyPipeline.HttpCodec)).isNull();
			raw.release();
			await().atMost(TIMEOUT).until(() -> idle() == 2);
		}
	}

	@Test
	void manyCallersGetTheirOwnAnswers() {
		DisposableServer server = TcpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle((in, out) -> out.sendString(in.receive().asString()))
			.bindNow();
		try {
			this.manager = this.connections.tier("127.0.0.1:" + server.port())
				.maxConnections(20)
				.customizer((client) -> client.runOn(this.loops))
				.manager();
			Flux.range(0, 2000)
				.flatMap((i) -> this.manager.connect("payments")
					.flatMap((connection) -> ask(connection, "<" + i + ">")
						.doOnNext((text) -> assertThat(text).isEqualTo("<" + i + ">"))
						.doFinally((signal) -> connection.release())), 16)
				.blockLast(TIMEOUT);
			assertThat(tainted()).isZero();
			await().atMost(TIMEOUT).until(() -> idle() > 0 && active() == 0);
			assertThat(openSockets()).isLessThanOrEqualTo(20);
		}
		finally {
			server.disposeNow();
		}
	}

	private Mono<String> ask(ManagedConnection connection, String question) {
		return connection.connection()
			.outbound()
			.sendString(Mono.just(question))
			.then()
			.thenMany(connection.connection().inbound().receive().asString())
			.scan("", String::concat)
			.filter((text) -> text.endsWith(">"))
			.next();
	}

	private String ask(ManagedConnection connection, Line line, String question, String answer) throws Exception {
		connection.channel()
			.writeAndFlush(connection.channel().alloc().buffer().writeBytes(question.getBytes(StandardCharsets.UTF_8)))
			.sync();
		assertThat(line.until(question)).isEqualTo(question);
		line.say(answer);
		return receive(connection);
	}

	private static String receive(ManagedConnection connection) {
		return connection.connection().inbound().receive().asString().next().block(TIMEOUT);
	}

	private void assertNextIsAnother(Channel first) throws Exception {
		ManagedConnection next = connect("payments");
		assertThat(next.channel()).isNotSameAs(first);
		assertThat(ask(next, this.peer.accept(), "q", "own")).isEqualTo("own");
	}

	private ManagedConnection connect(String name) {
		ManagedConnection connection = this.manager.connect(name).block(TIMEOUT);
		assertThat(connection).isNotNull();
		return connection;
	}

	private static RawOperations operations(ManagedConnection connection) {
		return connection.connection().as(RawOperations.class);
	}

	private static boolean hasBytes(ManagedConnection connection) throws Exception {
		return onLoop(connection, () -> new SocketProbe().ask(connection.channel()) != null);
	}

	private static boolean onLoop(ManagedConnection connection, Callable<Boolean> question) throws Exception {
		return connection.channel().eventLoop().submit(question).get(10, TimeUnit.SECONDS);
	}

	private void awaitIdle() {
		await().pollInterval(Duration.ofMillis(1)).atMost(TIMEOUT).until(() -> idle() == 1);
	}

	private double idle() {
		return this.connections.meters.get("support.connections.idle").gauge().value();
	}

	private double active() {
		return this.connections.meters.get("support.connections.active").gauge().value();
	}

	private double openSockets() {
		return this.connections.meters.get("support.connections.open").gauge().value();
	}

	private double tainted() {
		return this.connections.meters.get("support.connections.tainted")
			.counters()
			.stream()
			.mapToDouble((counter) -> counter.count())
			.sum();
	}

}
