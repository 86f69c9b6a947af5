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

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.handler.ssl.util.SelfSignedCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.SslProvider;
import reactor.netty.tcp.TcpClient;
import reactor.netty.tcp.TcpServer;
import reactor.netty.tcp.TcpSslContextSpec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link BufferedSocket} over TLS.
 */
class TlsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final String CUT = "cut";

	private final LoopResources loops = LoopResources.create("socket-test", 1, true);

	@AfterEach
	void stop() {
		this.loops.disposeLater(Duration.ZERO, PATIENCE).block(PATIENCE);
	}

	@Test
	void streamEndsWithThatOfTls() throws Exception {
		byte[] much = new byte[200_000];
		DisposableServer server = server(much);
		try {
			Connection connection = client(server.port());
			BufferedSocket socket = BufferedSocket.over(connection.channel()).withMaxSize(much.length);
			socket.sendAll("go".getBytes(StandardCharsets.US_ASCII));
			assertThat(socket.receiveExactly(much.length)).isEqualTo(much);
			assertThat(Loopback.text(socket.receiveToEnd())).isEqualTo("end");
			connection.channel().closeFuture().sync();
		}
		finally {
			server.disposeNow();
		}
	}

	@Test
	void streamThatIsCutHasNotEnded() throws Exception {
		DisposableServer server = server(new byte[10]);
		try {
			Connection connection = client(server.port());
			BufferedSocket socket = BufferedSocket.over(connection.channel());
			socket.sendAll(CUT.getBytes(StandardCharsets.US_ASCII));
			assertThatExceptionOfType(ConnectionClosedException.class).isThrownBy(socket::receiveToEnd)
				.withMessageContaining("without the end that TLS has of its own");
			connection.channel().closeFuture().sync();
		}
		finally {
			server.disposeNow();
		}
	}

	@SuppressWarnings("deprecation") // what makes certificates instead is a module
	private DisposableServer server(byte[] much) throws Exception {
		SelfSignedCertificate certificate = new SelfSignedCertificate();
		SslProvider.GenericSslContextSpec<?> context = TcpSslContextSpec.forServer(certificate.certificate(),
				certificate.privateKey());
		return TcpServer.create()
			.runOn(this.loops)
			.host("127.0.0.1")
			.port(0)
			.secure((spec) -> spec.sslContext(context))
			.handle((in, out) -> in.receive().asString().next().flatMap((text) -> {
				if (text.equals(CUT)) {
					in.withConnection(TlsTests::cut);
					return Mono.never();
				}
				return out.sendByteArray(Mono.just(much))
					.sendByteArray(Mono.just("end".getBytes(StandardCharsets.US_ASCII)))
					.then();
			}))
			.bindNow(PATIENCE);
	}

	/*
	 * As somebody between the two might.
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // the client sees the end
	private static void cut(Connection connection) {
		connection.channel().eventLoop().execute(() -> {
			connection.channel().pipeline().remove(SslHandler.class);
			connection.channel().close();
		});
	}

	private Connection client(int port) {
		SslProvider.GenericSslContextSpec<?> context = TcpSslContextSpec.forClient()
			.configure((builder) -> builder.trustManager(InsecureTrustManagerFactory.INSTANCE)
				.endpointIdentificationAlgorithm(null));
		return TcpClient.newConnection()
			.runOn(this.loops)
			.host("127.0.0.1")
			.port(port)
			.secure((spec) -> spec.sslContext(context))
			.connectNow(PATIENCE);
	}

}
