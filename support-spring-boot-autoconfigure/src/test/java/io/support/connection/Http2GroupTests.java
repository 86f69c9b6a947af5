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
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.ssl.util.SelfSignedCertificate;
import io.netty.handler.timeout.ReadTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.HttpProtocol;
import reactor.test.StepVerifier;

import io.support.connection.Http2Peer.Act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for groups that speak HTTP/2.
 */
@Timeout(60)
@SuppressWarnings("deprecation") // what makes certificates instead is a module
class Http2GroupTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final SelfSignedCertificate CERTIFICATE = certificate();

	private final TestConnections connections = new TestConnections();

	private ConnectionManager manager;

	private String dead;

	private static SelfSignedCertificate certificate() {
		try {
			return new SelfSignedCertificate("payments");
		}
		catch (CertificateException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@BeforeEach
	void findDeadPort() throws IOException {
		try (ServerSocket socket = new ServerSocket()) {
			socket.bind(new InetSocketAddress("127.0.0.1", 0));
			this.dead = "127.0.0.1:" + socket.getLocalPort();
		}
	}

	@AfterEach
	void close() {
		if (this.manager != null) {
			this.manager.close();
		}
	}

	private TestPeer peer(Protocol protocol, String body) {
		return (protocol == Protocol.H2) ? TestPeer.secure(body, CERTIFICATE, HttpProtocol.H2) : TestPeer.http2(body);
	}

	private TestConnections group(Protocol protocol) {
		return this.connections.protocol(protocol).tls(new TestTlsBundles(CERTIFICATE), Duration.ofSeconds(10));
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
	void responseThatComesBeforeItsRequestHasBeenSentEndsTheRequest() throws Exception {
		try (Http2Peer peer = new Http2Peer(100)) {
			this.manager = group(Protocol.H2C).tier(peer.address()).manager();
			String answer = this.manager.httpClient("payments")
				.put()
				.uri("/")
				.send(ByteBufFlux.fromString(Flux.just("a").concatWith(Flux.never())))
				.responseContent()
				.aggregate()
				.asString()
				.block(TIMEOUT);
			assertThat(answer).isEqualTo("0");
			await().untilAsserted(() -> assertThat(peer.resets()).containsExactly("CANCEL"));
			await().until(() -> gauge("support.connections.streams") == 0);
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

	@ParameterizedTest
	@ValueSource(strings = { "GET", "POST" })
	void refusedRequestGoesToTheNextAddress(String method) {
		try (Http2Peer refusing = new Http2Peer(100, Act.REFUSE); TestPeer one = TestPeer.http2("one")) {
			this.manager = group(Protocol.H2C).tier(refusing.address()).tier(one.address()).manager();
			assertThat(request(method, "/").block(TIMEOUT)).isEqualTo("one");
			assertThat(failures(refusing.address(), "refused")).isOne();
			assertThat(state(refusing.address()).state()).isEqualTo("up");
			assertThat(refusing.requests()).hasSize(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "POST" })
	void requestThatTheEndOfAConnectionLeftOutGoesToAnother(String method) {
		try (Http2Peer peer = new Http2Peer(100, Act.ANSWER, Act.LEAVE_OUT)) {
			this.manager = group(Protocol.H2C).maxConnectRetries(0).tier(peer.address()).manager();
			assertThat(request("/").block(TIMEOUT)).isEqualTo("0");
			assertThat(request(method, "/").block(TIMEOUT)).isEqualTo("1");
			assertThat(state(peer.address()).state()).isEqualTo("up");
		}
	}

	@Test
	void requestThatIsRefusedOverAndOverFails() {
		try (Http2Peer peer = new Http2Peer(100, Act.LEAVE_OUT, Act.LEAVE_OUT)) {
			this.manager = group(Protocol.H2C).tier(peer.address()).manager();
			StepVerifier.create(request("/")).verifyError(MultiConnectException.class);
			assertThat(peer.requests()).hasSize(2);
		}
	}

	@Test
	void refusedRequestWhoseBodyIsAStreamIsNotSentTwice() throws Exception {
		try (Http2Peer refusing = new Http2Peer(100, Act.REFUSE); TestPeer one = TestPeer.http2("one")) {
			this.manager = group(Protocol.H2C).tier(refusing.address()).tier(one.address()).manager();
			StepVerifier
				.create(this.manager.httpClient("payments")
					.put()
					.uri("/")
					.send(ByteBufFlux.fromString(Flux.just("a").concatWith(Flux.never())))
					.response())
				.verifyError(IOException.class);
			assertThat(one.requests()).isEmpty();
		}
	}

	@Test
	void requestsThatAreOnTheirWayFinishOnAConnectionThatComesToItsEnd() {
		try (Http2Peer peer = new Http2Peer(100, Act.HOLD, Act.ANSWER_LAST)) {
			this.manager = group(Protocol.H2C).tier(peer.address()).manager();
			AtomicReference<String> held = subscribe("/held");
			await().until(() -> peer.requests().size() == 1);
			assertThat(request("/").block(TIMEOUT)).isEqualTo("0");
			assertThat(request("/").block(TIMEOUT)).isEqualTo("1");
			peer.release();
			await().untilAsserted(() -> assertThat(held).hasValue("0"));
			Channel first = peer.connections().get(0);
			await().until(() -> !first.isActive());
			assertThat(peer.resets()).isEmpty();
		}
	}

	@Test
	void cutConnectionMovesIdempotentRequestsOnly() {
		try (Http2Peer cutting = new Http2Peer(100, Act.CUT, Act.CUT); TestPeer one = TestPeer.http2("one")) {
			this.manager = group(Protocol.H2C).markdown(false, 1).tier(cutting.address()).tier(one.address()).manager();
			assertThat(request("/").block(TIMEOUT)).isEqualTo("one");
			StepVerifier.create(request("POST", "/"))
				.verifyErrorSatisfies((error) -> assertThat(error).isInstanceOf(IOException.class)
					.isNotInstanceOf(MultiConnectException.class));
			assertThat(one.requests()).hasSize(1);
			assertThat(failures(cutting.address(), "closed")).isEqualTo(2);
		}
	}

	@Test
	void connectionWithASilentPeerIsNotUsedAnyMore() {
		try (Http2Peer peer = new Http2Peer(100, Act.HOLD)) {
			this.manager = group(Protocol.H2C).responseTimeout(Duration.ofMillis(200)).tier(peer.address()).manager();
			StepVerifier.create(request("/")).verifyError(ReadTimeoutException.class);
			await().untilAsserted(() -> assertThat(peer.resets()).containsExactly("CANCEL"));
			assertThat(request("/").block(TIMEOUT)).isEqualTo("1");
			await().until(() -> !peer.connections().get(0).isActive());
		}
	}

	@Test
	void cancelledRequestEndsItsStreamAlone() {
		try (Http2Peer peer = new Http2Peer(100, Act.HOLD, Act.HOLD)) {
			this.manager = group(Protocol.H2C).tier(peer.address()).manager();
			AtomicReference<String> other = subscribe("/other");
			Disposable cancelled = request("/").subscribe();
			await().until(() -> peer.requests().size() == 2);
			cancelled.dispose();
			await().untilAsserted(() -> assertThat(peer.resets()).containsExactly("CANCEL"));
			peer.release();
			await().untilAsserted(() -> assertThat(other).hasValue("0"));
			assertThat(request("/").block(TIMEOUT)).isEqualTo("0");
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

	@Test
	void connectionThatIsIdleForTooLongIsClosed() {
		try (Http2Peer peer = new Http2Peer(100)) {
			this.manager = group(Protocol.H2C).maxConnections(1)
				.pool(10, Duration.ofMillis(100))
				.tier(peer.address())
				.manager();
			assertThat(request("/").block(TIMEOUT)).isEqualTo("0");
			await().until(() -> !peer.connections().get(0).isActive());
			await().until(() -> gauge("support.connections.idle") == 0);
			assertThat(request("/").block(TIMEOUT)).isEqualTo("1");
		}
	}

	@Test
	void noMoreIdleConnectionsAreKeptThanConfigured() {
		try (Http2Peer peer = new Http2Peer(1, Act.HOLD, Act.HOLD, Act.HOLD)) {
			this.manager = group(Protocol.H2C).pool(1, Duration.ofSeconds(30)).tier(peer.address()).manager();
			List<AtomicReference<String>> answers = IntStream.range(0, 3).mapToObj((i) -> subscribe("/" + i)).toList();
			await().until(() -> peer.requests().size() == 3);
			peer.release();
			await().untilAsserted(() -> assertThat(answers).extracting(AtomicReference::get).doesNotContainNull());
			await().until(() -> peer.connections().stream().filter(Channel::isActive).count() == 1);
			await().until(() -> gauge("support.connections.idle") == 1);
		}
	}

	@Test
	void stoppedManagerLetsRequestsFinish() {
		try (Http2Peer peer = new Http2Peer(100, Act.HOLD)) {
			this.manager = group(Protocol.H2C).tier(peer.address()).manager();
			AtomicReference<String> held = subscribe("/");
			await().until(() -> peer.requests().size() == 1);
			this.manager.stop();
			assertThatException().isThrownBy(() -> request("/").block(TIMEOUT));
			peer.release();
			await().untilAsserted(() -> assertThat(held).hasValue("0"));
			await().until(() -> !peer.connections().get(0).isActive());
			this.manager.start();
			assertThat(request("/").block(TIMEOUT)).isEqualTo("1");
		}
	}

	private double gauge(String name) {
		return this.connections.meters.get(name).gauge().value();
	}

	private long timer(String name) {
		return this.connections.meters.get(name).timer().count();
	}

	private double failures(String address, String reason) {
		return this.connections.meters.get("support.connections.failures")
			.tags("address", address, "reason", reason)
			.counter()
			.count();
	}

	private ConnectionsSnapshot.AddressState state(String address) {
		ConnectionsSnapshot snapshot = (ConnectionsSnapshot) this.manager.snapshot();
		return snapshot.groups()
			.get(0)
			.tiers()
			.stream()
			.flatMap(List::stream)
			.filter((state) -> state.address().equals(address))
			.findFirst()
			.orElseThrow();
	}

	private AtomicReference<String> subscribe(String uri) {
		AtomicReference<String> answer = new AtomicReference<>();
		request(uri).subscribe(answer::set, (error) -> answer.set(error.toString()));
		return answer;
	}

	private Mono<String> request(String uri) {
		return request("GET", uri);
	}

	private Mono<String> request(String method, String uri) {
		try {
			return this.manager.httpClient("payments")
				.request(HttpMethod.valueOf(method))
				.uri(uri)
				.responseContent()
				.aggregate()
				.asString();
		}
		catch (NameNotFoundException ex) {
			return Mono.error(ex);
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
