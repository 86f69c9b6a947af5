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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.FunctionCounter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the retry budget of a group, on real sockets.
 */
@Timeout(60)
class GroupBudgetTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final TestPeer one = TestPeer.answering("one");

	private final TestConnections connections = new TestConnections();

	private ConnectionManager manager;

	@AfterEach
	void close() {
		this.manager.close();
		this.one.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void outageMultipliesNothing(boolean hedged) {
		if (hedged) {
			this.connections.hedge(Duration.ofSeconds(30));
		}
		try (TestPeer first = TestPeer.cutting(false); TestPeer second = TestPeer.cutting(true)) {
			this.manager = this.connections.tier(first.address(), second.address())
				.markdown(false, 1)
				.retryBudget(0.2, 0)
				.manager();
			List<Throwable> failures = new ArrayList<>();
			for (int i = 0; i < 200; i++) {
				request().onErrorResume((failure) -> {
					failures.add(failure);
					return Mono.empty();
				}).block(TIMEOUT);
			}
			assertThat(first.requests().size() + second.requests().size()).isEqualTo(240);
			assertThat(failures).hasSize(200)
				.allSatisfy((failure) -> assertThat(failure).isInstanceOf(MultiConnectException.class));
			assertThat(failures).filteredOn((failure) -> ((MultiConnectException) failure).causes().size() == 1)
				.hasSize(160)
				.allSatisfy((failure) -> assertThat(failure).hasMessageContaining("retry budget is spent")
					.hasMessageContaining("support.connections.groups.payments.retry-budget"));
			assertThat(retries()).isEqualTo(40);
			// Before it is known that they fail always, a few would be asked once more.
			assertThat(counter("support.connections.budget.exhausted")).isBetween(160.0, 163.0);
			assertThat(budget().left()).isZero();
		}
	}

	@Test
	void healthyGroupFailsOver() throws IOException {
		this.manager = this.connections.tier(TestPeer.deadAddress(), this.one.address()).markdown(false, 1).manager();
		for (int i = 0; i < 100; i++) {
			StepVerifier.create(request()).expectNext("one").expectComplete().verify(TIMEOUT);
		}
		assertThat(retries()).isBetween(20.0, 80.0);
		assertThat(counter("support.connections.budget.exhausted")).isZero();
		assertThat(this.connections.meters.get("support.connections.budget.left").gauge().value())
			.isEqualTo(100 + 100 * 0.2 - retries());
		assertThat(budget().left()).isEqualTo((long) (120 - retries()));
	}

	@Test
	void nextTierIsPaidForToo() throws IOException {
		this.manager = this.connections.tier(TestPeer.deadAddress())
			.tier(this.one.address())
			.markdown(false, 1)
			.retryBudget(0, 1)
			.manager();
		for (int i = 0; i < 10; i++) {
			StepVerifier.create(request()).expectNext("one").expectComplete().verify(TIMEOUT);
		}
		StepVerifier.create(request()).verifyError(MultiConnectException.class);
		this.connections.advance(Duration.ofSeconds(1));
		StepVerifier.create(request()).expectNext("one").expectComplete().verify(TIMEOUT);
		StepVerifier.create(request()).verifyError(MultiConnectException.class);
	}

	@Test
	void skippingWhatIsMarkedDownIsFree() throws IOException {
		String dead = TestPeer.deadAddress();
		this.manager = this.connections.tier(dead).tier(this.one.address()).retryBudget(0, 0).manager();
		StepVerifier.create(request()).verifyError(MultiConnectException.class);
		for (int i = 0; i < 10; i++) {
			StepVerifier.create(request()).expectNext("one").expectComplete().verify(TIMEOUT);
		}
		assertThat(retries()).isZero();
		assertThat(counter("support.connections.budget.exhausted")).isEqualTo(1);
	}

	@Test
	void whatHasNoOtherAddressSpendsNothing() throws IOException {
		this.manager = this.connections.tier(TestPeer.deadAddress()).retryBudget(0, 1).manager();
		StepVerifier.create(request())
			.verifyErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(MultiConnectException.class)
				.hasMessageNotContaining("budget"));
		assertThat(budget()).isEqualTo(new ConnectionsSnapshot.BudgetState(10, 0));
	}

	@Test
	void tokenIsGivenBackWhereAllOthersAreMarkedDown() throws IOException {
		this.manager = this.connections.tier(TestPeer.deadAddress())
			.tier(this.one.address())
			.markdown(false, 1)
			.retryBudget(0, 1)
			.manager();
		this.connections.breakers.circuitBreaker("support.payments." + this.one.address())
			.transitionToForcedOpenState();
		StepVerifier.create(request()).verifyError(MultiConnectException.class);
		assertThat(budget().left()).isEqualTo(10);
		assertThat(retries()).isZero();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void rawConnectionsArePaidForAndNeverHedged(boolean hedged) throws IOException {
		if (hedged) {
			this.connections.hedge(Duration.ofMillis(1));
		}
		this.manager = this.connections.tier(TestPeer.deadAddress())
			.tier(this.one.address())
			.markdown(false, 1)
			.retryBudget(0, 1)
			.manager();
		for (int i = 0; i < 10; i++) {
			connect().block(TIMEOUT).close();
		}
		assertThat(retries()).isEqualTo(10);
		assertThat(budget()).isEqualTo(new ConnectionsSnapshot.BudgetState(0, 0));
		StepVerifier.create(connect())
			.verifyErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(MultiConnectException.class)
				.hasMessageContaining("the retry budget is spent"));
		assertThat(this.connections.meters.get("support.connections.hedges").functionCounters())
			.allSatisfy((counter) -> assertThat(counter.count()).isZero());
	}

	@Test
	void groupThatIsClosedLeavesNoMeters() {
		TestSource source = new TestSource().knowing("payments");
		this.manager = this.connections.manager(new AddressSources(Map.of(), List.of(source), null,
				(name) -> this.connections.settings(name, List.of()), 1));
		source.set("other", this.one.address());
		StepVerifier.create(request("other")).expectNext("one").expectComplete().verify(TIMEOUT);
		assertThat(this.connections.meters.find("support.connections.budget.left").tag("group", "other").gauge())
			.isNotNull();
		this.manager.close();
		assertThat(this.connections.meters.find("support.connections.budget.left").tag("group", "other").gauge())
			.isNull();
	}

	private Mono<ManagedConnection> connect() {
		return this.manager.connect("payments");
	}

	private double retries() {
		return this.connections.meters.get("support.connections.retries")
			.functionCounters()
			.stream()
			.mapToDouble(FunctionCounter::count)
			.sum();
	}

	private double counter(String name) {
		return this.connections.meters.get(name).functionCounter().count();
	}

	private ConnectionsSnapshot.BudgetState budget() {
		return ((ConnectionsSnapshot) this.manager.snapshot()).groups().get(0).retryBudget();
	}

	private Mono<String> request() {
		return request("payments");
	}

	private Mono<String> request(String name) {
		try {
			return this.manager.httpClient(name).get().uri("/").responseContent().aggregate().asString();
		}
		catch (NameNotFoundException ex) {
			return Mono.error(ex);
		}
	}

}
