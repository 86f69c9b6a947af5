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
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.test.StepVerifier;

import io.support.event.Operations;
import io.support.stats.StateMachineSnapshot;
import io.support.stats.StateMachines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link ConnectionManager}, on real sockets.
 */
@Timeout(60)
class ConnectionManagerTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final TestPeer one = TestPeer.answering("one");

	private final TestPeer two = TestPeer.answering("two");

	private final TestConnections connections = new TestConnections();

	private ConnectionManager manager;

	private final String dead = TestPeer.deadAddress();

	@AfterEach
	void close() {
		if (this.manager != null) {
			this.manager.close();
		}
		this.one.close();
		this.two.close();
	}

	@Test
	void unknownNameIsRefusedWithTheKnownOnes() {
		this.manager = this.connections.tier(this.one.address()).manager();
		assertThatExceptionOfType(NameNotFoundException.class).isThrownBy(() -> this.manager.httpClient("nobody"))
			.withMessageContaining("'nobody'")
			.withMessageContaining("[pay, payments]");
		assertThat(NameNotFoundException.class).isAssignableTo(IOException.class);
	}

	@Test
	void aliasThatLeadsNowhereOrIsAGroupIsRefused() {
		GroupSettings group = new GroupSettings(new AddressGroup("payments", List.of(List.of(Address.parse("a:1")))),
				Duration.ofSeconds(1), Duration.ZERO, Duration.ofSeconds(1), 1,
				new GroupSettings.Markdown(true, Duration.ofSeconds(1), 1), 1,
				new GroupSettings.Pool(1, Duration.ofSeconds(1)), new GroupSettings.RetryBudget(0, 0),
				new GroupSettings.Hedge(false, List.of(Duration.ofSeconds(1))),
				new GroupSettings.Outlier(false, 2, 1, Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(1)),
				new GroupSettings.Tls(null, Duration.ofSeconds(1)), Protocol.HTTP1);
		ConnectionResources resources = new ConnectionResources(HttpClient::create, this.connections.breakers,
				this.connections.meters, Operations.none(), (peer) -> {
				}, new StateMachines(), TlsBundles.none(), 10, null, () -> 0, () -> 0);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ConnectionManager(List.of(group), Map.of("pay", "nobody"), resources));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ConnectionManager(List.of(group), Map.of("payments", "payments"), resources));
	}

	@Test
	void requestCarriesTheLogicalNameAndReusesTheConnection() {
		this.manager = this.connections.tier(this.one.address()).manager();
		assertThat(get("payments", "/a?b=c")).isEqualTo("one");
		assertThat(get("PAY", "/")).isEqualTo("one");
		assertThat(get("payments", "http://payments/absolute")).isEqualTo("one");
		assertThat(this.one.requests()).containsExactly("GET payments /a?b=c", "GET pay /", "GET payments /absolute");
		assertThat(this.one.connections()).isEqualTo(1);
	}

	@Test
	void nextTierServesWhenTheFirstRefuses() {
		this.manager = this.connections.tier(this.dead).tier(this.one.address()).manager();
		assertThat(get("payments", "/")).isEqualTo("one");
		assertThat(this.connections.meters.get("support.connections.failures")
			.tags("group", "payments", "address", this.dead, "reason", "connect")
			.counter()
			.count()).isEqualTo(1);
	}

	@Test
	void firstTierIsPreferred() {
		this.manager = this.connections.tier(this.one.address()).tier(this.two.address()).manager();
		for (int i = 0; i < 20; i++) {
			assertThat(get("payments", "/")).isEqualTo("one");
		}
	}

	@Test
	void callsContinueWhenAPeerStopsAndReturnToItWhenItIsBack() {
		this.manager = this.connections.tier(this.one.address(), this.two.address()).manager();
		assertThat(answers(40)).contains("one", "two");
		int port = this.one.port();
		this.one.close();
		assertThat(answers(40)).containsOnly("two");
		assertThat(state(this.one.address()).state()).isEqualTo("down");
		try (TestPeer back = TestPeer.answering("back", port)) {
			assertThat(answers(40)).containsOnly("two");
			this.connections.advance(Duration.ofMillis(10_001));
			assertThat(answers(40)).contains("back", "two");
			assertThat(state(back.address()).state()).isEqualTo("up");
		}
		StateMachineSnapshot health = ((ConnectionsSnapshot) this.manager.snapshot()).groups().get(0).health();
		assertThat(health.present()).isEqualTo(2);
		assertThat(health.steps())
			.extracting(StateMachineSnapshot.Step::from, StateMachineSnapshot.Step::to,
					StateMachineSnapshot.Step::count)
			.containsExactlyInAnyOrder(tuple("UP", "DOWN", 1L), tuple("DOWN", "PROBING", 1L),
					tuple("PROBING", "UP", 1L));
	}

	@Test
	void markedDownAddressIsNotTriedUntilTheDurationIsOver() {
		this.manager = this.connections.tier(this.dead).tier(this.one.address()).manager();
		Instant before = Instant.now();
		answers(10);
		assertThat(state(this.dead)).satisfies((state) -> {
			assertThat(state.attempts()).isEqualTo(1);
			assertThat(state.markdowns()).isEqualTo(1);
			assertThat(state.state()).isEqualTo("down");
			assertThat(state.downUntil()).isBetween(before.plusSeconds(5), Instant.now().plusSeconds(15));
			assertThat(state.lastFailure()).contains("refused");
			assertThat(state.lastFailureAt()).isNotNull();
		});
		this.connections.advance(Duration.ofMillis(9_999));
		answers(10);
		assertThat(state(this.dead).attempts()).isEqualTo(1);
		this.connections.advance(Duration.ofMillis(2));
		answers(10);
		assertThat(state(this.dead).attempts()).isEqualTo(2);
		assertThat(this.connections.meters.get("support.connections.markdowns")
			.tag("address", this.dead)
			.counter()
			.count()).isEqualTo(2);
	}

	@Test
	void addressIsMarkedDownAfterAsManyFailuresInARowAsConfigured() throws IOException {
		this.manager = this.connections.tier(this.dead).tier(this.one.address()).markdown(true, 3).manager();
		answers(10);
		assertThat(state(this.dead).attempts()).isEqualTo(3);
	}

	@Test
	void nothingIsMarkedDownWhenMarkdownIsOff() {
		this.manager = this.connections.tier(this.dead).tier(this.one.address()).markdown(false, 1).manager();
		answers(10);
		assertThat(state(this.dead).attempts()).isEqualTo(10);
		assertThat(state(this.dead).state()).isEqualTo("up");
	}

	@Test
	void lastAddressIsNeverMarkedDown() {
		this.manager = this.connections.tier(this.dead).manager();
		for (int i = 0; i < 5; i++) {
			assertThatExceptionOfType(Exception.class).isThrownBy(() -> get("payments", "/"))
				.withCauseInstanceOf(MultiConnectException.class);
		}
		assertThat(state(this.dead).attempts()).isEqualTo(5);
		assertThat(state(this.dead).state()).isEqualTo("up");
	}

	@Test
	void failureOfAllAddressesHasEveryCause() throws IOException {
		this.one.close();
		this.manager = this.connections.tier(this.dead).tier(this.one.address()).manager();
		StepVerifier.create(request("payments", "/")).verifyErrorSatisfies((error) -> {
			assertThat(error).isInstanceOfSatisfying(MultiConnectException.class, (failure) -> {
				assertThat(failure.causes().keySet()).extracting(Address::toString)
					.containsExactly(this.dead, this.one.address());
				assertThat(failure.causes().values())
					.allSatisfy((cause) -> assertThat(cause).isInstanceOf(ConnectException.class));
			});
			assertThat(error).hasMessageContaining(this.dead).hasMessageContaining(this.one.address());
			assertThat(error.getCause()).isInstanceOf(ConnectException.class);
			assertThat(error.getSuppressed()).hasSize(1);
		});
		StepVerifier.create(request("payments", "/"))
			.verifyErrorSatisfies((error) -> assertThat(((MultiConnectException) error).causes().values())
				.satisfiesExactly((first) -> assertThat(first).isInstanceOf(MarkedDownException.class),
						(second) -> assertThat(second).isInstanceOf(ConnectException.class)));
	}

	@Test
	void nothingIsTriedWhenEveryAddressIsForcedDown() {
		this.manager = this.connections.tier(this.one.address()).manager();
		breaker(this.one.address()).transitionToForcedOpenState();
		StepVerifier.create(request("payments", "/")).verifyError(MarkedDownException.class);
		assertThat(this.one.connections()).isZero();
	}

	@Test
	void tierIsLeftAfterAsManyRetriesAsConfigured() throws IOException {
		this.one.close();
		this.manager = this.connections.tier(this.dead, this.one.address())
			.tier(this.two.address())
			.maxConnectRetries(0)
			.manager();
		assertThat(get("payments", "/")).isEqualTo("two");
		assertThat(state(this.dead).attempts() + state(this.one.address()).attempts()).isEqualTo(1);
	}

	@Test
	void untriedAddressesAreMentioned() {
		this.one.close();
		this.manager = this.connections.tier(this.dead, this.one.address()).maxConnectRetries(0).manager();
		StepVerifier.create(request("payments", "/"))
			.verifyErrorSatisfies((error) -> assertThat(error).hasMessageContaining("1 more not tried")
				.hasMessageContaining("support.connections.groups.payments.max-connect-retries"));
	}

	@Test
	void connectTimeoutMovesToTheNextAddress() {
		try (FullPeer full = FullPeer.open()) {
			this.manager = this.connections.tier(full.address())
				.tier(this.one.address())
				.connectTimeout(Duration.ofMillis(200))
				.manager();
			assertThat(get("payments", "/")).isEqualTo("one");
			assertThat(this.connections.meters.get("support.connections.failures")
				.tag("reason", "connect-timeout")
				.counter()
				.count()).isEqualTo(1);
		}
	}

	@Test
	void hostNamesAreResolvedAndTheUnresolvedAreSkipped() {
		this.manager = this.connections.tier("gone.example:80")
			.tier("peer.example:" + this.one.port())
			.customizer((client) -> client.resolver(new TestResolverGroup()))
			.manager();
		assertThat(get("payments", "/")).isEqualTo("one");
		assertThat(this.one.requests()).containsExactly("GET payments /");
		assertThat(this.connections.meters.get("support.connections.failures")
			.tags("address", "gone.example:80", "reason", "dns")
			.counter()
			.count()).isEqualTo(1);
	}

	@Test
	void redirectsWithinTheGroupStayInItAndOthersLeaveIt() {
		this.manager = this.connections.tier(this.one.address())
			.customizer((client) -> client.followRedirect(true))
			.manager();
		assertThat(get("payments", "/redirect?to=/relative")).isEqualTo("one");
		assertThat(get("payments", "/redirect?to=http://pay/absolute")).isEqualTo("one");
		assertThat(request("payments", "/redirect?to=http://" + this.two.address() + "/elsewhere").block(TIMEOUT))
			.isEqualTo("two");
		assertThat(this.two.requests()).containsExactly("GET " + this.two.address() + " /elsewhere");
	}

	@Test
	void failureOfARedirectTargetIsNotTheFaultOfTheAddress() {
		this.manager = this.connections.tier(this.one.address())
			.tier(this.two.address())
			.customizer((client) -> client.followRedirect(true))
			.manager();
		StepVerifier.create(request("payments", "/redirect?to=http://" + this.dead + "/"))
			.verifyError(ConnectException.class);
		assertThat(state(this.one.address()).state()).isEqualTo("up");
		assertThat(this.two.requests()).isEmpty();
	}

	@Test
	void limitIsSharedByTheGroupAndIsNotTheFaultOfAnAddress() throws Exception {
		this.manager = this.connections.tier(this.one.address(), this.two.address()).maxConnections(1).manager();
		CountDownLatch sent = new CountDownLatch(1);
		Disposable busy = this.manager.httpClient("payments")
			.doOnRequest((request, connection) -> connection.addHandlerLast(new SentLatch(sent)))
			.get()
			.uri("/silent")
			.response()
			.subscribe();
		assertThat(sent.await(10, TimeUnit.SECONDS)).isTrue();
		StepVerifier.create(request("payments", "/"))
			.verifyErrorSatisfies((error) -> assertThat(((MultiConnectException) error).causes().values()).hasSize(2)
				.allSatisfy((cause) -> assertThat(cause).isInstanceOf(OutOfSocketsException.class)
					.hasMessageContaining("max-connections, was: 1")));
		assertThat(state(this.one.address()).state()).isEqualTo("up");
		assertThat(state(this.two.address()).state()).isEqualTo("up");
		busy.dispose();
		await().atMost(TIMEOUT)
			.until(() -> state(this.one.address()).active() + state(this.two.address()).active() == 0);
		assertThat(answers(1)).hasSize(1);
	}

	@Test
	void noMoreIdleConnectionsAreKeptThanConfigured() {
		this.manager = this.connections.tier(this.one.address()).pool(1, Duration.ofSeconds(10)).manager();
		Mono.when(Mono.defer(() -> request("payments", "/")), Mono.defer(() -> request("payments", "/")),
				Mono.defer(() -> request("payments", "/")))
			.block(TIMEOUT);
		await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
			assertThat(state(this.one.address()).active()).isZero();
			assertThat(state(this.one.address()).idle()).isEqualTo(1);
		});
		assertThat(this.connections.meters.get("support.connections.idle").gauge().value()).isEqualTo(1);
		assertThat(this.connections.meters.get("support.connections.active").gauge().value()).isZero();
	}

	@Test
	void connectionThatWasIdleForTooLongIsNotUsed() {
		this.manager = this.connections.tier(this.one.address()).pool(10, Duration.ofSeconds(10)).manager();
		get("payments", "/");
		await().until(() -> state(this.one.address()).idle() == 1);
		this.connections.advance(Duration.ofSeconds(10));
		get("payments", "/");
		assertThat(this.one.connections()).isEqualTo(2);
	}

	@Test
	void connectionThatNobodyNeedsAnyMoreIsClosed() {
		this.manager = this.connections.running().tier(this.one.address()).pool(10, Duration.ofMillis(50)).manager();
		get("payments", "/");
		await().until(() -> this.connections.meters.get("support.connections.open").gauge().value() == 0);
		assertThat(state(this.one.address()).idle()).isZero();
		assertThat(state(this.one.address()).active()).isZero();
	}

	@Test
	void cancelledProbeLetsAnotherRequestProbe() throws Exception {
		int port = this.one.port();
		this.one.close();
		this.manager = this.connections.tier("127.0.0.1:" + port).tier(this.two.address()).manager();
		assertThat(get("payments", "/")).isEqualTo("two");
		try (TestPeer back = TestPeer.answering("back", port)) {
			this.connections.advance(Duration.ofSeconds(11));
			Disposable probe = request("payments", "/silent").subscribe();
			await().atMost(TIMEOUT).until(() -> back.requests().size() == 1);
			assertThat(request("payments", "/").block(TIMEOUT)).isEqualTo("two");
			probe.dispose();
			await().atMost(TIMEOUT)
				.untilAsserted(() -> assertThat(request("payments", "/").block(TIMEOUT)).isEqualTo("back"));
			assertThat(state(back.address()).state()).isEqualTo("up");
		}
	}

	@Test
	void durationsAreCounted() {
		this.manager = this.connections.tier(this.one.address()).manager();
		answers(3);
		assertThat(this.connections.meters.get("support.connections.connect").timer().count()).isEqualTo(1);
		assertThat(this.connections.meters.get("support.connections.request").timer().count()).isEqualTo(3);
	}

	@Test
	void stoppedManagerRefusesAndStartsAgain() {
		this.manager = this.connections.tier(this.one.address()).manager();
		get("payments", "/");
		this.manager.start();
		assertThat(this.manager.isRunning()).isTrue();
		this.manager.stop();
		assertThat(this.manager.isRunning()).isFalse();
		assertThat(state(this.one.address()).idle()).isZero();
		StepVerifier.create(request("payments", "/"))
			.verifyErrorSatisfies((error) -> assertThat(error.getCause()).hasMessageContaining("are closed"));
		this.manager.start();
		assertThat(get("payments", "/")).isEqualTo("one");
	}

	@Test
	void closedManagerLeavesNoCircuitBreaker() {
		this.manager = this.connections.tier(this.one.address()).manager();
		assertThat(this.connections.breakers.getAllCircuitBreakers()).extracting(CircuitBreaker::getName)
			.containsExactly("support.payments." + this.one.address());
		this.manager.close();
		assertThat(this.connections.breakers.getAllCircuitBreakers()).isEmpty();
	}

	private CircuitBreaker breaker(String address) {
		return this.connections.breakers.circuitBreaker("support.payments." + address);
	}

	private ConnectionsSnapshot.AddressState state(String address) {
		return states().filter((state) -> state.address().equals(address)).findFirst().orElseThrow();
	}

	private Stream<ConnectionsSnapshot.AddressState> states() {
		ConnectionsSnapshot snapshot = (ConnectionsSnapshot) this.manager.snapshot();
		return snapshot.groups().get(0).tiers().stream().flatMap(List::stream);
	}

	private List<String> answers(int count) {
		return IntStream.range(0, count).mapToObj((i) -> get("payments", "/")).toList();
	}

	/*
	 * A caller may have its answer a moment before the connection is back in the pool.
	 */
	private String get(String name, String uri) {
		String answer = request(name, uri).block(TIMEOUT);
		await().pollInterval(Duration.ofMillis(1)).atMost(TIMEOUT).until(this::isEveryConnectionIdle);
		return answer;
	}

	/*
	 * Sockets are counted too: the pool counts a connection that is on its way back
	 * neither as active nor as idle.
	 */
	private boolean isEveryConnectionIdle() {
		int sockets = ((ConnectionsSnapshot) this.manager.snapshot()).groups().get(0).connections();
		return states().mapToInt(ConnectionsSnapshot.AddressState::active).sum() == 0
				&& sockets <= states().mapToInt(ConnectionsSnapshot.AddressState::idle).sum();
	}

	private Mono<String> request(String name, String uri) {
		try {
			return this.manager.httpClient(name).get().uri(uri).responseContent().aggregate().asString();
		}
		catch (NameNotFoundException ex) {
			return Mono.error(ex);
		}
	}

	/**
	 * Says that the request is on its way.
	 */
	private static final class SentLatch extends ChannelOutboundHandlerAdapter {

		private final CountDownLatch sent;

		SentLatch(CountDownLatch sent) {
			this.sent = sent;
		}

		@Override
		public void flush(ChannelHandlerContext ctx) {
			this.sent.countDown();
			ctx.flush();
		}

	}

	/**
	 * Knows peer.example and nothing else.
	 */
	private static final class TestResolverGroup extends AddressResolverGroup<InetSocketAddress> {

		@Override
		protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
			return new InetNameResolver(executor) {

				@Override
				protected void doResolve(String name, Promise<InetAddress> promise) throws Exception {
					if (name.equals("peer.example")) {
						promise.setSuccess(InetAddress.getByAddress(name, new byte[] { 127, 0, 0, 1 }));
					}
					else {
						promise.setFailure(new UnknownHostException(name));
					}
				}

				@Override
				protected void doResolveAll(String name, Promise<List<InetAddress>> promise) throws Exception {
					if (name.equals("peer.example")) {
						promise.setSuccess(List.of(InetAddress.getByAddress(name, new byte[] { 127, 0, 0, 1 })));
					}
					else {
						promise.setFailure(new UnknownHostException(name));
					}
				}

			}.asAddressResolver();
		}

	}

}
