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
import java.util.stream.Stream;

import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import io.support.connection.dns.DnsSettings;
import io.support.connection.dns.TestDnsServer;
import io.support.event.Event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for groups whose addresses are names: of hosts and of services.
 */
@Timeout(60)
class DnsGroupsTests {

	private static final String HOST = "orders.example";

	private static final String SERVICE = "_http._tcp.orders.example";

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final TestPeer one = TestPeer.answering("one", "127.0.0.1", 0);

	private final TestPeer two = TestPeer.answering("two", "127.0.0.2", this.one.port());

	private final TestDnsServer dns = new TestDnsServer();

	private final TestConnections connections = new TestConnections().maxConnections(1000);

	private ConnectionManager manager;

	@AfterEach
	void close() {
		this.manager.close();
		this.one.close();
		this.two.close();
		this.dns.close();
	}

	@Test
	void hostStandsForAllOfItsAddresses() {
		this.dns.host(HOST, 60, "127.0.0.1", "127.0.0.2");
		this.manager = this.connections.tier(HOST + ":" + this.one.port() + ";weight=3").manager(sources());
		this.manager.start();
		await().until(() -> addresses().equals(List.of(this.one.address(), this.two.address())));
		assertThat(answers(40)).contains("one", "two");
		assertThat(this.one.requests()).containsOnly("GET payments /");
		assertThat(states()).allSatisfy((state) -> assertThat(state.weight()).isEqualTo(3));
		assertThat(this.connections.meters.get("support.connections.request")
			.tag("address", this.two.address())
			.timer()
			.count()).isEqualTo(this.two.requests().size());
		await().untilAsserted(() -> assertThat(this.connections.meters.get("support.connections.dns")
			.tags("group", "payments", "address", HOST)
			.timer()
			.count()).isEqualTo(1));
		assertThat(this.connections.events.recent("support.dns")).extracting(Event::outcome).containsOnly("success");
	}

	@Test
	void otherFamilyOfAddressesIsATierBelow() {
		this.dns.host(HOST, 60, "127.0.0.1", "127.0.0.2", "::1");
		this.manager = this.connections.tier(HOST + ":" + this.one.port()).manager(sources());
		this.manager.start();
		await().until(() -> this.connections.meters.get("support.connections.dns").timer().count() == 1);
		await().until(() -> addresses().contains(this.two.address()));
		List<List<String>> tiers = group().tiers()
			.stream()
			.map((tier) -> tier.stream().map(ConnectionsSnapshot.AddressState::address).toList())
			.toList();
		assertThat(tiers.get(0)).containsExactly(this.one.address(), this.two.address());
		// Where the machine has no address of the other family, DNS is not asked for any.
		assertThat(tiers.subList(1, tiers.size())).isIn(List.of(), List.of(List.of("[::1]:" + this.one.port())));
		assertThat(tiers).hasSize((this.dns.queries(HOST, DnsRecordType.AAAA) > 0) ? 2 : 1);
	}

	@Test
	void eachAddressOfAHostHasAMarkdownOfItsOwn() {
		this.dns.host(HOST, 60, "127.0.0.1", "127.0.0.2");
		this.manager = this.connections.tier(HOST + ":" + this.one.port()).manager(sources());
		this.manager.start();
		await().until(() -> addresses().size() == 2);
		this.two.close();
		assertThat(answers(40)).containsOnly("one");
		assertThat(states()).extracting(ConnectionsSnapshot.AddressState::state).containsExactly("up", "down");
	}

