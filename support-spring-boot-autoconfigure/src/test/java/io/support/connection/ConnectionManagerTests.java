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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.test.StepVerifier;

import io.support.event.Operations;
import io.support.stats.StateMachines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link ConnectionManager}, on real sockets.
 */
@Timeout(60)
class ConnectionManagerTests extends AbstractGroupTests {

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

}
