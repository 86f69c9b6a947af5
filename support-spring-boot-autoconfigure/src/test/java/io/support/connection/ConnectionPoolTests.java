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
import java.lang.ref.WeakReference;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link ConnectionPool}, on real sockets.
 */
@Timeout(60)
class ConnectionPoolTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final LoopResources loops = LoopResources.create("test-client", 2, true);

	private final TestConnections connections = new TestConnections();

	private ScriptedPeer peer;

	private ConnectionManager manager;

	@BeforeEach
	void listen() throws IOException {
		this.peer = new ScriptedPeer();
		this.connections.tier(this.peer.address());
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
		this.manager = this.connections.customizer((client) -> client.runOn(this.loops)).manager();
	}

	@Test
	void connectionOfTheCallersOwnEventLoopGoesFirst() throws Exception {
		start();
		List<ManagedConnection> opened = openOnEachLoop();
		List<EventLoop> used = opened.stream().map((connection) -> connection.channel().eventLoop()).toList();
		releaseAll(opened);
		for (EventLoop loop : used) {
			for (int i = 0; i < 3; i++) {
				ManagedConnection connection = connectOn(loop);
				assertThat(connection.channel().eventLoop()).isSameAs(loop);
				assertThat(connection.isReused()).isTrue();
				releaseAll(List.of(connection));
			}
		}
	}

	@Test
	void thatOfAnotherEventLoopIsBetterThanANewOne() throws Exception {
		start();
		List<ManagedConnection> opened = openOnEachLoop();
		EventLoop loop = opened.get(0).channel().eventLoop();
		Channel other = opened.get(1).channel();
		assertThat(other.eventLoop()).isNotSameAs(loop);
		releaseAll(opened.subList(1, 2));
		ManagedConnection connection = connectOn(loop);
		assertThat(connection.channel()).isSameAs(other);
		assertThat(state().active()).isEqualTo(2);
		connection.close();
		opened.get(0).close();
	}

	@Test
	void thatWhichWasUsedLastGoesFirstForWhoIsOnNoEventLoop() throws Exception {
		start();
		List<ManagedConnection> opened = open(3);
		List<Channel> channels = opened.stream().map(ManagedConnection::channel).toList();
		for (ManagedConnection connection : opened) {
			releaseAll(List.of(connection));
		}
		ManagedConnection last = connect().get(10, TimeUnit.SECONDS);
		assertThat(last.channel()).isSameAs(channels.get(2));
		ManagedConnection before = connect().get(10, TimeUnit.SECONDS);
		assertThat(before.channel()).isSameAs(channels.get(1));
		last.close();
		before.close();
	}

	@Test
	void connectionIsNotPutBackAfterThePoolWasClosed() throws Exception {
		start();
		List<ManagedConnection> opened = open(2);
		releaseAll(List.of(opened.get(1)));
		this.manager.stop();
		assertThat(state().idle()).isZero();
		assertThat(opened.get(0).channel().isActive()).isTrue();
		opened.get(0).release();
		await().atMost(TIMEOUT).until(() -> state().active() == 0);
		assertThat(state().idle()).isZero();
		this.manager.start();
		ManagedConnection afterwards = connect().get(10, TimeUnit.SECONDS);
		assertThat(afterwards.isReused()).isFalse();
		releaseAll(List.of(afterwards));
	}

	/*
	 * Above all not the timer of its idle time.
	 */
	@Test
	void nothingHoldsAConnectionThatIsClosed() throws Exception {
		this.connections.pool(10, Duration.ofHours(1));
		start();
		WeakReference<Channel> channel = openReleaseAndClose();
		await().atMost(TIMEOUT).until(() -> {
			System.gc();
			return channel.get() == null;
		});
	}

	private WeakReference<Channel> openReleaseAndClose() throws Exception {
		ManagedConnection connection = connect().get(10, TimeUnit.SECONDS);
		WeakReference<Channel> channel = new WeakReference<>(connection.channel());
		try (ScriptedPeer.Line line = this.peer.accept()) {
			releaseAll(List.of(connection));
		}
		awaitIdle(0);
		return channel;
	}

	/*
	 * They are closed between being connected and being told so.
	 */
	@Test
	void peerThatClosesEveryConnectionAtOnceIsAFailure() {
		AtomicInteger closed = new AtomicInteger();
		this.manager = this.connections
			.customizer((client) -> client.doOnChannelInit(
					(observer, channel, remote) -> channel.pipeline().addFirst(new CloseWhenConnected(closed))))
			.manager();
		StepVerifier.create(this.manager.connect("payments"))
			.verifyErrorSatisfies((error) -> assertThat(error).hasStackTraceContaining("closes every connection"));
		assertThat(closed).hasValueBetween(2, 10);
		await().atMost(TIMEOUT).until(() -> state().active() == 0);
	}

	/*
	 * The first time the connection is new, the second time it has been used before.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void requestFailsWhereSomethingOfTheApplicationThrows(int bad) {
		AtomicInteger told = new AtomicInteger();
		try (TestPeer answering = TestPeer.answering("one")) {
			this.manager = new TestConnections().tier(answering.address())
				.customizer((client) -> client.doOnConnected((connection) -> {
					if (told.incrementAndGet() == bad) {
						throw new IllegalStateException("not today");
					}
				}))
				.manager();
			for (int i = 1; i <= 3; i++) {
				if (i == bad) {
					StepVerifier.create(get())
						.expectErrorSatisfies((error) -> assertThat(error).hasStackTraceContaining("not today"))
						.verify(TIMEOUT);
					await().atMost(TIMEOUT).until(() -> state().active() + state().idle() == 0);
				}
				else {
					assertThat(get().block(TIMEOUT)).isEqualTo("one");
					await().atMost(TIMEOUT).until(() -> state().active() == 0);
				}
			}
			assertThat(answering.connections()).isEqualTo(2);
		}
	}

	private Mono<String> get() {
		return Mono.fromCallable(() -> this.manager.httpClient("payments"))
			.flatMap((client) -> client.get().uri("/").responseContent().aggregate().asString());
	}

	private CompletableFuture<ManagedConnection> connect() {
		return this.manager.connect("payments").toFuture();
	}

	private List<ManagedConnection> open(int number) throws Exception {
		List<ManagedConnection> opened = new ArrayList<>();
		for (int i = 0; i < number; i++) {
			opened.add(connect().get(10, TimeUnit.SECONDS));
			this.peer.accept();
		}
		return opened;
	}

	private void releaseAll(List<ManagedConnection> opened) {
		int before = state().idle();
		opened.forEach(ManagedConnection::release);
		awaitIdle(before + opened.size());
	}

	private List<ManagedConnection> openOnEachLoop() throws Exception {
		List<ManagedConnection> opened = new ArrayList<>();
		for (EventExecutor executor : this.loops.onClient(true)) {
			opened.add(connectOn((EventLoop) executor));
			this.peer.accept();
		}
		assertThat(opened).hasSize(2);
		return opened;
	}

	private ManagedConnection connectOn(EventLoop loop) throws Exception {
		return this.manager.connect("payments")
			.subscribeOn(Schedulers.fromExecutor(loop))
			.toFuture()
			.get(10, TimeUnit.SECONDS);
	}

	private void awaitIdle(int number) {
		await().atMost(TIMEOUT).until(() -> state().idle() == number);
	}

	private ConnectionsSnapshot.AddressState state() {
		return ((ConnectionsSnapshot) this.manager.snapshot()).groups().get(0).tiers().get(0).get(0);
	}

	/**
	 * Closes a connection before anybody else learns that it is there.
	 */
	private static final class CloseWhenConnected extends ChannelOutboundHandlerAdapter {

		private final AtomicInteger closed;

		CloseWhenConnected(AtomicInteger closed) {
			this.closed = closed;
		}

		@Override
		@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
		public void connect(ChannelHandlerContext context, SocketAddress remote, SocketAddress local,
				ChannelPromise promise) throws Exception {
			promise.addListener((future) -> {
				this.closed.incrementAndGet();
				context.channel().close();
			});
			super.connect(context, remote, local, promise);
		}

	}

}
