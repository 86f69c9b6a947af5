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
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.timeout.ReadTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.test.StepVerifier;

import io.support.connection.ScriptedPeer.Line;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what is sent to another address when one has failed, and what is not.
 */
@Timeout(60)
class RepetitionTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final TestPeer one = TestPeer.answering("one");

	private final TestPeer two = TestPeer.answering("two");

	private final TestConnections connections = new TestConnections();

	private ConnectionManager manager;

	@AfterEach
	void close() {
		this.manager.close();
		this.one.close();
		this.two.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void idempotentRequestGoesToTheNextAddressWhenTheResponseIsCut(boolean reset) {
		try (TestPeer cutting = TestPeer.cutting(reset)) {
			this.manager = this.connections.tier(cutting.address()).tier(this.one.address()).manager();
			assertThat(request(HttpMethod.GET, "/").block(TIMEOUT)).isEqualTo("one");
			assertThat(cutting.requests()).hasSize(1);
			assertThat(state(cutting)).isEqualTo("down");
		}
	}

	@Test
	void idempotentRequestGoesToTheSameAddressOnceMoreWhereThereIsNoOther() throws Exception {
		try (ScriptedPeer peer = new ScriptedPeer()) {
			this.manager = this.connections.tier(peer.address()).manager();
			CompletableFuture<String> answer = request(HttpMethod.GET, "/").toFuture();
			for (int i = 0; i < 2; i++) {
				try (Line cut = peer.accept()) {
					cut.request();
				}
			}
			Line line = peer.accept();
			line.request();
			line.answer("third");
			assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("third");
		}
	}

	@Test
	void addressThatCutsEveryConnectionIsNotAskedOnceMore() {
		try (TestPeer cutting = TestPeer.cutting(true)) {
			this.manager = this.connections.tier(cutting.address()).manager();
			StepVerifier.create(request(HttpMethod.GET, "/")).verifyError(MultiConnectException.class);
			assertThat(cutting.requests()).hasSize(3);
			StepVerifier.create(request(HttpMethod.GET, "/")).verifyError(MultiConnectException.class);
			assertThat(cutting.requests()).hasSize(4);
		}
	}

	@Test
	void nothingIsAskedOnceMoreWithoutABudget() {
		try (TestPeer cutting = TestPeer.cutting(true)) {
			this.manager = this.connections.tier(cutting.address()).retryBudget(0, 0).manager();
			StepVerifier.create(request(HttpMethod.GET, "/"))
				.verifyErrorSatisfies((error) -> assertThat(error).isInstanceOf(MultiConnectException.class)
					.hasMessageContaining("retry-budget"));
			assertThat(cutting.requests()).hasSize(1);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void postThatWasCutIsNotRepeated(boolean reset) throws IOException {
		try (TestPeer cutting = TestPeer.cutting(reset)) {
			this.manager = this.connections.tier(cutting.address()).tier(this.one.address()).manager();
			StepVerifier.create(request(HttpMethod.POST, "/"))
				.verifyErrorSatisfies((error) -> assertThat(error).isInstanceOf(IOException.class)
					.isNotInstanceOf(MultiConnectException.class));
			assertThat(this.one.requests()).isEmpty();
			assertThat(cutting.requests()).hasSize(1);
		}
	}

	@Test
	void postGoesToTheNextAddressWhenItCouldNotConnect() throws IOException {
		this.manager = this.connections.tier(TestPeer.deadAddress()).tier(this.one.address()).manager();
		String answer = this.manager.httpClient("payments")
			.post()
			.uri("/")
			.send(ByteBufFlux.fromString(Mono.just("body")))
			.responseContent()
			.aggregate()
			.asString()
			.block(TIMEOUT);
		assertThat(answer).isEqualTo("one");
	}

	@Test
	void putWithABodyOfUnknownKindIsNotRepeated() throws IOException {
		try (TestPeer cutting = TestPeer.cutting(false)) {
			this.manager = this.connections.tier(cutting.address()).tier(this.one.address()).manager();
			StepVerifier
				.create(this.manager.httpClient("payments")
					.put()
					.uri("/")
					.send(ByteBufFlux.fromString(Mono.just("body")))
					.response())
				// Closed, or reset if the body comes after the peer has closed.
				.verifyErrorSatisfies((error) -> assertThat(error).isInstanceOf(IOException.class));
			assertThat(this.one.requests()).isEmpty();
		}
	}

	@Test
	void silentPeerIsMarkedDownAndTheNextOneIsAsked() {
		try (TestPeer mute = TestPeer.mute()) {
			this.manager = this.connections.tier(mute.address())
				.tier(this.one.address())
				.responseTimeout(Duration.ofMillis(200))
				.manager();
			assertThat(request(HttpMethod.GET, "/").block(TIMEOUT)).isEqualTo("one");
			assertThat(request(HttpMethod.GET, "/").block(TIMEOUT)).isEqualTo("one");
			assertThat(mute.requests()).hasSize(1);
		}
	}

	@Test
	void twoThatAreSilentAreEnough() {
		try (TestPeer mute = TestPeer.mute()) {
			this.manager = this.connections.tier(mute.address())
				.tier(this.two.address())
				.tier(this.one.address())
				.responseTimeout(Duration.ofMillis(200))
				.manager();
			StepVerifier.create(request(HttpMethod.GET, "/silent")).verifyError(ReadTimeoutException.class);
			assertThat(mute.requests()).hasSize(1);
			assertThat(this.two.requests()).hasSize(1);
			assertThat(this.one.requests()).isEmpty();
		}
	}

	@Test
	void postThatASilentPeerMayHaveSeenIsNotRepeated() throws IOException {
		try (TestPeer mute = TestPeer.mute()) {
			this.manager = this.connections.tier(mute.address())
				.tier(this.one.address())
				.responseTimeout(Duration.ofMillis(200))
				.manager();
			StepVerifier.create(request(HttpMethod.POST, "/")).verifyError(ReadTimeoutException.class);
			assertThat(this.one.requests()).isEmpty();
		}
	}

	private Mono<String> request(HttpMethod method, String uri) {
		return Mono.fromCallable(() -> this.manager.httpClient("payments"))
			.flatMap((client) -> client.request(method).uri(uri).responseContent().aggregate().asString());
	}

	private String state(TestPeer peer) {
		return ((ConnectionsSnapshot) this.manager.snapshot()).groups()
			.stream()
			.flatMap((group) -> group.tiers().stream())
			.flatMap((tier) -> tier.stream())
			.filter((state) -> state.address().equals(peer.address()))
			.findFirst()
			.orElseThrow()
			.state();
	}

}
