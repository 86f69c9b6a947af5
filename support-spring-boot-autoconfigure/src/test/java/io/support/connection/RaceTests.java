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
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Timer;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.timeout.ReadTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.PrematureCloseException;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Race}: requests at several addresses at the same time, on real
 * sockets.
 */
@Timeout(60)
class RaceTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final Duration SOON = Duration.ofMillis(20);

	private static final Duration NEVER = Duration.ofMinutes(10);

	private final TestPeer one = TestPeer.answering("one");

	private final TestPeer mute = TestPeer.mute();

	private final TestConnections connections = new TestConnections();

	private ConnectionManager manager;

	@AfterEach
	void close() {
		this.manager.close();
		this.one.close();
		this.mute.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "HEAD", "DELETE" })
	void muteAddressIsOvertaken(String method) {
		this.manager = this.connections.tier(this.mute.address()).tier(this.one.address()).hedge(SOON).manager();
		StepVerifier.create(request(HttpMethod.valueOf(method)))
			.expectNextCount(method.equals("HEAD") ? 0 : 1)
			.expectComplete()
			.verify(TIMEOUT);
		assertThat(state(this.mute).attempts()).isEqualTo(1);
		assertThat(this.one.requests()).hasSize(1);
		assertThat(hedges(this.one)).isEqualTo(1);
		assertThat(hedges(this.mute)).isZero();
	}

	@Test
	void slowAddressIsOvertaken() {
		try (TestPeer slow = TestPeer.slow("slow", () -> Duration.ofSeconds(10))) {
			this.manager = this.connections.tier(slow.address()).tier(this.one.address()).hedge(SOON).manager();
			StepVerifier.create(request(HttpMethod.GET)).expectNext("one").expectComplete().verify(TIMEOUT);
		}
	}

	@Test
	void connectionOfTheLoserIsClosedAndThatOfTheWinnerKept() {
		this.manager = this.connections.tier(this.mute.address()).tier(this.one.address()).hedge(SOON).manager();
		for (int i = 0; i < 10; i++) {
			assertThat(request(HttpMethod.GET).block(TIMEOUT)).isEqualTo("one");
		}
		await().atMost(TIMEOUT).untilAsserted(() -> {
			assertThat(this.mute.openConnections()).isZero();
			assertThat(state(this.mute)).extracting("active", "idle").containsExactly(0, 0);
			assertThat(state(this.one)).extracting("active", "idle").containsExactly(0, 1);
			assertThat(group().connections()).isEqualTo(1);
		});
		assertThat(this.mute.connections()).isEqualTo(10);
		assertThat(this.one.openConnections()).isEqualTo(1);
	}

	@Test
	void loserHasATimerOfItsOwn() {
		this.manager = this.connections.tier(this.mute.address()).tier(this.one.address()).hedge(SOON).manager();
		request(HttpMethod.GET).block(TIMEOUT);
		assertThat(timer("support.connections.overtaken", this.mute).count()).isEqualTo(1);
		assertThat(timer("support.connections.overtaken", this.one).count()).isZero();
		assertThat(timer("support.connections.request", this.mute).count()).isZero();
		assertThat(timer("support.connections.request", this.one).count()).isEqualTo(1);
		assertThat(state(this.mute)).extracting("state", "failures").containsExactly("up", 0L);
	}

	@Test
	void nobodyElseIsAskedWhenTheFirstAnswersSoon() {
		this.manager = this.connections.tier(this.one.address()).tier(this.mute.address()).hedge(NEVER).manager();
		assertThat(request(HttpMethod.GET).block(TIMEOUT)).isEqualTo("one");
		assertThat(this.mute.requests()).isEmpty();
		assertThat(group().retryBudget().left()).isEqualTo(100);
	}

	@Test
	void nextOneBeginsAtOnceWhenTheFirstFails() throws IOException {
		this.manager = this.connections.tier(TestPeer.deadAddress()).tier(this.one.address()).hedge(NEVER).manager();
		assertThat(request(HttpMethod.GET).block(TIMEOUT)).isEqualTo("one");
		assertThat(state(this.one)).extracting("retries", "hedges").containsExactly(1L, 0L);
	}

	@Test
	void nextOneBeginsAtOnceWhenAHedgeFails() throws IOException {
		this.manager = this.connections.tier(this.mute.address())
			.tier(TestPeer.deadAddress())
			.tier(this.one.address())
			.hedge(SOON, NEVER)
			.manager();
		assertThat(request(HttpMethod.GET).block(TIMEOUT)).isEqualTo("one");
	}

	@Test
	void everyAddressIsAskedOnceWhenItIsItsTurn() {
		try (TestPeer two = TestPeer.mute(); TestPeer three = TestPeer.mute()) {
			this.manager = this.connections.tier(this.mute.address(), two.address(), three.address())
				.tier(this.one.address())
				.maxConnectRetries(0)
				.hedge(SOON, SOON.multipliedBy(2), SOON.multipliedBy(3))
				.manager();
			assertThat(request(HttpMethod.GET).block(TIMEOUT)).isEqualTo("one");
			assertThat(states()).extracting(ConnectionsSnapshot.AddressState::attempts).containsOnly(1L);
		}
	}

	@Test
	void noMoreAreAskedThanThereAreDelays() {
		try (TestPeer two = TestPeer.mute()) {
			this.manager = this.connections.tier(this.mute.address())
				.tier(two.address())
				.tier(this.one.address())
				.responseTimeout(Duration.ofMillis(300))
				.hedge(SOON)
				.manager();
			assertThat(request(HttpMethod.GET).block(TIMEOUT)).isEqualTo("one");
			assertThat(state(two)).extracting("retries", "hedges").containsExactly(0L, 1L);
			// Asked when the first had been silent for too long.
			assertThat(state(this.one)).extracting("retries", "hedges").containsExactly(1L, 0L);
		}
	}

	@Test
	void secondSilenceDoesNotTakeAwayTheTurnOfTheNext() {
		try (TestPeer two = TestPeer.mute(); FullPeer full = FullPeer.open()) {
			this.manager = this.connections.tier(this.mute.address())
				.tier(two.address())
				.tier(full.address())
				.tier(this.one.address())
				.responseTimeout(Duration.ofMillis(300))
				.connectTimeout(Duration.ofMillis(600))
				.hedge(SOON)
				.manager();
			// The third is still being connected to when the second times out.
			assertThat(request(HttpMethod.GET).block(TIMEOUT)).isEqualTo("one");
		}
	}

	@Test
	void failureOfAllHasEveryCause() throws IOException {
		String dead = TestPeer.deadAddress();
		this.manager = this.connections.tier(this.mute.address())
			.tier(dead)
			.responseTimeout(Duration.ofMillis(300))
			.hedge(SOON)
			.manager();
		StepVerifier.create(request(HttpMethod.GET))
			.verifyErrorSatisfies((failure) -> assertThat(((MultiConnectException) failure).causes())
				.hasEntrySatisfying(Address.parse(dead),
						(cause) -> assertThat(cause).isInstanceOf(ConnectException.class))
				.hasEntrySatisfying(Address.parse(this.mute.address()),
						(cause) -> assertThat(cause).isInstanceOf(ReadTimeoutException.class)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "PATCH" })
	void whatIsNotIdempotentIsNotHedged(String method) {
		this.manager = this.connections.tier(this.mute.address())
			.tier(this.one.address())
			.responseTimeout(Duration.ofMillis(300))
			.hedge(SOON)
			.manager();
		StepVerifier.create(request(HttpMethod.valueOf(method))).verifyError(ReadTimeoutException.class);
		assertThat(this.mute.requests()).hasSize(1);
		assertThat(this.one.requests()).isEmpty();
		assertThat(group().retryBudget()).isEqualTo(new ConnectionsSnapshot.BudgetState(100, 0));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void postThatWasCutIsNotRepeated(boolean reset) {
		try (TestPeer cutting = TestPeer.cutting(reset)) {
			this.manager = this.connections.tier(cutting.address()).tier(this.one.address()).hedge(SOON).manager();
			StepVerifier.create(request(HttpMethod.POST))
				.verifyErrorSatisfies((error) -> assertThat(error).isInstanceOf(IOException.class)
					.isNotInstanceOf(MultiConnectException.class));
			assertThat(this.one.requests()).isEmpty();
		}
	}

	@Test
	void postGoesToTheNextAddressWhenItCouldNotConnect() throws IOException {
		this.manager = this.connections.tier(TestPeer.deadAddress()).tier(this.one.address()).hedge(SOON).manager();
		assertThat(request(HttpMethod.POST).block(TIMEOUT)).isEqualTo("one");
	}

	@Test
	void bodyOfUnknownKindIsNotHedged() throws NameNotFoundException {
		this.manager = this.connections.tier(this.mute.address())
			.tier(this.one.address())
			.responseTimeout(Duration.ofMillis(300))
			.hedge(SOON)
			.manager();
		StepVerifier
			.create(this.manager.httpClient("payments")
				.put()
				.uri("/")
				.send(ByteBufFlux.fromString(Mono.just("body")))
				.response())
			.verifyError(ReadTimeoutException.class);
		assertThat(this.one.requests()).isEmpty();
	}

	@Test
	void nothingIsHedgedWithoutBudget() {
		this.manager = this.connections.tier(this.mute.address())
			.tier(this.one.address())
			.responseTimeout(Duration.ofMillis(300))
			.retryBudget(0, 0)
			.hedge(SOON, SOON.multipliedBy(2))
			.manager();
		StepVerifier.create(request(HttpMethod.GET))
			.verifyErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(MultiConnectException.class)
				.hasCauseInstanceOf(ReadTimeoutException.class)
				.hasMessageContaining("the retry budget is spent"));
		assertThat(this.one.requests()).isEmpty();
		// Two hedges and a retry.
		assertThat(group().retryBudget().exhausted()).isEqualTo(3);
	}

	@Test
	void callerThatGivesUpCancelsAll() {
		try (TestPeer two = TestPeer.mute()) {
			this.manager = this.connections.tier(this.mute.address()).tier(two.address()).hedge(SOON).manager();
			Disposable call = request(HttpMethod.GET).subscribe();
			await().atMost(TIMEOUT).until(() -> this.mute.requests().size() + two.requests().size() == 2);
			call.dispose();
			await().atMost(TIMEOUT).untilAsserted(() -> {
				assertThat(this.mute.openConnections() + two.openConnections()).isZero();
				assertThat(group().connections()).isZero();
			});
			assertThat(timer("support.connections.overtaken", this.mute).count()).isZero();
		}
	}

	@Test
	void everyAddressMarkedDownIsToldAsWithoutHedging() {
		this.manager = this.connections.tier(this.one.address()).hedge(SOON).manager();
		this.connections.breakers.circuitBreaker("support.payments." + this.one.address())
			.transitionToForcedOpenState();
		StepVerifier.create(request(HttpMethod.GET)).verifyError(MarkedDownException.class);
	}

	@Test
	void onlyAddressThatCutsIsToldAsWithoutHedging() {
		try (TestPeer cutting = TestPeer.cutting(false)) {
			this.manager = this.connections.tier(cutting.address()).hedge(SOON).manager();
			StepVerifier.create(request(HttpMethod.GET))
				.verifyErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(MultiConnectException.class)
					.hasCauseInstanceOf(PrematureCloseException.class));
		}
	}

	/*
	 * As close as it gets: the first answers when the second has just been asked, or has
	 * just answered.
	 */
	@Test
	void noConnectionIsLostInAPhotoFinish() {
		try (TestPeer two = TestPeer.slow("two", () -> Duration.ofMillis(10));
				TestPeer three = TestPeer.slow("three", () -> Duration.ofMillis(5))) {
			this.manager = this.connections.tier(two.address())
				.tier(three.address(), this.one.address())
				.maxConnections(1000)
				.retryBudget(100, 0)
				.hedge(Duration.ofMillis(5), Duration.ofMillis(10))
				.manager();
			StepVerifier.create(
					Flux.range(0, 1000).flatMap((i) -> request(HttpMethod.GET), 16).filter((body) -> !body.isEmpty()))
				.expectNextCount(1000)
				.expectComplete()
				.verify(TIMEOUT);
			await().atMost(TIMEOUT).untilAsserted(() -> {
				assertThat(states()).extracting(ConnectionsSnapshot.AddressState::active).containsOnly(0);
				assertThat(group().connections())
					.isEqualTo(states().mapToInt(ConnectionsSnapshot.AddressState::idle).sum());
				assertThat(two.openConnections() + three.openConnections() + this.one.openConnections())
					.isEqualTo(group().connections());
			});
			assertThat(states().mapToLong(ConnectionsSnapshot.AddressState::hedges).sum()).isPositive();
			assertThat(timer("support.connections.overtaken", two).count()).isPositive();
		}
	}

	private double hedges(TestPeer peer) {
		return this.connections.meters.get("support.connections.hedges")
			.tags("group", "payments", "address", peer.address())
			.functionCounter()
			.count();
	}

	private Timer timer(String name, TestPeer peer) {
		return this.connections.meters.get(name).tags("group", "payments", "address", peer.address()).timer();
	}

	private ConnectionsSnapshot.AddressState state(TestPeer peer) {
		return states().filter((state) -> state.address().equals(peer.address())).findFirst().orElseThrow();
	}

	private Stream<ConnectionsSnapshot.AddressState> states() {
		return group().tiers().stream().flatMap(List::stream);
	}

	private ConnectionsSnapshot.GroupState group() {
		return ((ConnectionsSnapshot) this.manager.snapshot()).groups().get(0);
	}

	private Mono<String> request(HttpMethod method) {
		try {
			return this.manager.httpClient("payments")
				.request(method)
				.uri("/")
				.responseContent()
				.aggregate()
				.asString();
		}
		catch (NameNotFoundException ex) {
			return Mono.error(ex);
		}
	}

}
