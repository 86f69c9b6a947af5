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

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.HttpProtocol;
import reactor.test.StepVerifier;

import io.support.connection.Http2Peer.Act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for groups that speak HTTP/2.
 */
@Timeout(60)
@SuppressWarnings("deprecation") // what makes certificates instead is a module
class Http2GroupTests extends AbstractHttp2Tests {

	private final String dead = TestPeer.deadAddress();

	private TestPeer peer(Protocol protocol, String body) {
		return (protocol == Protocol.H2) ? TestPeer.secure(body, CERTIFICATE, HttpProtocol.H2) : TestPeer.http2(body);
	}

	@ParameterizedTest
	@EnumSource(names = { "H2", "H2C" })
	void requestsShareAConnection(Protocol protocol) {
		try (TestPeer peer = peer(protocol, "answer")) {
			this.manager = group(protocol).tier(peer.address()).manager();
			List<String> answers = Flux.range(0, 50).flatMap((i) -> request("/" + i), 50).collectList().block(TIMEOUT);
			assertThat(answers).hasSize(50).containsOnly("answer");
			assertThat(peer.requests()).hasSize(50).allMatch((request) -> request.startsWith("GET payments /"));
			assertThat(peer.connections()).isEqualTo(1);
			assertThat(timer("support.connections.connect")).isEqualTo(1);
			assertThat(timer("support.connections.request")).isEqualTo(50);
			assertThat(timer("support.connections.tls")).isEqualTo((protocol == Protocol.H2) ? 1 : 0);
			await().untilAsserted(() -> {
				assertThat(gauge("support.connections.streams")).isZero();
				assertThat(gauge("support.connections.active")).isZero();
				assertThat(gauge("support.connections.idle")).isEqualTo(1);
			});
			if (protocol == Protocol.H2) {
				assertThat(peer.serverNames()).hasSize(50).containsOnly("payments");
			}
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "H2", "H2C" })
	void bodiesGoBothWays(Protocol protocol) throws Exception {
		byte[] part = new byte[10_000];
		try (TestPeer peer = peer(protocol, "answer")) {
			this.manager = group(protocol).tier(peer.address()).manager();
			Long length = this.manager.httpClient("payments")
				.post()
				.uri("/echo")
				.send(Flux.range(0, 100).map((i) -> Unpooled.wrappedBuffer(part)))
				.responseContent()
				.map(ByteBuf::readableBytes)
				.reduce(0L, Long::sum)
				.block(TIMEOUT);
			assertThat(length).isEqualTo(1_000_000);
			await().until(() -> gauge("support.connections.streams") == 0);
		}
	}

	@Test
	void fileIsSent(@TempDir Path directory) throws Exception {
		Path file = Files.write(directory.resolve("body"), new byte[300_000]);
		try (TestPeer peer = TestPeer.http2("answer")) {
			this.manager = group(Protocol.H2C).tier(peer.address()).manager();
			byte[] answer = this.manager.httpClient("payments")
				.put()
				.uri("/echo")
				.send((request, outbound) -> outbound.sendFile(file))
				.responseContent()
				.aggregate()
				.asByteArray()
				.block(TIMEOUT);
			assertThat(answer).hasSize(300_000);
		}
	}

	@Test
	void responseIsDecompressed() throws Exception {
		try (TestPeer peer = TestPeer.http2("answer")) {
			this.manager = group(Protocol.H2C).tier(peer.address())
				.customizer((client) -> client.compress(true))
				.manager();
			StepVerifier
				.create(this.manager.httpClient("payments")
					.get()
					.uri("/")
					.responseSingle((response, body) -> body.asString()
						.map((text) -> response.responseHeaders().get("content-encoding") + " " + text)))
				.expectNext("null answer")
				.expectComplete()
				.verify(TIMEOUT);
			StepVerifier
				.create(this.manager.httpClient("payments")
					.compress(false)
					.headers((headers) -> headers.set("accept-encoding", "gzip"))
					.get()
					.uri("/")
					.responseSingle((response, body) -> Mono.just(response.responseHeaders().get("content-encoding"))))
				.expectNext("gzip")
				.expectComplete()
				.verify(TIMEOUT);
			assertThat(peer.connections()).isEqualTo(2);
		}
	}

	@Test
	void everyAddressHasConnectionsOfItsOwn() {
		try (TestPeer one = TestPeer.http2("one"); TestPeer two = TestPeer.http2("two")) {
			this.manager = group(Protocol.H2C).tier("localhost:" + one.port(), two.address()).manager();
			List<String> answers = IntStream.range(0, 40).mapToObj((i) -> request("/").block(TIMEOUT)).toList();
			assertThat(answers).contains("one", "two");
			assertThat(one.connections()).isEqualTo(1);
			assertThat(two.connections()).isEqualTo(1);
		}
	}

	@Test
	void nextTierServesAndTheAddressIsMarkedDown() {
		try (TestPeer one = TestPeer.http2("one")) {
			this.manager = group(Protocol.H2C).maxConnections(1).tier(this.dead).tier(one.address()).manager();
			assertThat(request("/").block(TIMEOUT)).isEqualTo("one");
			assertThat(failures(this.dead, "connect")).isOne();
			assertThat(state(this.dead).state()).isEqualTo("down");
		}
	}

