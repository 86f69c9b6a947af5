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

import java.time.Duration;

import io.netty.handler.codec.http.HttpMethod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the addresses that are tried while a connection to the first is still being
 * opened. Connecting to a black hole would take far longer than any of these tests may.
 */
@Timeout(30)
class ConnectAttemptTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final Duration DELAY = Duration.ofMillis(20);

	private final TestPeer one = TestPeer.answering("one");

	private final FullPeer blackHole = FullPeer.open();

	private final TestConnections connections = new TestConnections().connectTimeout(Duration.ofMinutes(1))
		.connectAttemptDelay(DELAY);

	private ConnectionManager manager;

	@AfterEach
	void close() {
		this.manager.close();
		this.blackHole.close();
		this.one.close();
	}

	@Test
	void anotherAddressServesWhileTheFirstIsStillBeingConnectedTo() {
		this.manager = this.connections.tier(this.blackHole.address()).tier(this.one.address()).manager();
		assertThat(request(HttpMethod.GET).block(TIMEOUT)).isEqualTo("one");
	}

	@Test
	void postIsSentOnce() {
		this.manager = this.connections.tier(this.blackHole.address()).tier(this.one.address()).manager();
		assertThat(request(HttpMethod.POST).block(TIMEOUT)).isEqualTo("one");
		assertThat(this.one.requests()).containsExactly("POST payments /");
	}

	@Test
	void postIsNotSentAgainWhenTheOneThatGotItFails() {
		try (TestPeer cutting = TestPeer.cutting(false)) {
			this.manager = this.connections.tier(this.blackHole.address())
				.tier(cutting.address())
				.tier(this.one.address())
				.manager();
			StepVerifier.create(request(HttpMethod.POST))
				.expectErrorSatisfies((error) -> assertThat(error).isNotInstanceOf(MultiConnectException.class))
				.verify(TIMEOUT);
			assertThat(cutting.requests()).hasSize(1);
			assertThat(this.one.requests()).isEmpty();
		}
	}

	@Test
	void allAreTriedOneAfterTheOther() {
		try (FullPeer another = FullPeer.open()) {
			this.manager = this.connections.tier(this.blackHole.address())
				.tier(another.address())
				.tier(this.one.address())
				.manager();
			assertThat(request(HttpMethod.GET).block(TIMEOUT)).isEqualTo("one");
		}
	}

	@Test
	void rawConnectionComesFromTheAddressThatIsFirst() {
		this.manager = this.connections.tier(this.blackHole.address()).tier(this.one.address()).manager();
		ManagedConnection connection = this.manager.connect("payments").block(TIMEOUT);
		assertThat(connection).isNotNull();
		assertThat(connection.address()).hasToString(this.one.address());
		connection.close();
	}

	@Test
	void addressThatCouldNotBeConnectedToIsMarkedDownThoughNobodyWaitedForIt() {
		this.manager = this.connections.connectTimeout(Duration.ofMillis(500))
			.tier(this.blackHole.address())
			.tier(this.one.address())
			.manager();
		assertThat(request(HttpMethod.GET).block(TIMEOUT)).isEqualTo("one");
		await().atMost(TIMEOUT).untilAsserted(() -> assertThat(state(this.blackHole.address())).isEqualTo("down"));
		assertThat(state(this.one.address())).isEqualTo("up");
	}

	@Test
	void callerThatGivesUpDoesNotHideAnAddressThatCannotBeConnectedTo() {
		this.manager = this.connections.connectTimeout(Duration.ofMillis(500))
			.connectAttemptDelay(Duration.ZERO)
			.tier(this.blackHole.address())
			.tier(this.one.address())
			.manager();
		StepVerifier.create(request(HttpMethod.GET)).thenAwait(Duration.ofMillis(20)).thenCancel().verify(TIMEOUT);
		await().atMost(TIMEOUT).untilAsserted(() -> assertThat(state(this.blackHole.address())).isEqualTo("down"));
		assertThat(this.one.requests()).isEmpty();
	}

	@Test
	void oneAddressIsEnoughWhereItCanBeConnectedTo() {
		this.manager = this.connections.connectAttemptDelay(Duration.ofMinutes(1))
			.tier(this.one.address())
			.tier(this.blackHole.address())
			.manager();
		assertThat(request(HttpMethod.GET).block(TIMEOUT)).isEqualTo("one");
		assertThat(this.connections.meters.get("support.connections.open").gauge().value()).isEqualTo(1);
	}

	private Mono<String> request(HttpMethod method) {
		return Mono.fromCallable(() -> this.manager.httpClient("payments"))
			.flatMap((client) -> client.request(method)
				.uri("/")
				.send(ByteBufFlux.fromString(Mono.empty()))
				.responseContent()
				.aggregate()
				.asString());
	}

	private String state(String address) {
		return ((ConnectionsSnapshot) this.manager.snapshot()).groups()
			.stream()
			.flatMap((group) -> group.tiers().stream())
			.flatMap((tier) -> tier.stream())
			.filter((state) -> state.address().equals(address))
			.findFirst()
			.orElseThrow()
			.state();
	}

}
