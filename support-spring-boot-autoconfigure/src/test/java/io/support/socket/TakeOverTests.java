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
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.handler.ssl.util.SelfSignedCertificate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.NettyPipeline;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpClient;
import reactor.netty.tcp.TcpServer;
import reactor.netty.tcp.TcpSslContextSpec;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link BufferedSocket}: how it comes onto a connection, on which the peer may
 * have spoken already.
 */
class TakeOverTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final LoopResources loops = LoopResources.create("take-over-test", 1, true);

	private ServerSocket server;

	@BeforeEach
	void listen() throws IOException {
		this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
	}

	@AfterEach
	void stop() throws IOException {
		this.server.close();
		this.loops.disposeLater(Duration.ZERO, PATIENCE).block(PATIENCE);
	}

	private TcpClient client(boolean preferNative) {
		return TcpClient.newConnection()
			.runOn(this.loops, preferNative)
			.host("127.0.0.1")
			.port(this.server.getLocalPort());
	}

	@RepeatedTest(50)
	void peerThatGreetsAndClosesAtOnceIsHeard() throws Exception {
		FutureTask<Boolean> peer = BufferedSocketTests.started(() -> {
			try (Socket socket = this.server.accept()) {
				socket.getOutputStream().write("421 busy\r\n".getBytes(StandardCharsets.US_ASCII));
			}
			return true;
		});
		try (BufferedSocket socket = BufferedSocket.connect(client(true)).block(PATIENCE)) {
			assertThat(peer.get()).isTrue();
			assertThat(Loopback.text(socket.receiveUntil(Loopback.CRLF))).isEqualTo("421 busy");
			assertThat(socket.receiveToEnd()).isEmpty();
		}
	}

	@Test
	void socketIsBehindTheHandlersOfTheClient() throws Exception {
		TcpClient client = client(true)
			.doOnConnected((connection) -> connection.addHandlerLast(new LineBasedFrameDecoder(100)));
		BufferedSocket socket = BufferedSocket.connect(client).block(PATIENCE);
		try (Socket peer = this.server.accept()) {
			peer.getOutputStream().write("line\r\nno line".getBytes(StandardCharsets.US_ASCII));
			assertThat(Loopback.text(socket.receiveExactly(4))).isEqualTo("line");
			assertThatExceptionOfType(SocketTimeoutException.class)
				.isThrownBy(() -> socket.withTimeout(Loopback.SHORT).receive(1));
		}
		socket.close();
	}

	@Test
	void connectionThatIsRefusedIsAnError() throws IOException {
		TcpClient client = client(true);
		this.server.close();
		StepVerifier.create(BufferedSocket.connect(client)).verifyError(IOException.class);
	}

	@Test
	void secondSocketIsAnError() throws IOException {
		TcpClient client = client(true).doOnConnected((connection) -> BufferedSocket.over(connection.channel()));
		StepVerifier.create(BufferedSocket.connect(client))
			.verifyErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(IllegalStateException.class)
				.hasMessageContaining("there is a BufferedSocket on this connection"));
		this.server.accept().close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whatCameBeforeTheSocketIsReceived(boolean preferNative) throws Exception {
		Connection connection = client(preferNative).connectNow(PATIENCE);
		try (Socket peer = this.server.accept()) {
			AtomicBoolean seen = new AtomicBoolean();
			connection.addHandlerLast(new ChannelInboundHandlerAdapter() {

				@Override
				public void channelRead(ChannelHandlerContext context, Object message) {
					context.fireChannelRead(message);
					seen.set(true);
				}

			});
			peer.getOutputStream().write("before".getBytes(StandardCharsets.US_ASCII));
			connection.channel().read();
			Awaitility.await().untilTrue(seen);
			BufferedSocket socket = BufferedSocket.over(connection.channel());
			peer.getOutputStream().write(" and after".getBytes(StandardCharsets.US_ASCII));
			assertThat(Loopback.text(socket.receiveExactly(16))).isEqualTo("before and after");
			assertThat(socket.detach()).isTrue();
		}
		connection.channel().close().sync();
	}

	@SuppressWarnings("deprecation") // what makes certificates instead is a module
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void peerThatSpeaksFirstOverTlsIsHeard(boolean preferNative) throws Exception {
		SelfSignedCertificate certificate = new SelfSignedCertificate();
		DisposableServer tls = TcpServer.create()
			.runOn(this.loops)
			.host("127.0.0.1")
			.port(0)
			.secure((spec) -> spec
				.sslContext(TcpSslContextSpec.forServer(certificate.certificate(), certificate.privateKey())))
			.handle((in, out) -> out.sendString(Mono.just("220 hello\r\n")).then(Mono.never()))
			.bindNow(PATIENCE);
		try {
			Connection connection = client(preferNative).port(tls.port())
				.secure((spec) -> spec.sslContext(TcpSslContextSpec.forClient()
					.configure((builder) -> builder.trustManager(InsecureTrustManagerFactory.INSTANCE)
						.endpointIdentificationAlgorithm(null))))
				.connectNow(PATIENCE);
			assertThat(connection.channel().pipeline().get(NettyPipeline.SslHandler)).isNotNull();
			// The greeting comes meanwhile.
			Awaitility.await().pollDelay(Duration.ofMillis(200)).until(() -> true);
			try (BufferedSocket socket = BufferedSocket.over(connection.channel())) {
				assertThat(Loopback.text(socket.receiveUntil(Loopback.CRLF))).isEqualTo("220 hello");
			}
		}
		finally {
			tls.disposeNow();
		}
	}

}
