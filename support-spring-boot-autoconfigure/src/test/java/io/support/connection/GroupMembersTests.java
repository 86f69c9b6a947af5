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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.Tag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link GroupMembers}: what becomes of requests, connections and figures when
 * the addresses of a group change.
 */
@Timeout(60)
class GroupMembersTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final TestPeer one = TestPeer.answering("one");

	private final TestPeer two = TestPeer.answering("two");

	private final TestConnections connections = new TestConnections().maxConnections(1000);

	private final TestSource source = new TestSource().knowing("payments");

	private ConnectionManager manager;

	@BeforeEach
	void start() {
		this.manager = this.connections
			.manager(new AddressSources(Map.of(), List.of(this.source), null, (name) -> null, 0));
	}

	@AfterEach
	void close() {
		this.manager.close();
		this.one.close();
		this.two.close();
	}

	@Test
	void requestsGoToTheAddressesThatThereAreNow() throws Exception {
		this.source.set("payments", this.one.address());
		assertThat(answers(10)).containsOnly("one");
		this.source.set("payments", this.one.address(), this.two.address());
		assertThat(answers(10)).containsOnly("one");
		this.source.set("payments", this.two.address(), this.one.address());
		assertThat(answers(10)).containsOnly("two");
		this.source.set("payments", this.two.address());
		assertThat(answers(10)).containsOnly("two");
		assertThat(this.manager.group("pay").tiers()).containsExactly(List.of(Address.parse(this.two.address())));
	}

	@Test
	void nothingFailsWhileAddressesChange() {
		String one = this.one.address();
		String two = this.two.address();
		List<String[]> changes = List.of(new String[] { one }, new String[] { two }, new String[] { one, two },
				new String[] { one + "," + two }, new String[] { two + ";weight=3," + one });
		this.source.set("payments", one);
		Mono<Void> changing = Flux.range(0, 500)
			.concatMap((i) -> Mono.delay(Duration.ofMillis(1)).thenReturn(i))
			.doOnNext((i) -> this.source.set("payments", changes.get(i % changes.size())))
			.then();
		StepVerifier
			.create(Flux.range(0, 100_000).takeUntilOther(changing).flatMap((i) -> request("/"), 20).distinct().sort())
			.expectNext("one", "two")
			.expectComplete()
			.verify(TIMEOUT.multipliedBy(2));
		await().untilAsserted(() -> assertThat(leaving()).isZero());
		assertThat(meters("support.connections.failures")).isZero();
	}

	@Test
	void removedAddressFinishesItsRequestsAndLeavesNothingBehind() {
		Sinks.Empty<Void> gate = Sinks.empty();
		DisposableServer slow = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle((request, response) -> response.sendString(
					Flux.concat(Mono.just("first "), gate.asMono().thenReturn("last")).cast(String.class),
					StandardCharsets.UTF_8))
			.bindNow(TIMEOUT);
		try {
			String address = "127.0.0.1:" + slow.port();
			this.source.set("payments", address);
			Sinks.One<String> answer = Sinks.one();
			request("/").subscribe(answer::tryEmitValue, answer::tryEmitError);
			await().until(() -> states().anyMatch((state) -> state.active() == 1));
			this.source.set("payments", this.two.address());
			assertThat(answersOneByOne(10)).containsOnly("two");
			assertThat(leaving()).isEqualTo(1);
			assertThat(registered(address)).isTrue();
			gate.tryEmitEmpty().orThrow();
			assertThat(answer.asMono().block(TIMEOUT)).isEqualTo("first last");
			await().untilAsserted(() -> assertThat(leaving()).isZero());
			assertThat(registered(address)).isFalse();
			assertThat(breakers()).containsExactly("support.payments." + this.two.address());
			await().untilAsserted(() -> assertThat(group().connections()).isEqualTo(1));
			assertThat(group().health().present()).isEqualTo(1);
		}
		finally {
			slow.disposeNow(TIMEOUT);
		}
	}

	@Test
	void addressThatIsBackBeforeItIsGoneGoesOn() throws Exception {
		this.source.set("payments", this.one.address());
		assertThat(answers(1)).containsOnly("one");
		var silent = request("/silent").subscribe();
		await().until(() -> this.one.requests().stream().anyMatch((request) -> request.endsWith("/silent")));
		this.source.set("payments", this.two.address());
		assertThat(leaving()).isEqualTo(1);
		this.source.set("payments", this.one.address());
		assertThat(leaving()).isZero();
		assertThat(answers(5)).containsOnly("one");
		assertThat(states().findFirst().orElseThrow().attempts()).isEqualTo(7);
		silent.dispose();
	}

	@Test
	void addressThatStaysKeepsItsConnectionsAndItsMarkdown() {
		this.one.close();
		this.source.set("payments", this.one.address() + "," + this.two.address());
		assertThat(answersOneByOne(20)).containsOnly("two");
		assertThat(state(this.one.address()).state()).isEqualTo("down");
		int connections = this.two.connections();
		this.source.set("payments", this.two.address(), this.one.address() + ";weight=7");
		assertThat(answersOneByOne(20)).containsOnly("two");
		assertThat(state(this.one.address())).satisfies((state) -> {
			assertThat(state.state()).isEqualTo("down");
			assertThat(state.markdowns()).isEqualTo(1);
			assertThat(state.weight()).isEqualTo(7);
		});
		assertThat(this.two.connections()).isEqualTo(connections);
	}

	@Test
	void weightsChangeInPlace() {
		this.source.set("payments", this.one.address() + ";weight=1000000," + this.two.address());
		assertThat(answersOneByOne(50)).filteredOn("one"::equals).hasSizeGreaterThan(45);
		this.source.set("payments", this.one.address() + "," + this.two.address() + ";weight=1000000");
		assertThat(answersOneByOne(50)).filteredOn("two"::equals).hasSizeGreaterThan(45);
		assertThat(this.one.connections() + this.two.connections()).isLessThanOrEqualTo(3);
	}

	@Test
	void requestWaitsForTheFirstAddress() {
		Sinks.One<String> answer = Sinks.one();
		request("/").subscribe(answer::tryEmitValue, answer::tryEmitError);
		await().until(() -> this.source.subscribers("payments") == 1);
		this.source.set("payments", this.one.address());
		assertThat(answer.asMono().block(TIMEOUT)).isEqualTo("one");
	}

	@Test
	void requestFailsWhenThereIsNoAddress() {
		this.source.set("payments");
		StepVerifier.create(request("/"))
			.verifyErrorSatisfies((error) -> assertThat(error).isInstanceOf(MultiConnectException.class)
				.hasMessageContaining("payments: no address is known"));
	}

	@Test
	void requestDoesNotWaitForEver() {
		this.manager.close();
		this.manager = this.connections.connectTimeout(Duration.ofMillis(100))
			.manager(new AddressSources(Map.of(), List.of(this.source), null, (name) -> null, 0));
		StepVerifier.create(request("/"))
			.verifyErrorSatisfies((error) -> assertThat(error).isInstanceOf(MultiConnectException.class)
				.hasMessageContaining("none within 100 ms"));
	}

	@Test
	void sourceThatFailsIsAskedAgainAndTheAddressesStay() {
		List<Flux<List<List<Address>>>> answers = List.of(Flux.error(new IllegalStateException("not yet")),
				Flux.concat(Flux.just(List.of(List.of(Address.parse(this.one.address())))),
						Flux.error(new IllegalStateException("not now"))),
				Flux.<List<List<Address>>>never()
					.startWith(List.of(List.of(List.of(Address.parse(this.two.address()))))));
		var asked = answers.iterator();
		AddressSource failing = new AddressSource() {

			@Override
			public boolean knows(String group) {
				return group.equals("payments");
			}

			@Override
			public Flux<List<List<Address>>> addresses(String group) {
				return asked.next();
			}

		};
		this.manager.close();
		this.manager = this.connections
			.manager(new AddressSources(Map.of(), List.of(failing), null, (name) -> null, 0));
		StepVerifier.create(request("/"))
			.verifyErrorSatisfies((error) -> assertThat(error).hasMessageContaining("not yet"));
		await().atMost(TIMEOUT).until(() -> !this.manager.group("payments").tiers().isEmpty());
		assertThat(answers(1)).containsOnly("one");
		await().atMost(TIMEOUT).until(() -> answers(1).contains("two"));
	}

	@Test
	void stoppedManagerAsksNoMoreAndStartedOneAsksAgain() {
		this.source.set("payments", this.one.address());
		this.manager.start();
		assertThat(this.source.subscribers("payments")).isEqualTo(1);
		assertThat(answers(1)).containsOnly("one");
		this.manager.stop();
		assertThat(this.source.subscribers("payments")).isZero();
		this.source.set("payments", this.two.address());
		this.manager.start();
		assertThat(answers(1)).containsOnly("two");
	}

	private List<String> answers(int count) {
		return IntStream.range(0, count).mapToObj((i) -> request("/").block(TIMEOUT)).toList();
	}

	/*
	 * A caller may have its answer a moment before the connection is back in the pool.
	 */
	private List<String> answersOneByOne(int count) {
		return IntStream.range(0, count).mapToObj((i) -> {
			String answer = request("/").block(TIMEOUT);
			await().pollInterval(Duration.ofMillis(1)).until(() -> states().allMatch((state) -> state.active() == 0));
			return answer;
		}).toList();
	}

	private Mono<String> request(String uri) {
		try {
			return this.manager.httpClient("payments").get().uri(uri).responseContent().aggregate().asString();
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

	private ConnectionsSnapshot.AddressState state(String address) {
		return states().filter((state) -> state.address().equals(address)).findFirst().orElseThrow();
	}

	private int leaving() {
		return group().leaving();
	}

	private List<String> breakers() {
		return this.connections.breakers.getAllCircuitBreakers().stream().map(CircuitBreaker::getName).toList();
	}

	private boolean registered(String address) {
		return this.connections.meters.getMeters()
			.stream()
			.anyMatch((meter) -> meter.getId().getTags().contains(Tag.of("address", address)));
	}

	private int meters(String name) {
		return this.connections.meters.find(name).meters().size();
	}

}
