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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.Counter;
import io.netty.channel.Channel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;
import reactor.test.StepVerifier;
import reactor.util.retry.Retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Tests that groups, and all of them together, never have more sockets than they may, and
 * that what is idle makes room for what is needed.
 */
@Timeout(60)
class OutgoingLimitTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final LoopResources loops = LoopResources.create("test-client", 1, true);

	private final List<TestPeer> peers = IntStream.range(0, 4)
		.mapToObj((i) -> TestPeer.answering(String.valueOf(i)))
		.toList();

	private final AtomicInteger open = new AtomicInteger();

	private final AtomicInteger mostOpen = new AtomicInteger();

	private final AtomicInteger openOfPayments = new AtomicInteger();

	private final AtomicInteger mostOpenOfPayments = new AtomicInteger();

	private final TestConnections connections = new TestConnections().customizer((client) -> client.runOn(this.loops)
		.doOnChannelInit((observer, channel, remote) -> count(channel, (InetSocketAddress) remote)));

	private ConnectionManager manager;

	@AfterEach
	void close() {
		if (this.manager != null) {
			this.manager.close();
		}
		this.peers.forEach(TestPeer::close);
		this.loops.disposeLater(Duration.ZERO, TIMEOUT).block(TIMEOUT);
	}

	private void count(Channel channel, InetSocketAddress remote) {
		count(channel, this.open, this.mostOpen);
		if (remote.getHostString().equals("payments")) {
			count(channel, this.openOfPayments, this.mostOpenOfPayments);
		}
	}

	private static void count(Channel channel, AtomicInteger open, AtomicInteger most) {
		most.accumulateAndGet(open.incrementAndGet(), Math::max);
		channel.closeFuture().addListener((future) -> open.decrementAndGet());
	}

	@Test
	void idleConnectionOfAnotherGroupMakesRoom() {
		this.manager = this.connections.tier(address(0)).orders(address(1)).maxConnectionsOfAll(1).manager();
		ManagedConnection first = connect("orders");
		Channel channel = first.channel();
		first.release();
		await().atMost(TIMEOUT).until(() -> idle(address(1)) == 1);
		ManagedConnection second = connect("payments");
		assertThat(second.channel().isActive()).isTrue();
		assertThat(channel.isActive()).isFalse();
		assertThat(this.mostOpen).hasValue(1);
		assertThat(counter("support.connections.culled")).isEqualTo(1);
		assertThat(refused("process") + refused("group")).isZero();
	}

	@Test
	void idleHttpConnectionMakesRoomForARawOneAndTheOtherWayRound() throws Exception {
		this.manager = this.connections.tier(address(0)).orders(address(1)).maxConnectionsOfAll(1).manager();
		assertThat(get("orders")).isEqualTo("1");
		await().atMost(TIMEOUT).until(() -> idle(address(1)) == 1);
		connect("payments").release();
		await().atMost(TIMEOUT).until(() -> idle(address(0)) == 1);
		assertThat(get("orders")).isEqualTo("1");
		assertThat(this.mostOpen).hasValue(1);
	}

	@Test
	void connectionThatWasUsedLeastRecentlyGoesFirst() {
		this.manager = this.connections.tier(address(0), address(1), address(2))
			.orders(address(3))
			.maxConnectionsOfAll(3)
			.manager();
		List<ManagedConnection> used = IntStream.range(0, 3).mapToObj((i) -> connect("payments")).toList();
		List<Channel> idle = used.stream().map(ManagedConnection::channel).toList();
		for (int i : new int[] { 1, 2, 0 }) {
			this.connections.advance(Duration.ofSeconds(1));
			used.get(i).release();
			await().atMost(TIMEOUT).until(() -> isIdle(idle.get(i)));
		}
		ManagedConnection one = connect("orders");
		assertThat(idle).extracting(Channel::isActive).containsExactly(true, false, true);
		ManagedConnection two = connect("orders");
		assertThat(idle).extracting(Channel::isActive).containsExactly(true, false, false);
		assertThat(List.of(one, two)).allSatisfy((connection) -> assertThat(connection.channel().isActive()).isTrue());
		assertThat(this.mostOpen).hasValue(3);
	}

	@Test
	void idleConnectionOfAnotherAddressMakesRoomInAFullGroup() {
		this.manager = this.connections.tier(address(0)).tier(address(1)).maxConnections(1).manager();
		ManagedConnection first = connect("payments");
		Channel channel = first.channel();
		assertThat(first.address()).hasToString(address(0));
		first.release();
		await().atMost(TIMEOUT).until(() -> idle(address(0)) == 1);
		this.connections.breakers.circuitBreaker("support.payments." + address(0)).transitionToForcedOpenState();
		assertThat(channel.isActive()).isTrue();
		ManagedConnection second = connect("payments");
		assertThat(second.address()).hasToString(address(1));
		assertThat(channel.isActive()).isFalse();
		assertThat(this.mostOpen).hasValue(1);
	}

	@ParameterizedTest
	@CsvSource({ "1, 10, process, support.connections.max-connections",
			"10, 1, group, groups.payments.max-connections" })
	void whereNothingIsIdleNothingIsConnected(int all, int group, String reason, String property) {
		this.manager = this.connections.tier(address(0))
			.orders(address(1))
			.maxConnectionsOfAll(all)
			.maxConnections(group)
			.manager();
		ManagedConnection busy = connect("payments");
		StepVerifier.create(this.manager.connect("payments"))
			.verifyErrorSatisfies(
					(error) -> assertThat(((MultiConnectException) error).causes().values()).singleElement()
						.satisfies((cause) -> assertThat(cause).isInstanceOf(OutOfSocketsException.class)
							.hasMessageContainingAll("payments: ", property, "was: 1")));
		assertThat(this.mostOpen).hasValue(1);
		assertThat(refused(reason)).isEqualTo(1);
		assertThat(busy.channel().isActive()).isTrue();
		busy.close();
		await().atMost(TIMEOUT).until(() -> this.open.get() == 0);
		assertThat(connect("payments").channel().isActive()).isTrue();
	}

	@Test
	void thereAreNeverMoreSocketsThanAllowedHoweverManyAreAskedFor() throws Exception {
		this.manager = this.connections.tier(address(0), address(1))
			.orders(address(2), address(3))
			.maxConnectionsOfAll(8)
			.maxConnections(6)
			.manager();
		AtomicInteger refused = new AtomicInteger();
		Flux.range(0, 1000)
			.flatMap((i) -> request((i % 3 == 0) ? "orders" : "payments")
				.retryWhen(Retry.fixedDelay(Long.MAX_VALUE, Duration.ofMillis(1)).filter((error) -> {
					refused.incrementAndGet();
					return error instanceof MultiConnectException failure
							&& failure.causes().values().stream().allMatch(OutOfSocketsException.class::isInstance);
				})), 24)
			.blockLast(TIMEOUT);
		assertThat(this.mostOpen.get()).isBetween(4, 8);
		assertThat(this.mostOpenOfPayments.get()).isBetween(2, 6);
		assertThat(refused).hasPositiveValue();
		assertThat(gauge("support.connections.open")).isEqualTo(this.open.get());
		await().atMost(TIMEOUT).until(() -> active() == 0);
		assertThat(get("orders")).isIn("2", "3");
	}

	@Test
	void socketsThatCouldNotBeConnectedAreCountedNoLonger() {
		this.peers.get(0).close();
		this.manager = this.connections.tier(address(0)).maxConnectionsOfAll(3).markdown(false, 1).manager();
		for (int i = 0; i < 10; i++) {
			StepVerifier.create(this.manager.connect("payments")).verifyError(MultiConnectException.class);
		}
		await().atMost(TIMEOUT).until(() -> gauge("support.connections.open") == 0);
		assertThat(refused("process")).isZero();
		assertThat(gauge("support.connections.limit")).isEqualTo(3);
	}

	@Test
	void limitMustBePositive() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.connections.tier(address(0)).maxConnectionsOfAll(0).manager())
			.withMessage("max-connections must be positive, was: 0");
	}

	private String address(int peer) {
		return this.peers.get(peer).address();
	}

	private ManagedConnection connect(String name) {
		ManagedConnection connection = this.manager.connect(name).block(TIMEOUT);
		assertThat(connection).isNotNull();
		return connection;
	}

	private String get(String name) throws IOException {
		return request(name).block(TIMEOUT);
	}

	private Mono<String> request(String name) {
		try {
			return this.manager.httpClient(name).get().uri("/").responseContent().aggregate().asString();
		}
		catch (NameNotFoundException ex) {
			return Mono.error(ex);
		}
	}

	private static boolean isIdle(Channel channel) {
		OutgoingConnection outgoing = OutgoingConnection.of(channel);
		return outgoing != null && outgoing.isIdle();
	}

	private double idle(String address) {
		return this.connections.meters.get("support.connections.idle").tag("address", address).gauge().value();
	}

	private double active() {
		return this.connections.meters.get("support.connections.active")
			.gauges()
			.stream()
			.mapToDouble((gauge) -> gauge.value())
			.sum();
	}

	private double gauge(String name) {
		return this.connections.meters.get(name).gauge().value();
	}

	private double counter(String name) {
		return this.connections.meters.get(name).functionCounter().count();
	}

	private double refused(String reason) {
		return this.connections.meters.get("support.connections.refused")
			.tag("reason", reason)
			.counters()
			.stream()
			.mapToDouble(Counter::count)
			.sum();
	}

}
