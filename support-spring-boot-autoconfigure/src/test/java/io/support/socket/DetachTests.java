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

package io.support.socket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link BufferedSocket}: how it gives its connection back.
 */
class DetachTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	@Test
	void connectionOfAPoolIsUsedAgainIfItIsClean() throws Exception {
		try (Pool pool = new Pool()) {
			Connection first = pool.connect();
			Socket peer = pool.server.accept();
			BufferedSocket socket = BufferedSocket.over(first.channel());
			peer.getOutputStream().write("+OK\r\n".getBytes(StandardCharsets.US_ASCII));
			assertThat(Loopback.text(socket.receiveUntil(Loopback.CRLF))).isEqualTo("+OK");
			assertThat(socket.detach()).isTrue();
			pool.release(first);
			Connection second = pool.connect();
			assertThat(second.channel()).isSameAs(first.channel());
			BufferedSocket again = BufferedSocket.over(second.channel());
			peer.getOutputStream().write("+AGAIN\r\n".getBytes(StandardCharsets.US_ASCII));
			assertThat(Loopback.text(again.receiveUntil(Loopback.CRLF))).isEqualTo("+AGAIN");
			assertThat(again.detach()).isTrue();
			peer.close();
			second.channel().close().sync();
		}
	}

	@Test
	void connectionOfAPoolIsClosedIfTheSocketIsStillOnIt() throws Exception {
		try (Pool pool = new Pool()) {
			Connection first = pool.connect();
			try (Socket peer = pool.server.accept()) {
				BufferedSocket socket = BufferedSocket.over(first.channel());
				socket.sendAll("a".getBytes(StandardCharsets.US_ASCII));
				pool.release(first);
				assertThat(first.channel().closeFuture().await(10, TimeUnit.SECONDS)).isTrue();
				assertThat(peer.getInputStream().readAllBytes()).hasSize(1);
			}
			Connection second = pool.connect();
			assertThat(second.channel()).isNotSameAs(first.channel());
			second.channel().close().sync();
		}
	}

	@Test
	void surplusIsToldAndNotLost() throws Exception {
		try (Loopback loopback = Loopback.open()) {
			loopback.says("+OK\r\nsurplus");
			BufferedSocket socket = loopback.socket();
			assertThat(Loopback.text(socket.receiveUntil(Loopback.CRLF))).isEqualTo("+OK");
			Awaitility.await().until(() -> socket.available() == 7);
			assertThat(socket.detach()).isFalse();
			assertThat(loopback.connection().isPersistent()).isFalse();
			assertThat(Loopback.text(socket.receiveExactly(7))).isEqualTo("surplus");
			assertThatExceptionOfType(ConnectionClosedException.class).isThrownBy(() -> socket.receive(1))
				.withMessageContaining("was detached");
			assertThatExceptionOfType(ConnectionClosedException.class).isThrownBy(() -> socket.send(Loopback.CRLF));
			assertThat(socket.detach()).isFalse();
		}
	}

	@Test
	void whatIsKeptBackIsNotClean() throws Exception {
		try (Loopback loopback = Loopback.open()) {
			loopback.socket().buffer(Loopback.CRLF);
			assertThat(loopback.socket().reactive().detach().block()).isFalse();
		}
	}

	@Test
	void closedConnectionIsNotClean() throws Exception {
		try (Loopback loopback = Loopback.open()) {
			loopback.peer().close();
			assertThat(loopback.socket().receiveToEnd()).isEmpty();
			assertThat(loopback.socket().detach()).isFalse();
		}
	}

	@Test
	void waitingReceiverIsToldAndTheConnectionIsNotClean() throws Exception {
		try (Loopback loopback = Loopback.open()) {
			FutureTask<byte[]> waiting = BufferedSocketTests.started(() -> loopback.socket().receive(1));
			Awaitility.await().until(() -> loopback.receives().waiting() == 1);
			assertThat(loopback.socket().detach()).isFalse();
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(waiting::get)
				.withCauseInstanceOf(ConnectionClosedException.class);
		}
	}

	@Test
	void channelIsAsItWasBefore() throws Exception {
		EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
		List<String> behind = new CopyOnWriteArrayList<>();
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			Channel channel = new Bootstrap().group(loops)
				.channel(NioSocketChannel.class)
				.option(ChannelOption.AUTO_READ, false)
				.handler(new Remembering(behind))
				.connect(server.getLocalSocketAddress())
				.sync()
				.channel();
			try (Socket peer = server.accept()) {
				channel.config().setAutoRead(true);
				peer.getOutputStream().write("a".getBytes(StandardCharsets.US_ASCII));
				Awaitility.await().until(() -> behind.equals(List.of("a")));
				BufferedSocket socket = BufferedSocket.over(channel);
				peer.getOutputStream().write("b".getBytes(StandardCharsets.US_ASCII));
				// Behind the handler that was there: that one takes everything.
				Awaitility.await().until(() -> behind.equals(List.of("a", "b")));
				assertThat(socket.available()).isZero();
				assertThat(socket.detach()).isTrue();
				assertThat(channel.config().isAutoRead()).isTrue();
				assertThat(channel.config().getOption(ChannelOption.ALLOW_HALF_CLOSURE)).isFalse();
				assertThat(channel.pipeline().get(SocketHandler.class)).isNull();
				peer.getOutputStream().write("c".getBytes(StandardCharsets.US_ASCII));
				Awaitility.await().until(() -> behind.equals(List.of("a", "b", "c")));
			}
			channel.close().sync();
		}
		finally {
			loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
		}
	}

	private static final class Remembering extends SimpleChannelInboundHandler<ByteBuf> {

		private final List<String> texts;

		private Remembering(List<String> texts) {
			this.texts = texts;
		}

		@Override
		protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
			this.texts.add(message.toString(StandardCharsets.US_ASCII));
		}

	}

	/**
	 * A pool of one connection to a server that does nothing by itself.
	 */
	private static final class Pool implements AutoCloseable {

		private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());

		private final LoopResources loops = LoopResources.create("socket-test", 1, true);

		private final ConnectionProvider provider = ConnectionProvider.create("socket-test", 1);

		private Pool() throws IOException {
		}

		private Connection connect() {
			return TcpClient.create(this.provider)
				.runOn(this.loops)
				.host("127.0.0.1")
				.port(this.server.getLocalPort())
				.connectNow(PATIENCE);
		}

		/*
		 * As Reactor Netty does at the end of an exchange.
		 */
		private void release(Connection connection) {
			connection.channel().eventLoop().execute(() -> {
				ChannelOperations<?, ?> operations = ChannelOperations.get(connection.channel());
				operations.listener().onStateChange(operations, ConnectionObserver.State.DISCONNECTING);
			});
		}

		@Override
		public void close() throws IOException {
			this.server.close();
			this.provider.disposeLater().block(PATIENCE);
			this.loops.disposeLater(Duration.ZERO, PATIENCE).block(PATIENCE);
		}

	}

}
