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
import java.time.Instant;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.test.StepVerifier;

import io.support.stats.StateMachineSnapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the markdown of addresses that fail, on real sockets.
 */
@Timeout(60)
class MarkdownTests extends AbstractGroupTests {

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
	void nothingIsTriedWhenEveryAddressIsForcedDown() {
		this.manager = this.connections.tier(this.one.address()).manager();
		breaker(this.one.address()).transitionToForcedOpenState();
		StepVerifier.create(request("payments", "/")).verifyError(MarkedDownException.class);
		assertThat(this.one.connections()).isZero();
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
	void closedManagerLeavesNoCircuitBreaker() {
		this.manager = this.connections.tier(this.one.address()).manager();
		assertThat(this.connections.breakers.getAllCircuitBreakers()).extracting(CircuitBreaker::getName)
			.containsExactly("support.payments." + this.one.address());
		this.manager.close();
		assertThat(this.connections.breakers.getAllCircuitBreakers()).isEmpty();
	}

}