	@Test
	void aHundredRequestsWaitForOneQuery() {
		this.dns.host(HOST, 60, "127.0.0.1");
		this.dns.hold();
		this.manager = this.connections.tier(HOST + ":" + this.one.port()).manager(sources());
		Mono<List<String>> answers = Flux.range(0, 100).flatMap((i) -> request(), 100).collectList().cache();
		answers.subscribe();
		await().until(() -> states().mapToLong(ConnectionsSnapshot.AddressState::attempts).sum() == 100);
		await().until(() -> this.dns.queries(HOST, DnsRecordType.A) == 1);
		this.dns.release();
		assertThat(answers.block(TIMEOUT)).hasSize(100).containsOnly("one");
		assertThat(this.dns.queries(HOST, DnsRecordType.A)).isEqualTo(1);
		await().until(() -> addresses().equals(List.of(this.one.address())));
		await().untilAsserted(() -> assertThat(group().leaving()).isZero());
		assertThat(answers(5)).containsOnly("one");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void nothingFailsWhenDnsFailsAfterItHasAnswered(boolean mute) {
		this.dns.host(HOST, 1, "127.0.0.1");
		this.manager = this.connections.tier(HOST + ":" + this.one.port()).manager(sources());
		assertThat(answers(1)).containsOnly("one");
		if (mute) {
			this.dns.mute();
		}
		else {
			this.dns.fail(DnsResponseCode.SERVFAIL);
		}
		String reason = mute ? "timeout" : "server";
		await().atMost(TIMEOUT).until(() -> {
			assertThat(answers(1)).containsOnly("one");
			return failures(reason) >= 2;
		});
		assertThat(addresses()).containsExactly(this.one.address());
		this.dns.recover();
		this.dns.host(HOST, 1, "127.0.0.2");
		await().atMost(TIMEOUT).until(() -> answers(1).contains("two"));
	}

	@Test
	void changedAnswerMovesTrafficAndNothingFails() {
		this.dns.host(HOST, 1, "127.0.0.1");
		this.manager = this.connections.tier(HOST + ":" + this.one.port()).manager(sources());
		assertThat(answers(1)).containsOnly("one");
		this.dns.host(HOST, 1, "127.0.0.2");
		StepVerifier.create(Flux.range(0, 1_000_000).concatMap((i) -> request()).takeUntil("two"::equals).distinct())
			.expectNext("one", "two")
			.expectComplete()
			.verify(TIMEOUT);
		assertThat(answers(20)).containsOnly("two");
	}

	@Test
	void hostThatIsUnknownFailsOverToTheNextTier() {
		this.manager = this.connections.tier("gone.example:80").tier(this.one.address()).manager(sources());
		assertThat(answers(1)).containsOnly("one");
		assertThat(this.connections.meters.get("support.connections.failures")
			.tags("address", "gone.example:80", "reason", "dns")
			.counter()
			.count()).isEqualTo(1);
		assertThat(this.connections.meters.get("support.connections.dns.failures")
			.tags("group", "payments", "address", "gone.example", "reason", "not-found")
			.counter()
			.count()).isGreaterThanOrEqualTo(1);
		assertThat(states().findFirst().orElseThrow().state()).isEqualTo("down");
	}

	@Test
	void sameAddressUnderTwoNamesIsThereOnce() {
		this.dns.host(HOST, 60, "127.0.0.1", "127.0.0.2").host("two.example", 60, "127.0.0.2");
		this.manager = this.connections.tier("two.example:" + this.one.port())
			.tier(HOST + ":" + this.one.port())
			.manager(sources());
		this.manager.start();
		await().until(() -> group().tiers().size() == 2 && addresses().size() == 2);
		assertThat(answers(10)).containsOnly("two");
	}

	@Test
	void prioritiesOfAServiceAreTiersAndItsWeightsAreWeights() {
		this.dns.host("one.example", 60, "127.0.0.1")
			.host("two.example", 60, "127.0.0.2")
			.service(SERVICE, 60, "20 5 " + this.one.port() + " one.example",
					"10 7 " + this.two.port() + " two.example");
		this.manager = this.connections.manager(service());
		assertThat(answers(10)).containsOnly("two");
		await().until(() -> addresses().equals(List.of(this.two.address(), this.one.address())));
		assertThat(group().tiers()).hasSize(2);
		assertThat(states()).extracting(ConnectionsSnapshot.AddressState::weight).containsExactly(7, 5);
		this.two.close();
		assertThat(answers(10)).containsOnly("one");
	}

	@Test
	void changedServiceMovesTraffic() {
		this.dns.host("one.example", 60, "127.0.0.1")
			.host("two.example", 60, "127.0.0.2")
			.service(SERVICE, 1, "10 1 " + this.one.port() + " one.example");
		this.manager = this.connections.manager(service());
		assertThat(answers(10)).containsOnly("one");
		this.dns.service(SERVICE, 1, "10 1 " + this.two.port() + " two.example");
		await().atMost(TIMEOUT).until(() -> answers(1).contains("two"));
	}

	@Test
	void serviceThatIsUnknownSaysSo() {
		this.manager = this.connections.manager(service());
		StepVerifier.create(request())
			.verifyErrorSatisfies((error) -> assertThat(error).isInstanceOf(MultiConnectException.class)
				.hasMessageContaining("payments: no address is known")
				.hasMessageContaining(SERVICE));
	}

	@Test
	void tiersBelowAServiceAreUsedWhileItIsUnknown() {
		this.manager = this.connections.manager(new AddressSources(
				Map.of("payments",
						List.of(new AddressTier.Service(SERVICE),
								new AddressTier.Addresses(List.of(Address.parse(this.one.address()))))),
				List.of(), settings(), (name) -> null, 0));
		assertThat(answers(5)).containsOnly("one");
		this.dns.host("two.example", 60, "127.0.0.2").service(SERVICE, 60, "10 1 " + this.two.port() + " two.example");
		await().atMost(TIMEOUT).until(() -> answers(1).contains("two"));
		assertThat(addresses()).containsExactly(this.two.address(), this.one.address());
	}

	@Test
	void namesOfASourceAreResolvedToo() {
		this.dns.host(HOST, 60, "127.0.0.1", "127.0.0.2");
		TestSource source = new TestSource().set("payments", HOST + ":" + this.one.port());
		this.manager = this.connections
			.manager(new AddressSources(Map.of(), List.of(source), settings(), (name) -> null, 0));
		this.manager.start();
		await().until(() -> addresses().equals(List.of(this.one.address(), this.two.address())));
	}

	@Test
	void closedGroupLeavesNoMeterOfItsNames() {
		this.dns.host(HOST, 60, "127.0.0.1");
		this.manager = this.connections.tier(HOST + ":" + this.one.port()).manager(sources());
		this.manager.start();
		await().until(() -> addresses().equals(List.of(this.one.address())));
		assertThat(this.connections.meters.find("support.connections.dns").timers()).hasSize(1);
		this.manager.stop();
		assertThat(this.connections.meters.find("support.connections.dns").timers()).isEmpty();
	}

	private DnsSettings settings() {
		return new DnsSettings(List.of(this.dns.address()), Duration.ofMillis(300), Duration.ofMillis(500),
				Duration.ofSeconds(60), 100);
	}

	private AddressSources sources() {
		return new AddressSources(Map.of(), List.of(), settings(), (name) -> null, 0);
	}

	private AddressSources service() {
		return new AddressSources(Map.of("payments", List.of(new AddressTier.Service(SERVICE))), List.of(), settings(),
				(name) -> null, 0);
	}

	private double failures(String reason) {
		return this.connections.meters.find("support.connections.dns.failures")
			.tag("reason", reason)
			.counters()
			.stream()
			.mapToDouble((counter) -> counter.count())
			.sum();
	}

	private List<String> answers(int count) {
		return IntStream.range(0, count).mapToObj((i) -> request().block(TIMEOUT)).toList();
	}

	private Mono<String> request() {
		try {
			return this.manager.httpClient("payments").get().uri("/").responseContent().aggregate().asString();
		}
		catch (NameNotFoundException ex) {
			return Mono.error(ex);
		}
	}

	private ConnectionsSnapshot.GroupState group() {
		return ((ConnectionsSnapshot) this.manager.snapshot()).groups().get(0);
	}

	private Stream<ConnectionsSnapshot.AddressState> states() {
		return group().tiers().stream().flatMap(List::stream);
	}

	private List<String> addresses() {
		return states().map(ConnectionsSnapshot.AddressState::address).toList();
	}

}