	@Test
	void peerThatDoesNotSpeakHttp2IsLeft() {
		try (TestPeer plain = TestPeer.answering("plain"); TestPeer one = TestPeer.http2("one")) {
			this.manager = group(Protocol.H2C).tier(plain.address()).tier(one.address()).manager();
			assertThat(request("/").block(TIMEOUT)).isEqualTo("one");
			assertThat(failures(plain.address(), "connect")).isOne();
		}
	}

	@Test
	void peerThatDoesNotAgreeOnHttp2IsLeft() {
		try (TestPeer old = TestPeer.secure("old", CERTIFICATE, HttpProtocol.HTTP11);
				TestPeer one = TestPeer.secure("one", CERTIFICATE, HttpProtocol.H2)) {
			this.manager = group(Protocol.H2).tier(old.address()).tier(one.address()).manager();
			assertThat(request("/").block(TIMEOUT)).isEqualTo("one");
			assertThat(state(old.address()).lastFailure()).isNotNull();
			assertThat(state(old.address()).state()).isEqualTo("down");
		}
	}

	@Test
	void peerThatSaysNothingIsLeft() throws Exception {
		try (ServerSocket silent = new ServerSocket(); TestPeer one = TestPeer.http2("one")) {
			silent.bind(new InetSocketAddress("127.0.0.1", 0));
			String address = "127.0.0.1:" + silent.getLocalPort();
			this.manager = group(Protocol.H2C).connectTimeout(Duration.ofMillis(200))
				.tier(address)
				.tier(one.address())
				.manager();
			assertThat(request("/").block(TIMEOUT)).isEqualTo("one");
			assertThat(failures(address, "connect-timeout")).isOne();
		}
	}

	@Test
	void schemeThatTheGroupDoesNotSpeakIsTheCallersMistake() {
		try (TestPeer peer = TestPeer.http2("one")) {
			this.manager = group(Protocol.H2C).tier(peer.address()).manager();
			StepVerifier.create(request("https://payments/"))
				.verifyErrorSatisfies((error) -> assertThat(error).isInstanceOf(IllegalArgumentException.class)
					.hasMessageContaining("http://payments")
					.hasMessageContaining("support.connections.groups.payments.protocol=h2"));
			assertThat(state(peer.address()).failures()).isZero();
		}
	}

	@Test
	void secureGroupIsNotAskedWithoutTls() {
		this.manager = group(Protocol.H2).tier(this.dead).manager();
		StepVerifier.create(request("http://payments/"))
			.verifyErrorSatisfies((error) -> assertThat(error).isInstanceOf(IllegalArgumentException.class)
				.hasMessageContaining("https://payments"));
	}

	@Test
	void connectionsAreOpenedWhenStreamsRunOutUntilTheLimit() {
		try (Http2Peer peer = new Http2Peer(2, Act.HOLD, Act.HOLD, Act.HOLD, Act.HOLD)) {
			this.manager = group(Protocol.H2C).maxConnections(2).tier(peer.address()).manager();
			List<AtomicReference<String>> answers = IntStream.range(0, 4).mapToObj((i) -> subscribe("/" + i)).toList();
			await().until(() -> peer.requests().size() == 4);
			assertThat(peer.connections()).hasSize(2);
			assertThat(gauge("support.connections.active")).isEqualTo(2);
			assertThat(gauge("support.connections.streams")).isEqualTo(4);
			StepVerifier.create(request("/"))
				.verifyErrorSatisfies((error) -> assertThat(((MultiConnectException) error).causes().values())
					.allSatisfy((cause) -> assertThat(cause).isInstanceOf(OutOfSocketsException.class)));
			assertThat(failures(peer.address(), "limit")).isOne();
			peer.release();
			await().untilAsserted(() -> assertThat(answers).extracting(AtomicReference::get)
				.allMatch((answer) -> answer != null && (answer.equals("0") || answer.equals("1"))));
			assertThat(request("/").block(TIMEOUT)).isNotNull();
		}
	}

	@Test
	void whoDoesNotReadHoldsUpNobodyElse() throws Exception {
		byte[] part = new byte[200_000];
		try (TestPeer peer = TestPeer.http2("answer")) {
			this.manager = group(Protocol.H2C).tier(peer.address()).manager();
			Flux<ByteBuf> echo = this.manager.httpClient("payments")
				.post()
				.uri("/echo")
				.send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(part)))
				.responseContent();
			Unhurried unhurried = new Unhurried();
			echo.subscribe(unhurried);
			await().until(() -> unhurried.bytes.get() > 0);
			Long others = Flux.range(0, 5)
				.flatMap((i) -> echo.map(ByteBuf::readableBytes))
				.reduce(0L, Long::sum)
				.block(TIMEOUT);
			assertThat(others).isEqualTo(1_000_000);
			assertThat(unhurried.bytes.get()).isLessThan(part.length);
			unhurried.hurry();
			await().untilAsserted(() -> assertThat(unhurried.bytes).hasValue(part.length));
			assertThat(peer.connections()).isEqualTo(1);
		}
	}

	/**
	 * Takes one buffer, and the others when it is told to.
	 */
	private static final class Unhurried extends BaseSubscriber<ByteBuf> {

		private final AtomicInteger bytes = new AtomicInteger();

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			request(1);
		}

		@Override
		protected void hookOnNext(ByteBuf buffer) {
			this.bytes.addAndGet(buffer.readableBytes());
		}

		void hurry() {
			requestUnbounded();
		}

	}

}
