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
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.timeout.WriteTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StalledWrite}, with peers whose socket takes little.
 */
@Timeout(60)
class StalledWriteTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final int SMALL = 16 * 1024;

	/** More than the buffers of both sockets hold. */
	private static final int BODY = 16 * 1024 * 1024;

	private final TestConnections connections = new TestConnections().responseTimeout(Duration.ofSeconds(1));

	private ServerSocket peer;

	private ConnectionManager manager;

	@BeforeEach
	void listen() throws IOException {
		this.peer = new ServerSocket();
		this.peer.setReceiveBufferSize(SMALL);
		this.peer.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		this.manager = this.connections.tier("127.0.0.1:" + this.peer.getLocalPort()).manager();
	}

	@AfterEach
	void close() throws IOException {
		this.manager.close();
		this.peer.close();
	}

	@Test
	void peerThatTakesNothingOfABodyHoldsNobody() {
		StepVerifier.create(post(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(new byte[BODY]))))
			.expectError(WriteTimeoutException.class)
			.verify(TIMEOUT);
		assertThat(this.connections.meters.get("support.connections.failures")
			.tag("reason", "response-timeout")
			.counter()
			.count()).isEqualTo(1);
	}

	@Test
	void peerThatTakesNothingOfAStreamHoldsNobody() {
		Flux<ByteBuf> parts = Flux.range(0, BODY / SMALL).map((i) -> Unpooled.wrappedBuffer(new byte[SMALL]));
		StepVerifier.create(post(parts)).expectError(WriteTimeoutException.class).verify(TIMEOUT);
	}

	/*
	 * As the last of any body may wait.
	 */
	@Test
	void bodyThatIsStuckOnAConnectionThatWouldTakeMoreHoldsNobody() {
		this.manager.close();
		WriteBufferWaterMark room = new WriteBufferWaterMark(2 * BODY, 4 * BODY);
		this.manager = this.connections
			.customizer((client) -> client.option(ChannelOption.WRITE_BUFFER_WATER_MARK, room))
			.manager();
		StepVerifier.create(post(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(new byte[BODY]))))
			.expectError(WriteTimeoutException.class)
			.verify(TIMEOUT);
	}

	@Test
	void slowPeerGetsAllOfIt() {
		CompletableFuture<Integer> received = CompletableFuture.supplyAsync(this::readSlowly);
		assertThat(post(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(new byte[BODY]))).block(TIMEOUT))
			.isEqualTo("ok");
		assertThat(received.join()).isEqualTo(BODY);
	}

	/*
	 * Needs twice the time-out. What the system has of it when all is written is read
	 * within half of it.
	 */
	private int readSlowly() {
		byte[] part = new byte[BODY / 40];
		try (Socket socket = this.peer.accept()) {
			InputStream input = socket.getInputStream();
			StringBuilder head = new StringBuilder();
			while (head.indexOf("\r\n\r\n") < 0) {
				head.append((char) input.read());
			}
			int received = 0;
			while (received < BODY) {
				LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
				received += input.readNBytes(part, 0, Math.min(part.length, BODY - received));
			}
			socket.getOutputStream()
				.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII));
			return received;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Mono<String> post(Publisher<? extends ByteBuf> body) {
		return Mono.fromCallable(() -> this.manager.httpClient("payments"))
			.flatMap((client) -> client.post().uri("/").send(body).responseContent().aggregate().asString());
	}

}
