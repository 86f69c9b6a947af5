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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * A client of Redis on {@link BufferedSocket}, with a real server where one is installed.
 */
class RespClientTests {

	@RegisterExtension
	private static final ServerProcess redis = ServerProcess.redis();

	private static final int MEGABYTE = 1024 * 1024;

	private static final byte[] CRLF = { '\r', '\n' };

	private static LoopResources loops;

	private final List<BufferedSocket> sockets = new ArrayList<>();

	private BufferedSocket socket;

	private RespClient client;

	@BeforeAll
	static void start() {
		loops = LoopResources.create("resp-test", 2, true);
	}

	@AfterAll
	static void stop() {
		if (loops != null) {
			loops.disposeLater(Duration.ZERO, Duration.ofSeconds(10)).block();
		}
	}

	@BeforeEach
	void connect() throws IOException {
		this.socket = open();
		this.client = new RespClient(this.socket);
		this.client.call("FLUSHALL");
	}

	@AfterEach
	void close() {
		this.sockets.forEach(BufferedSocket::close);
	}

	private BufferedSocket open() {
		Connection connection = TcpClient.newConnection()
			.runOn(loops)
			.host("127.0.0.1")
			.port(redis.port())
			.connectNow();
		BufferedSocket socket = BufferedSocket.over(connection.channel());
		this.sockets.add(socket);
		return socket;
	}

	@Test
	void commandsAreAnswered() throws IOException {
		assertThat(this.client.call("PING")).isEqualTo("PONG");
		assertThat(this.client.call("SET", "key", "a\r\nb")).isEqualTo("OK");
		assertThat(this.client.call("GET", "key")).isEqualTo("a\r\nb");
		assertThat(this.client.call("GET", "none")).isNull();
		assertThat(this.client.call("RPUSH", "list", "a", "b")).isEqualTo(2L);
		assertThat(this.client.call("LRANGE", "list", 0, -1)).isEqualTo(List.of("a", "b"));
		assertThatIOException().isThrownBy(() -> this.client.call("INCR", "key")).withMessageStartingWith("ERR");
		assertThat(this.client.call("GET", "key")).isEqualTo("a\r\nb");
	}

	@Test
	void thousandCommandsArePipelined() throws IOException {
		RespClient wide = new RespClient(this.socket.withMaxSize(MEGABYTE));
		List<Object[]> commands = IntStream.range(0, 1000)
			.mapToObj((i) -> new Object[] { "SET", "key" + i, "value " + i })
			.toList();
		assertThat(wide.pipeline(commands)).hasSize(1000).containsOnly("OK");
		List<Object[]> queries = IntStream.range(0, 1000).mapToObj((i) -> new Object[] { "GET", "key" + i }).toList();
		assertThat(wide.pipeline(queries))
			.isEqualTo(IntStream.range(0, 1000).mapToObj((i) -> (Object) ("value " + i)).toList());
	}

	@Test
	void largeValuesNeedAHigherBound() throws IOException {
		byte[] value = new byte[8 * MEGABYTE];
		new Random(1).nextBytes(value);
		RespClient wide = new RespClient(this.socket.withMaxSize(9 * MEGABYTE));
		assertThat(wide.call("SET", "large", value)).isEqualTo("OK");
		assertThat(wide.call("GET", "large")).isEqualTo(new String(value, StandardCharsets.ISO_8859_1));
		assertThatExceptionOfType(MessageTooLongException.class).isThrownBy(() -> this.client.call("GET", "large"))
			.withMessageContaining("receiveExactly(8388608)");
		// Only the line before was taken.
		assertThat(this.socket.withMaxSize(9 * MEGABYTE).receiveExactly(value.length)).isEqualTo(value);
		assertThat(this.socket.receiveUntil(CRLF)).isEmpty();
		assertThat(this.client.call("PING")).isEqualTo("PONG");
	}

	@Test
	void replyThatComesAfterATimeoutIsNotLost() throws IOException {
		RespClient hurried = new RespClient(this.socket.withTimeout(Duration.ofMillis(100)));
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> hurried.call("BLPOP", "queue", 0));
		assertThat(new RespClient(open()).call("RPUSH", "queue", "late")).isEqualTo(1L);
		assertThat(this.client.reply()).isEqualTo(List.of("queue", "late"));
		assertThat(hurried.call("PING")).isEqualTo("PONG");
	}

	@Test
	void serverThatClosesIsSeen() throws IOException {
		this.client.call("SET", "key", "value");
		this.socket.send(RespClient.encoded("QUIT"));
		assertThat(this.client.reply()).isEqualTo("OK");
		assertThatExceptionOfType(ConnectionClosedException.class).isThrownBy(this.client::reply)
			.withMessageContaining("the peer has closed the connection");
	}

	@Test
	void subscriberPipelinesToo() {
		ReactiveBufferedSocket reactive = this.socket.reactive();
		Mono<Void> sends = Flux.range(0, 1000)
			.concatMap((i) -> reactive.send(Unpooled.wrappedBuffer(RespClient.encoded("ECHO", "value " + i))))
			.then();
		Mono<String> reply = reactive.receiveUntil(CRLF)
			.map(RespClientTests::released)
			.flatMap((length) -> reactive.receiveExactly(Integer.parseInt(length.substring(1))))
			.map(RespClientTests::released)
			.flatMap((content) -> reactive.receiveExactly(2).map(RespClientTests::released).thenReturn(content));
		List<String> replies = reply.repeat(999).collectList().zipWith(sends.thenReturn(true)).block().getT1();
		assertThat(replies).isEqualTo(IntStream.range(0, 1000).mapToObj((i) -> "value " + i).toList());
	}

	private static String released(ByteBuf bytes) {
		return ReactiveBufferedSocketTests.released(bytes);
	}

}
