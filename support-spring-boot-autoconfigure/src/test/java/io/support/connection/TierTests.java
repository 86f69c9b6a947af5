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
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.support.stats.StateMachineSnapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Tier}: addresses that answer much later than the others, on real
 * sockets.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class TierTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final Duration INTERVAL = Duration.ofSeconds(10);

	private final AtomicReference<Duration> delay = new AtomicReference<>(Duration.ofMillis(100));

	private final TestPeer slow = TestPeer.slow("slow", this.delay::get);

	private final TestPeer quick = TestPeer.answering("quick");

	private final TestConnections connections = new TestConnections().running().outlier(20, Duration.ofMillis(50));

	private ConnectionManager manager;

	@AfterEach
	void close() {
		this.manager.close();
		this.slow.close();
		this.quick.close();
	}

	@Test
	void slowAddressIsLeftOutAndComesBack(CapturedOutput output) {
		this.manager = this.connections.tier(this.slow.address(), this.quick.address()).manager();
		leaveOut();
		assertThat(answers(50)).containsOnly("quick");
		ConnectionsSnapshot.AddressState left = state(this.slow);
		assertThat(left.state()).isEqualTo("slow");
		assertThat(left.slowUntil()).isNotNull();
		assertThat(Duration.ofNanos(left.medianNanos())).isBetween(Duration.ofMillis(90), Duration.ofSeconds(5));
		assertThat(state(this.quick)).extracting("state", "slowUntil").containsExactly("up", null);
		assertThat(outliers(this.slow)).isEqualTo(1);
		assertThat(outliers(this.quick)).isZero();
		assertThat(this.connections.events.recent("support.markdown"))
			.extracting((event) -> event.outcome(), (event) -> event.attributes().get("address"),
					(event) -> event.attributes().get("reason"))
			.containsExactly(tuple("failure", this.slow.address(), "latency"));
		assertThat(output)
			.contains("payments: " + this.slow.address() + " is left out for 30000 ms: half of its answers take ");

		this.delay.set(Duration.ZERO);
		this.connections.advance(Duration.ofSeconds(31));
		assertThat(answers(50)).contains("quick", "slow");
		assertThat(state(this.slow)).extracting("state", "slowUntil").containsExactly("up", null);
		assertThat(output).contains("payments: " + this.slow.address() + " is not left out any more");
		assertThat(group().health().steps())
			.extracting(StateMachineSnapshot.Step::from, StateMachineSnapshot.Step::to,
					StateMachineSnapshot.Step::count)
			.containsExactlyInAnyOrder(tuple("UP", "SLOW", 1L), tuple("SLOW", "UP", 1L));
	}

	@Test
	void addressThatIsLeftOutServesWhenNoOtherCan() {
		this.manager = this.connections.tier(this.slow.address(), this.quick.address()).manager();
		leaveOut();
		this.quick.close();
		assertThat(answers(20)).containsOnly("slow");
		assertThat(state(this.slow).state()).isEqualTo("slow");
		assertThat(state(this.quick).state()).isEqualTo("down");
	}

	@Test
	void addressesOfOtherTiersAreNotCompared() {
		this.manager = this.connections.tier(this.slow.address()).tier(this.quick.address()).manager();
		leaveOut();
		assertThat(answers(10)).containsOnly("slow");
	}

	@Test
	void quickRefusalsDoNotMakeTheOthersSlow() {
		try (TestPeer refusing = TestPeer.refusing(500)) {
			this.manager = this.connections.tier(this.slow.address(), refusing.address()).manager();
			leaveOut();
			assertThat(answers(50)).contains("slow");
			assertThat(state(this.slow).state()).isEqualTo("up");
		}
	}

	@Test
	void addressThatIsOvertakenIsLeftOut() {
		try (TestPeer mute = TestPeer.mute()) {
			this.manager = this.connections.tier(mute.address(), this.quick.address())
				.retryBudget(100, 0)
				.hedge(Duration.ofMillis(60))
				.manager();
			leaveOut();
			long before = state(mute).attempts();
			assertThat(answers(50)).containsOnly("quick");
			assertThat(state(mute).attempts()).isEqualTo(before);
			assertThat(state(mute).state()).isEqualTo("slow");
		}
	}

	@Test
	void addressThatSaysNothingIsLeftOutAtOnce(CapturedOutput output) {
		try (TestPeer mute = TestPeer.mute(); TestPeer other = TestPeer.answering("other")) {
			this.manager = this.connections.tier(mute.address(), this.quick.address(), other.address())
				.hedge(Duration.ofMillis(60))
				.manager();
			Flux.range(0, 10_000)
				.concatMap((i) -> request())
				.takeUntil((answer) -> state(mute).state().equals("slow"))
				.blockLast(TIMEOUT);
			assertThat(state(mute)).extracting("state", "attempts", "failures").containsExactly("slow", 5L, 0L);
			assertThat(output).contains("payments: " + mute.address()
					+ " is left out for 30000 ms: others were faster 5 times in a row, and it has said nothing for ");
			assertThat(answers(50)).doesNotContain("");
			assertThat(state(mute).attempts()).isEqualTo(5);
		}
	}

	@Test
	void comparisonGoesOnWhenAddressesChange() {
		TestSource source = new TestSource().knowing("payments");
		try (TestPeer other = TestPeer.answering("other")) {
			this.manager = this.connections
				.manager(new AddressSources(Map.of(), List.of(source), null, (name) -> null, 0));
			source.set("payments", this.slow.address() + "," + this.quick.address());
			answers(100);
			source.set("payments", this.slow.address() + "," + this.quick.address() + ";weight=2," + other.address());
			this.connections.advance(INTERVAL);
			answers(200);
			this.connections.advance(INTERVAL);
			answers(1);
			assertThat(state(this.slow).state()).isEqualTo("slow");

			source.set("payments", this.slow.address(), this.quick.address());
			assertThat(answers(5)).as("it is the only one of its tier").containsOnly("slow");
			source.set("payments", this.slow.address() + "," + this.quick.address());
			assertThat(answers(20)).as("it is still left out").containsOnly("quick");

			source.set("payments", this.quick.address());
			await().atMost(TIMEOUT).untilAsserted(() -> {
				assertThat(group().leaving()).isZero();
				assertThat(this.connections.meters.find("support.connections.outliers").counters()).hasSize(1);
			});
			source.set("payments", this.slow.address() + "," + this.quick.address());
			assertThat(state(this.slow)).extracting("state", "attempts", "medianNanos").containsExactly("up", 0L, null);
			assertThat(answers(50)).as("nothing is known of it any more").contains("slow", "quick");
		}
	}

	/*
	 * Two intervals with enough answers, and the beginning of a third.
	 */
	private void leaveOut() {
		answers(100);
		this.connections.advance(INTERVAL);
		answers(100);
		this.connections.advance(INTERVAL);
		answers(1);
	}

	private List<String> answers(int count) {
		return Flux.range(0, count).flatMap((i) -> request(), 25).collectList().block(TIMEOUT);
	}

	private double outliers(TestPeer peer) {
		return this.connections.meters.get("support.connections.outliers")
			.tags("group", "payments", "address", peer.address())
			.counter()
			.count();
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

	private Mono<String> request() {
		try {
			return this.manager.httpClient("payments")
				.get()
				.uri("/")
				.responseContent()
				.aggregate()
				.asString()
				.defaultIfEmpty("");
		}
		catch (NameNotFoundException ex) {
			return Mono.error(ex);
		}
	}

}
