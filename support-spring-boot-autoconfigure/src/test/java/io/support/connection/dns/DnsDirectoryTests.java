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

package io.support.connection.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.util.NetUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.netty.resources.LoopResources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link DnsDirectory}, with a DNS server on loopback.
 */
@Timeout(60)
class DnsDirectoryTests {

	private static final String NAME = "orders.example";

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final TestDnsServer server = new TestDnsServer();

	private final LoopResources loops = LoopResources.create("test-directory", 1, true);

	private final List<String> told = new CopyOnWriteArrayList<>();

	private DnsDirectory directory = directory(Duration.ofMillis(900), Duration.ofSeconds(30), 100);

	private final List<Disposable> watching = new ArrayList<>();

	@AfterEach
	void close() {
		this.watching.forEach(Disposable::dispose);
		this.directory.close();
		this.server.close();
		this.loops.disposeLater(Duration.ZERO, TIMEOUT).block(TIMEOUT);
	}

	private DnsDirectory directory(Duration minTtl, Duration maxTtl, int maxNames) {
		return new DnsDirectory(
				new DnsSettings(List.of(this.server.address()), Duration.ofMillis(300), minTtl, maxTtl, maxNames),
				this.loops, true, new TestListener());
	}

	@Test
	void allAnswersAreGivenInTheSameOrder() {
		this.server.host(NAME, 60, "10.0.0.2", "10.0.0.1", "10.0.0.3");
		assertThat(lookup(NAME)).containsExactly("10.0.0.1", "10.0.0.2", "10.0.0.3");
		await().untilAsserted(() -> assertThat(this.told).containsExactlyInAnyOrder("watched orders.example",
				"begun orders.example", "succeeded orders.example", "forgotten orders.example"));
	}

	@Test
	void aHundredCallersShareOneQuery() {
		this.server.host(NAME, 60, "10.0.0.1");
		this.server.hold();
		List<String> answers = new CopyOnWriteArrayList<>();
		for (int i = 0; i < 100; i++) {
			this.watching.add(this.directory.lookup("group", NAME)
				.subscribe((addresses) -> answers.add(NetUtil.toAddressString(addresses.get(0)))));
		}
		await().until(() -> this.server.queries(NAME, DnsRecordType.A) > 0);
		assertThat(answers).isEmpty();
		this.server.release();
		await().until(() -> answers.size() == 100);
		assertThat(answers).containsOnly("10.0.0.1");
		assertThat(this.server.queries(NAME, DnsRecordType.A)).isEqualTo(1);
		assertThat(lookup(NAME)).containsExactly("10.0.0.1");
		assertThat(this.server.queries(NAME, DnsRecordType.A)).isEqualTo(1);
	}

	@Test
	void answerIsAskedForAgainBeforeItsTimeIsOverAndNotSooner() {
		this.server.host(NAME, 1, "10.0.0.1");
		List<List<String>> seen = watch(NAME);
		await().until(() -> seen.contains(List.of("10.0.0.1")));
		this.server.host(NAME, 1, "10.0.0.2");
		await().until(() -> seen.contains(List.of("10.0.0.2")));
		await().until(() -> this.server.queries(NAME, DnsRecordType.A) >= 3);
		assertThat(seen).containsExactly(List.of(), List.of("10.0.0.1"), List.of("10.0.0.2"));
		assertThat(gaps()).allSatisfy((millis) -> assertThat(millis).isBetween(850L, 5000L));
	}

	@Test
	void timeToLiveHasBounds() {
		this.directory.close();
		this.directory = directory(Duration.ofMillis(500), Duration.ofMillis(700), 100);
		this.server.host(NAME, 0, "10.0.0.1");
		watch(NAME);
		await().until(() -> this.server.queries(NAME, DnsRecordType.A) >= 3);
		assertThat(gaps()).allSatisfy((millis) -> assertThat(millis).isGreaterThanOrEqualTo(400));
		this.server.host("long.example", 3600, "10.0.0.1");
		watch("long.example");
		await().until(() -> this.server.queries("long.example", DnsRecordType.A) >= 2);
	}

	@Test
	void answerIsNoLongerGoodThanTheAliasOnTheWayToIt() {
		this.server.host("host.example", 3600, "10.0.0.1").alias(NAME, 1, "host.example");
		List<List<String>> seen = watch(NAME);
		await().until(() -> seen.contains(List.of("10.0.0.1")));
		this.server.host("other.example", 3600, "10.0.0.2").alias(NAME, 1, "other.example");
		await().until(() -> seen.contains(List.of("10.0.0.2")));
	}

	@ParameterizedTest
	@EnumSource
	void lastAnswerIsKeptWhenDnsFails(Failing failing) {
		this.server.host(NAME, 1, "10.0.0.1", "10.0.0.2");
		List<List<String>> seen = watch(NAME);
		await().until(() -> seen.contains(List.of("10.0.0.1", "10.0.0.2")));
		failing.begin(this.server);
		await().atMost(TIMEOUT)
			.until(() -> this.told.stream().filter(("failed orders.example " + failing.reason)::equals).count() >= 2);
		assertThat(lookup(NAME)).containsExactly("10.0.0.1", "10.0.0.2");
		this.server.recover();
		this.server.host(NAME, 1, "10.0.0.3");
		await().atMost(TIMEOUT).until(() -> seen.contains(List.of("10.0.0.3")));
		assertThat(seen).containsExactly(List.of(), List.of("10.0.0.1", "10.0.0.2"), List.of("10.0.0.3"));
	}

