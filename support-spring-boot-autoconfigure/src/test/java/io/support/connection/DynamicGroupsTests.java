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
import java.util.stream.IntStream;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.Meter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link DynamicGroups}: names that are in no configuration.
 */
@Timeout(60)
class DynamicGroupsTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final int MAXIMUM = 4;

	private final TestPeer one = TestPeer.answering("one");

	private final TestPeer two = TestPeer.answering("two");

	private final TestConnections connections = new TestConnections();

	private final TestSource source = new TestSource();

	private ConnectionManager manager;

	@BeforeEach
	void start() {
		this.connections.machines.bindTo(this.connections.meters);
		this.manager = this.connections.tier(this.one.address())
			.manager(new AddressSources(Map.of(), List.of(this.source), null,
					(name) -> this.connections.settings(name, List.of()), MAXIMUM));
	}

	@AfterEach
	void close() {
		this.manager.close();
		this.one.close();
		this.two.close();
	}

	@Test
	void nameThatASourceKnowsIsAGroup() throws Exception {
		assertThat(this.manager.knows("orders")).isFalse();
		assertThatExceptionOfType(NameNotFoundException.class).isThrownBy(() -> this.manager.httpClient("orders"));
		this.source.set("orders", this.two.address());
		assertThat(this.manager.knows("Orders")).isTrue();
		assertThat(answer("ORDERS")).isEqualTo("two");
		assertThat(this.two.requests()).containsExactly("GET orders /");
		assertThat(this.manager.group("orders").tiers()).containsExactly(List.of(Address.parse(this.two.address())));
		assertThat(this.manager.names()).containsExactly("pay", "payments");
		assertThat(this.manager.knows("pay")).isTrue();
		assertThat(this.manager.knows("not_a_name")).isFalse();
	}

	@Test
	void configuredGroupKeepsItsAddressesWhateverASourceKnows() {
		this.source.set("payments", this.two.address());
		assertThat(answer("payments")).isEqualTo("one");
		assertThat(this.source.subscribers("payments")).isZero();
	}

	@Test
	void nothingGrowsWithTheNumberOfNames() {
		int names = 300;
		IntStream.range(0, names).forEach((i) -> this.source.set("group" + i, this.two.address()));
		assertThat(answer("group0")).isEqualTo("two");
		int metersOfOne = metersOfGroups();
		for (int i = 1; i < names; i++) {
			this.connections.advance(Duration.ofMillis(1));
			assertThat(answer("group" + i)).isEqualTo("two");
			assertThat(metersOfGroups()).isLessThanOrEqualTo(MAXIMUM * metersOfOne);
			assertThat(this.connections.breakers.getAllCircuitBreakers()).hasSizeLessThanOrEqualTo(MAXIMUM + 1);
		}
		assertThat(gauge("support.connections.groups")).isEqualTo(MAXIMUM);
		assertThat(this.connections.meters.get("support.connections.groups.evicted").functionCounter().count())
			.isEqualTo(names - MAXIMUM);
		assertThat(this.connections.breakers.getAllCircuitBreakers()).extracting(CircuitBreaker::getName)
			.containsExactlyInAnyOrderElementsOf(expectedBreakers(names));
		assertThat(this.connections.meters.find("support.state.count").gauges()).extracting(Meter::getId)
			.extracting((id) -> id.getTag("machine"))
			.doesNotContain("group.group0")
			.contains("group.group" + (names - 1));
		assertThat(IntStream.range(0, names).map((i) -> this.source.subscribers("group" + i)).sum()).isEqualTo(MAXIMUM);
		assertThat(((ConnectionsSnapshot) this.manager.snapshot()).groups()).hasSize(MAXIMUM + 1);
	}

	private List<String> expectedBreakers(int names) {
		return IntStream.rangeClosed(0, MAXIMUM)
			.mapToObj((i) -> (i == 0) ? "support.payments." + this.one.address()
					: "support.group" + (names - i) + "." + this.two.address())
			.toList();
	}

	@Test
	void leastRecentlyUsedGroupMakesRoom() {
		for (String name : List.of("a", "b", "c", "d", "e")) {
			this.source.set(name, this.two.address());
		}
		for (String name : List.of("a", "b", "c", "d", "a", "e")) {
			this.connections.advance(Duration.ofMillis(1));
			answer(name);
		}
		assertThat(names()).containsExactly("payments", "a", "c", "d", "e");
	}

	@Test
	void rawConnectionOpensAGroupAndKeepsItOpenWhileInUse() {
		this.source.set("orders", this.two.address());
		ManagedConnection raw = this.manager.connect("orders").block(TIMEOUT);
		assertThat(raw).isNotNull();
		IntStream.range(0, MAXIMUM).forEach((i) -> answerOfAnother("group" + i));
		assertThat(names()).contains("orders").doesNotContain("group0");
		raw.close();
		await().untilAsserted(() -> assertThat(group("orders").connections()).isZero());
		answerOfAnother("another");
		assertThat(names()).doesNotContain("orders");
	}

	private void answerOfAnother(String name) {
		this.connections.advance(Duration.ofMillis(1));
		this.source.set(name, this.two.address());
		assertThat(answer(name)).isEqualTo("two");
	}

	@Test
	void clientsOfTheSameNameCountTheirSocketsTogether() throws Exception {
		this.source.set("orders", this.two.address());
		HttpClient first = this.manager.httpClient("orders");
		HttpClient second = this.manager.httpClient("orders");
		assertThat(answer(first)).isEqualTo("two");
		assertThat(answer(second)).isEqualTo("two");
		ManagedConnection raw = this.manager.connect("orders").block(TIMEOUT);
		assertThat(raw).isNotNull();
		int sockets = group("orders").connections();
		await().untilAsserted(() -> assertThat(this.two.connections()).isEqualTo(sockets));
		assertThat(gauge("support.connections.open")).isEqualTo(sockets);
		raw.close();
		await().untilAsserted(() -> assertThat(group("orders").connections()).isEqualTo(sockets - 1));
	}

	@Test
	void clientOfAGroupThatMadeRoomOpensItAgain() throws Exception {
		this.source.set("orders", this.two.address());
		HttpClient client = this.manager.httpClient("orders");
		assertThat(answer(client)).isEqualTo("two");
		IntStream.range(0, MAXIMUM).forEach((i) -> {
			this.source.set("group" + i, this.two.address());
			answer("group" + i);
		});
		assertThat(names()).doesNotContain("orders");
		assertThat(answer(client)).isEqualTo("two");
		assertThat(names()).contains("orders");
		// Another client of the same name, and the first one again.
		assertThat(answer("orders")).isEqualTo("two");
		assertThat(answer(client)).isEqualTo("two");
		assertThat(gauge("support.connections.groups")).isEqualTo(MAXIMUM);
	}

	@Test
	void groupsInUseMakeNoRoom() {
		List<Disposable> busy = IntStream.range(0, MAXIMUM).mapToObj((i) -> {
			this.source.set("group" + i, this.two.address());
			return request("group" + i, "/silent").subscribe();
		}).toList();
		await().until(() -> this.two.requests().size() == MAXIMUM);
		this.source.set("orders", this.two.address());
		StepVerifier.create(request("orders", "/"))
			.verifyErrorSatisfies((error) -> assertThat(error).isInstanceOf(TooManyGroupsException.class)
				.hasMessageContaining("support.connections.max-dynamic-groups, was: " + MAXIMUM));
		assertThat(this.connections.meters.get("support.connections.groups.refused").functionCounter().count())
			.isEqualTo(1);
		busy.get(2).dispose();
		await().untilAsserted(() -> assertThat(answer("orders")).isEqualTo("two"));
		assertThat(names()).containsExactly("payments", "group0", "group1", "group3", "orders");
		busy.forEach(Disposable::dispose);
	}

	@Test
	void nothingFailsWhenManyNamesShareFewPlaces() {
		IntStream.range(0, 20).forEach((i) -> this.source.set("group" + i, this.two.address()));
		List<String> answers = Flux.range(0, 2000)
			.concatMap((i) -> request("group" + (i % 20), "/"))
			.collectList()
			.block(TIMEOUT.multipliedBy(2));
		assertThat(answers).hasSize(2000).containsOnly("two");
		assertThat(gauge("support.connections.groups")).isEqualTo(MAXIMUM);
	}

	@Test
	void stoppedManagerClosesThemAndStartedOneOpensThemAgain() {
		this.source.set("orders", this.two.address());
		assertThat(answer("orders")).isEqualTo("two");
		this.manager.stop();
		assertThat(names()).containsExactly("payments");
		StepVerifier.create(request("orders", "/")).verifyErrorMessage("The connections of group 'orders' are closed");
		this.manager.start();
		assertThat(answer("orders")).isEqualTo("two");
	}

	private String answer(String name) {
		return request(name, "/").block(TIMEOUT);
	}

	private String answer(HttpClient client) {
		return client.get().uri("/").responseContent().aggregate().asString().block(TIMEOUT);
	}

	private Mono<String> request(String name, String uri) {
		return Mono.defer(() -> {
			try {
				return this.manager.httpClient(name).get().uri(uri).responseContent().aggregate().asString();
			}
			catch (NameNotFoundException ex) {
				return Mono.error(ex);
			}
		});
	}

	private List<String> names() {
		return ((ConnectionsSnapshot) this.manager.snapshot()).groups()
			.stream()
			.map(ConnectionsSnapshot.GroupState::name)
			.toList();
	}

	private ConnectionsSnapshot.GroupState group(String name) {
		return ((ConnectionsSnapshot) this.manager.snapshot()).groups()
			.stream()
			.filter((group) -> group.name().equals(name))
			.findFirst()
			.orElseThrow();
	}

	private double gauge(String name) {
		return this.connections.meters.get(name).gauge().value();
	}

	private int metersOfGroups() {
		return (int) this.connections.meters.getMeters().stream().map(Meter::getId).filter((id) -> {
			String group = id.getTag("group");
			String machine = id.getTag("machine");
			return (group != null && group.startsWith("group"))
					|| (machine != null && machine.startsWith("group.group"));
		}).count();
	}

}
