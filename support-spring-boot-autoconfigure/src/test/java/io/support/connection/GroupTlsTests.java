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
import java.security.cert.CertificateException;
import java.time.Duration;

import javax.net.ssl.SSLException;

import io.netty.handler.ssl.util.SelfSignedCertificate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.netty.http.HttpProtocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for TLS to the addresses of a group.
 */
@Timeout(60)
@SuppressWarnings("deprecation") // what makes certificates instead is a module
class GroupTlsTests {

	private static final SelfSignedCertificate CERTIFICATE = certificate("payments");

	private static final SelfSignedCertificate OTHER = certificate("invoices");

	private final TestPeer one = TestPeer.secure("one", CERTIFICATE, HttpProtocol.HTTP11);

	private final TestPeer stranger = TestPeer.secure("stranger", OTHER, HttpProtocol.HTTP11);

	private final TestConnections connections = new TestConnections();

	private final TestTlsBundles bundles = new TestTlsBundles(CERTIFICATE, OTHER);

	private ConnectionManager manager;

	private static SelfSignedCertificate certificate(String name) {
		try {
			return new SelfSignedCertificate(name);
		}
		catch (CertificateException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@AfterEach
	void close() {
		if (this.manager != null) {
			this.manager.close();
		}
		this.one.close();
		this.stranger.close();
	}

	@Test
	void peerIsAskedForTheLogicalName() throws Exception {
		this.manager = secure().tier("localhost:" + this.one.port()).manager();
		assertThat(get("https://payments/a")).isEqualTo("one");
		awaitIdle();
		assertThat(get("https://pay/b")).isEqualTo("one");
		assertThat(this.one.requests()).containsExactly("GET payments /a", "GET pay /b");
		assertThat(this.one.serverNames()).containsOnly("payments");
		assertThat(this.one.connections()).isEqualTo(1);
	}

	@Test
	void handshakeIsTimedAndTold() throws Exception {
		this.manager = secure().tier(this.one.address()).manager();
		get("https://payments/");
		assertThat(this.connections.meters.get("support.connections.tls")
			.tags("group", "payments", "address", this.one.address())
			.timer()
			.count()).isOne();
		assertThat(this.connections.events.recent("support.tls")).singleElement()
			.satisfies((event) -> assertThat(event.outcome()).isEqualTo("success"));
	}

	@Test
	void peerThatIsSomebodyElseFails() throws Exception {
		this.manager = secure().tier(this.stranger.address()).tier(this.one.address()).manager();
		assertThat(get("https://payments/")).isEqualTo("one");
		assertThat(this.stranger.requests()).isEmpty();
		assertThat(failures(this.stranger.address(), "tls")).isOne();
		assertThat(this.manager.snapshot().toString()).contains("state=down");
		assertThat(this.connections.events.recent("support.tls")).extracting("outcome")
			.containsExactlyInAnyOrder("failure", "success");
	}

	@Test
	void withoutABundleTheJdkSaysWhoIsTrusted() {
		this.manager = this.connections.tier(this.one.address()).manager();
		assertThatException().isThrownBy(() -> get("https://payments/"))
			.withCauseInstanceOf(MultiConnectException.class)
			.havingRootCause()
			.withMessageContaining("certification path");
		assertThat(this.one.requests()).isEmpty();
	}

	@Test
	void handshakeThatTakesTooLongIsAFailureOfTheAddress() throws Exception {
		try (ServerSocket silent = new ServerSocket()) {
			silent.bind(new InetSocketAddress("127.0.0.1", 0));
			String address = "127.0.0.1:" + silent.getLocalPort();
			this.manager = this.connections.tls(this.bundles, Duration.ofMillis(200))
				.tier(address)
				.tier(this.one.address())
				.manager();
			assertThat(get("https://payments/")).isEqualTo("one");
			assertThat(failures(address, "tls")).isOne();
			assertThat(this.connections.meters.get("support.connections.markdowns")
				.tag("address", address)
				.counter()
				.count()).isOne();
		}
	}

	@Test
	void newContentOfTheBundleIsForNewConnections() throws Exception {
		this.bundles.update(OTHER);
		this.manager = secure().tier(this.one.address()).manager();
		assertThatException().isThrownBy(() -> get("https://payments/"));
		this.bundles.update(CERTIFICATE);
		assertThat(get("https://payments/")).isEqualTo("one");
		// What cannot be used changes nothing.
		this.bundles.update();
		assertThat(get("https://payments/")).isEqualTo("one");
	}

	@Test
	void bundleIsNotForThoseThatARedirectLeadsTo() throws Exception {
		this.manager = secure().tier(this.one.address()).customizer((client) -> client.followRedirect(true)).manager();
		assertThatException()
			.isThrownBy(() -> get("https://payments/redirect?to=https://localhost:" + this.stranger.port() + "/"))
			.withCauseInstanceOf(SSLException.class);
		assertThat(this.stranger.requests()).isEmpty();
		assertThat(this.manager.snapshot().toString()).contains("state=up");
	}

	@Test
	void requestWithoutTlsGoesWithoutTheBundle() throws Exception {
		try (TestPeer plain = TestPeer.answering("plain")) {
			this.manager = secure().tier(plain.address()).manager();
			assertThat(get("http://payments/")).isEqualTo("plain");
		}
	}

	@Test
	void rawConnectionsOfAGroupWithABundleGoThroughTls() {
		this.manager = secure().tier(this.one.address()).manager();
		ManagedConnection first = connect();
		assertThat(ask(first)).startsWith("HTTP/1.1 200 OK").contains("content-length: 3");
		first.release();
		awaitIdle();
		ManagedConnection second = connect();
		assertThat(second.isReused()).isTrue();
		assertThat(ask(second)).startsWith("HTTP/1.1 200 OK");
		second.close();
		assertThat(this.one.serverNames()).containsOnly("payments");
		assertThat(this.one.connections()).isEqualTo(1);
	}

	@Test
	void rawConnectionToSomebodyElseIsNotHandedOut() {
		this.manager = secure().tier(this.stranger.address()).tier(this.one.address()).manager();
		ManagedConnection connection = connect();
		assertThat(connection.address()).hasToString(this.one.address());
		assertThat(failures(this.stranger.address(), "tls")).isOne();
		connection.close();
	}

	private ManagedConnection connect() {
		ManagedConnection connection = this.manager.connect("payments").block(Duration.ofSeconds(20));
		assertThat(connection).isNotNull();
		return connection;
	}

	private String ask(ManagedConnection connection) {
		return connection.connection()
			.outbound()
			.sendString(Mono.just("GET / HTTP/1.1\r\nHost: raw\r\n\r\n"))
			.then()
			.thenMany(connection.connection().inbound().receive().asString())
			.scan("", String::concat)
			.filter((text) -> text.endsWith("one"))
			.next()
			.block(Duration.ofSeconds(20));
	}

	private TestConnections secure() {
		return this.connections.tls(this.bundles, Duration.ofSeconds(10));
	}

	private double failures(String address, String reason) {
		return this.connections.meters.get("support.connections.failures")
			.tags("address", address, "reason", reason)
			.counter()
			.count();
	}

	private void awaitIdle() {
		Awaitility.await().until(() -> this.connections.meters.get("support.connections.idle").gauge().value() == 1);
	}

	private String get(String uri) throws IOException {
		return this.manager.httpClient("payments")
			.get()
			.uri(uri)
			.responseContent()
			.aggregate()
			.asString()
			.block(Duration.ofSeconds(20));
	}

}
