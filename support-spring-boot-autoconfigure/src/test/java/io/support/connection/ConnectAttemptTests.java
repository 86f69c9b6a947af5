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

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
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

	/** So long that a peer which answers has done so by then, on a busy machine too. */
	private static final Duration LONG_DELAY = Duration.ofSeconds(2);

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
		assertThat(onward()).isEqualTo(1);
		assertThat(this.connections.meters.get("support.connections.hedges").functionCounters())
			.allSatisfy((counter) -> assertThat(counter.count()).isZero());
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
			this.manager = this.connections.connectAttemptDelay(LONG_DELAY)
				.tier(this.blackHole.address())
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
	void blackHoleDoesNotHoldUpARetry() {
		try (TestPeer cutting = TestPeer.cutting(false)) {
			this.manager = this.connections.connectAttemptDelay(LONG_DELAY)
				.tier(cutting.address())
				.tier(this.blackHole.address())
				.tier(this.one.address())
				.manager();
			assertThat(request(HttpMethod.GET).block(TIMEOUT)).isEqualTo("one");
			assertThat(cutting.requests()).hasSize(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "PUT", "POST" })
	void addressThatIsConnectedToWhenAnotherHasTheRequestGetsNothing(String method) {
		GatedResolverGroup gate = new GatedResolverGroup();
		try (TestPeer mute = TestPeer.mute()) {
			startWithALateOne(gate, mute);
			Disposable request = request(HttpMethod.valueOf(method)).subscribe();
			await().atMost(TIMEOUT).until(() -> mute.requests().size() == 1);
			gate.open();
			await().atMost(TIMEOUT).until(() -> this.one.connections() == 1 && this.one.openConnections() == 0);
			assertThat(this.one.requests()).isEmpty();
			request.dispose();
		}
	}

	@Test
	void addressThatCameTooLateIsAskedWhenTheOtherFails() {
		GatedResolverGroup gate = new GatedResolverGroup();
		try (TestPeer mute = TestPeer.mute()) {
			startWithALateOne(gate, mute);
			CompletableFuture<String> answer = request(HttpMethod.GET).toFuture();
			await().atMost(TIMEOUT).until(() -> mute.requests().size() == 1);
			gate.open();
			await().atMost(TIMEOUT).until(() -> this.one.connections() == 1 && this.one.openConnections() == 0);
			mute.close();
			assertThat(answer).succeedsWithin(TIMEOUT).isEqualTo("one");
		}
	}

	private void startWithALateOne(GatedResolverGroup gate, TestPeer mute) {
		this.manager = this.connections.tier("late.example:" + this.one.port())
			.tier(mute.address())
			.customizer((client) -> client.resolver(gate))
			.manager();
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

	private double onward() {
		return this.connections.meters.get("support.connections.connect.onward")
			.tag("address", this.one.address())
			.counter()
			.count();
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

	/**
	 * Resolves every name to the loopback address, but not before it is told to.
	 */
	private static final class GatedResolverGroup extends AddressResolverGroup<InetSocketAddress> {

		private final Sinks.One<InetAddress> gate = Sinks.one();

		void open() {
			this.gate.tryEmitValue(InetAddress.getLoopbackAddress()).orThrow();
		}

		@Override
		protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
			return new InetNameResolver(executor) {

				@Override
				protected void doResolve(String name, Promise<InetAddress> promise) {
					GatedResolverGroup.this.gate.asMono().subscribe(promise::setSuccess);
				}

				@Override
				protected void doResolveAll(String name, Promise<List<InetAddress>> promise) {
					GatedResolverGroup.this.gate.asMono().subscribe((address) -> promise.setSuccess(List.of(address)));
				}

			}.asAddressResolver();
		}

	}

}