	@Test
	void nameThatLosesItsAddressesKeepsTheLastOnes() {
		this.server.host(NAME, 1, "10.0.0.1");
		List<List<String>> seen = watch(NAME);
		await().until(() -> seen.contains(List.of("10.0.0.1")));
		this.server.host(NAME, 1);
		await().atMost(TIMEOUT).until(() -> this.told.contains("failed orders.example NOT_FOUND"));
		assertThat(lookup(NAME)).containsExactly("10.0.0.1");
	}

	@Test
	void nothingIsMadeUpWhenTheFirstAnswerFails() {
		this.server.fail(DnsResponseCode.SERVFAIL);
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> lookup(NAME))
			.withCauseInstanceOf(UnknownHostException.class)
			.withMessageContaining(NAME);
		List<List<String>> seen = watch(NAME);
		this.server.recover();
		this.server.host(NAME, 60, "10.0.0.1");
		await().atMost(TIMEOUT).until(() -> seen.contains(List.of("10.0.0.1")));
	}

	@Test
	void instancesOfAServiceAreGiven() {
		this.server.service("_http._tcp.orders.example", 60, "20 0 8082 c.example", "10 3 8080 a.example",
				"10 1 8081 b.example", "0 0 0 ");
		List<ServiceRecord> instances = this.directory.services("group", "_http._tcp.orders.example")
			.filter((answer) -> !answer.isPending())
			.next()
			.map(DnsAnswer::records)
			.block(TIMEOUT);
		assertThat(instances).containsExactly(new ServiceRecord(10, 3, 8080, "a.example"),
				new ServiceRecord(10, 1, 8081, "b.example"), new ServiceRecord(20, 0, 8082, "c.example"));
	}

	@Test
	void hostsFileIsReadAndDnsIsNotAsked() {
		assertThat(lookup("localhost")).contains("127.0.0.1");
		assertThat(this.server.queries("localhost", DnsRecordType.A)).isZero();
	}

	@Test
	void namesAreBoundedAndThoseThatNobodyWatchesMakeRoom() {
		this.directory.close();
		this.directory = directory(Duration.ofSeconds(10), Duration.ofSeconds(30), 2);
		IntStream.range(0, 4).forEach((i) -> this.server.host("host" + i + ".example", 60, "10.0.0." + i));
		watch("host0.example");
		assertThat(lookup("host1.example")).containsExactly("10.0.0.1");
		assertThat(lookup("host2.example")).containsExactly("10.0.0.2");
		watch("host3.example");
		assertThat(this.directory.names()).isEqualTo(2);
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> lookup("host1.example"))
			.withMessageContaining("support.connections.dns.max-names");
		assertThat(this.directory.refused()).isEqualTo(1);
	}

	@Test
	void nameThatNobodyWatchesIsForgottenAndNotAskedForAgain() {
		this.server.host(NAME, 1, "10.0.0.1");
		assertThat(lookup(NAME)).containsExactly("10.0.0.1");
		await().until(() -> this.directory.names() == 0);
		assertThat(this.server.queries(NAME, DnsRecordType.A)).isEqualTo(1);
	}

	@Test
	void closedDirectoryEndsWhatIsWatched() {
		this.server.host(NAME, 60, "10.0.0.1");
		Flux<DnsAnswer<InetAddress>> answers = this.directory.hosts("group", NAME);
		List<Boolean> ended = new CopyOnWriteArrayList<>();
		this.watching.add(answers.doOnComplete(() -> ended.add(true)).subscribe());
		this.directory.close();
		await().until(() -> !ended.isEmpty());
		assertThat(this.directory.names()).isZero();
	}

	private List<String> lookup(String name) {
		return this.directory.lookup("group", name).block(TIMEOUT).stream().map(NetUtil::toAddressString).toList();
	}

	private List<List<String>> watch(String name) {
		List<List<String>> seen = new CopyOnWriteArrayList<>();
		this.watching.add(this.directory.hosts("group", name)
			.map((answer) -> answer.records().stream().map(NetUtil::toAddressString).toList())
			.distinctUntilChanged()
			.subscribe(seen::add));
		return seen;
	}

	private List<Long> gaps() {
		List<Long> times = this.server.times(NAME, DnsRecordType.A);
		return IntStream.range(1, times.size())
			.mapToObj((i) -> Duration.ofNanos(times.get(i) - times.get(i - 1)).toMillis())
			.toList();
	}

	enum Failing {

		SERVER(DnsFailure.SERVER) {

			@Override
			void begin(TestDnsServer server) {
				server.fail(DnsResponseCode.SERVFAIL);
			}

		},

		NO_SUCH_NAME(DnsFailure.NOT_FOUND) {

			@Override
			void begin(TestDnsServer server) {
				server.fail(DnsResponseCode.NXDOMAIN);
			}

		},

		MUTE(DnsFailure.TIMEOUT) {

			@Override
			void begin(TestDnsServer server) {
				server.mute();
			}

		};

		private final DnsFailure reason;

		Failing(DnsFailure reason) {
			this.reason = reason;
		}

		abstract void begin(TestDnsServer server);

	}

	private final class TestListener implements DnsListener {

		@Override
		public void watched(String name, String group) {
			DnsDirectoryTests.this.told.add("watched " + name);
		}

		@Override
		public void forgotten(String name, String group) {
			DnsDirectoryTests.this.told.add("forgotten " + name);
		}

		@Override
		public Resolution begin(String name, Set<String> groups) {
			DnsDirectoryTests.this.told.add("begun " + name);
			return new Resolution() {

				@Override
				public void succeeded() {
					DnsDirectoryTests.this.told.add("succeeded " + name);
				}

				@Override
				public void failed(DnsFailure reason, Throwable error) {
					DnsDirectoryTests.this.told.add("failed " + name + " " + reason);
				}

			};
		}

	}

}
