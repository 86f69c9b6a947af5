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

package io.support.benchmarks.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.support.benchmarks.load.KnownServer.Behaviour;
import io.support.benchmarks.load.LoadGenerator.Recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link LoadGenerator}.
 */
@Timeout(60)
class LoadGeneratorTests {

	private static final int RATE = 200;

	private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

	private static final int REQUESTS = RATE / 2;

	private static final int CONNECTIONS = 10;

	private final LoadGenerator generator = new LoadGenerator();

	@ParameterizedTest
	@EnumSource
	void countsAnswersInTime(Transport transport) {
		try (KnownServer server = new KnownServer(Behaviour.OK)) {
			LoadReport report = new LoadGenerator(transport, System::nanoTime).run(plan(server));
			assertAll(report, Outcome.OK);
			assertThat(report.ok().count()).isEqualTo(REQUESTS);
			assertThat(report.goodputPerSecond()).isEqualTo(RATE);
			assertThat(server.connections()).isEqualTo(REQUESTS);
		}
	}

	@ParameterizedTest
	@EnumSource
	void usesKeptAliveConnectionsAgain(Transport transport) {
		try (KnownServer server = new KnownServer(Behaviour.OK)) {
			assertAll(new LoadGenerator(transport, System::nanoTime).run(plan(server).keptAlive(CONNECTIONS)),
					Outcome.OK);
			assertThat(server.connections()).isEqualTo(CONNECTIONS);
			assertThat(server.requests()).isEqualTo(REQUESTS);
		}
	}

	@ParameterizedTest
	@EnumSource
	void countsResets(Transport transport) {
		LoadReport report = run(transport, Behaviour.RESET);
		assertAll(report, Outcome.RESET);
		assertThat(report.refused().count()).isEqualTo(REQUESTS);
		assertThat(report.refusedPerSecond()).isEqualTo(RATE);
	}

	@ParameterizedTest
	@EnumSource
	void countsClosedConnections(Transport transport) {
		assertAll(run(transport, Behaviour.CLOSE), Outcome.CLOSED);
	}

	@ParameterizedTest
	@EnumSource
	void countsServiceUnavailable(Transport transport) {
		LoadReport report = run(transport, Behaviour.UNAVAILABLE);
		assertAll(report, Outcome.UNAVAILABLE);
		assertThat(report.refused().count()).isEqualTo(REQUESTS);
	}

	@ParameterizedTest
	@EnumSource
	void countsRefusedConnections(Transport transport) throws IOException {
		URI nobody;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
		}
		LoadReport report = new LoadGenerator(transport, System::nanoTime)
			.run(LoadPlan.open(nobody, RATE, HALF_A_SECOND));
		assertAll(report, Outcome.NOT_CONNECTED);
	}

	@Test
	void givesUpAfterTheTimeout() {
		try (KnownServer server = new KnownServer(Behaviour.MUTE)) {
			Duration timeout = Duration.ofMillis(100);
			Recording recording = this.generator.record(plan(server).patience(timeout, timeout));
			assertAll(recording.report(), Outcome.TIMED_OUT);
			for (int request = 0; request < REQUESTS; request++) {
				assertThat(recording.ledger().latency(request)).isGreaterThanOrEqualTo(timeout.toNanos());
			}
		}
	}

	@Test
	void countsAnswersAfterTheDeadlineAsLate() {
		try (KnownServer server = new KnownServer(Behaviour.slow(Duration.ofMillis(100)))) {
			LoadReport report = this.generator
				.run(plan(server).patience(Duration.ofMillis(50), Duration.ofSeconds(10)));
			assertAll(report, Outcome.LATE);
			assertThat(report.ok().count()).isZero();
		}
	}

	@Test
	void countsOtherAnswersAsErrors() {
		assertAll(run(Transport.best(), Behaviour.NOT_FOUND), Outcome.ERROR);
	}

	@Test
	void countsAnswersThatEndEarlyAsErrors() {
		assertAll(run(Transport.best(), Behaviour.TRUNCATE), Outcome.ERROR);
	}

	@Test
	void requestsThatFindNoFreeConnectionInTimeAreNotSent() {
		try (KnownServer server = new KnownServer(Behaviour.MUTE)) {
			Duration timeout = Duration.ofMillis(200);
			LoadReport report = this.generator.run(plan(server).keptAlive(2).patience(timeout, timeout));
			assertThat(report.offered()).isEqualTo(REQUESTS);
			assertThat(report.count(Outcome.TIMED_OUT)).isEqualTo(server.requests()).isPositive();
			assertThat(report.count(Outcome.UNSENT)).isEqualTo(REQUESTS - server.requests()).isPositive();
		}
	}

	@Test
	void everyRequestIntendedDuringAStallPaysForIt() {
		assertStallIsSeen(Integer.MAX_VALUE, false);
	}

	@Test
	void requestsThatWaitForAKeptAliveConnectionDuringAStallPayForIt() {
		assertStallIsSeen(4, true);
	}

	@Test
	void closedLoopHidesAStall() {
		try (KnownServer server = new KnownServer(Behaviour.stall(20, Duration.ofMillis(300)))) {
			Recording recording = this.generator
				.record(LoadPlan.closed(server.uri(), 1, Duration.ofSeconds(1)).keptAlive(1));
			assertThat(recording.report().offered()).isGreaterThan(20);
			assertThat(recording.ledger().latency(19)).isGreaterThanOrEqualTo(Duration.ofMillis(300).toNanos());
			assertThat(recording.report().ok().p50Nanos()).isLessThan(Duration.ofMillis(150).toNanos());
		}
	}

	@Test
	void closedLoopHasNoMoreRequestsUnderWayThanConnections() {
		try (KnownServer server = new KnownServer(Behaviour.slow(Duration.ofMillis(50)))) {
			LoadReport report = this.generator.run(LoadPlan.closed(server.uri(), 3, HALF_A_SECOND));
			assertThat(report.count(Outcome.OK)).isEqualTo(report.offered()).isBetween(3, 30);
			assertThat(report.seconds()).isGreaterThanOrEqualTo(0.5);
		}
	}

	@Test
	void requestsBeforeTheCountedTimeAreSentButNotCounted() {
		try (KnownServer server = new KnownServer(Behaviour.OK)) {
			LoadReport report = this.generator.run(plan(server).arrivals(Arrivals.CONSTANT).settle(HALF_A_SECOND));
			assertAll(report, Outcome.OK);
			assertThat(server.requests()).isEqualTo(2 * REQUESTS);
		}
	}

	@Test
	void waveIsMarkedAndReportedApart() {
		try (KnownServer server = new KnownServer(Behaviour.OK)) {
			LoadReport report = this.generator
				.run(plan(server).with(Wave.marked("X-Priority: critical", RATE / 10.0, HALF_A_SECOND)));
			assertAll(report, Outcome.OK);
			assertThat(report.requireWave().count(Outcome.OK)).isEqualTo(REQUESTS / 10);
			assertThat(server.heads()).hasSize(REQUESTS + REQUESTS / 10)
				.filteredOn((head) -> head.contains("\r\nX-Priority: critical\r\n"))
				.hasSize(REQUESTS / 10);
		}
	}

	@Test
	void singleRequestMayAskForSomethingElse() {
		try (KnownServer server = new KnownServer(Behaviour.OK)) {
			LoadReport report = this.generator
				.run(plan(server).keptAlive(CONNECTIONS).with(Wave.single("/other", Duration.ofMillis(100))));
			assertThat(report.requireWave().offered()).isOne();
			assertThat(server.heads()).filteredOn((head) -> head.startsWith("GET /other HTTP/1.1")).hasSize(1);
			assertThat(server.heads()).filteredOn((head) -> head.startsWith("GET / HTTP/1.1")).hasSize(REQUESTS);
		}
	}

	@Test
	void windowsDivideTheCountedTime() {
		try (KnownServer server = new KnownServer(Behaviour.OK)) {
			LoadReport report = this.generator.run(plan(server).arrivals(Arrivals.CONSTANT).settle(HALF_A_SECOND));
			assertThat(report.windows()).hasSize(5)
				.allSatisfy((window) -> assertThat(window.count()).isEqualTo(RATE / 10))
				.allSatisfy((window) -> assertThat(window.ok().count()).isEqualTo(RATE / 10));
			assertThat(report.windows().stream().mapToLong((window) -> window.ok().maxNanos()).max())
				.hasValue(report.ok().maxNanos());
		}
	}

	@Test
	void refusesTargetsThatAreNotLoopback() {
		LoadPlan plan = LoadPlan.open(URI.create("http://192.0.2.1:80/"), RATE, HALF_A_SECOND);
		assertThatIllegalArgumentException().isThrownBy(() -> this.generator.run(plan))
			.withMessage("The load generator is aimed at loopback addresses only, was: 192.0.2.1 (192.0.2.1)");
	}

	@Test
	void refusesMoreKeptAliveConnectionsThanDescriptors() {
		LoadPlan plan = LoadPlan.open(URI.create("http://127.0.0.1:80/"), RATE, HALF_A_SECOND)
			.keptAlive(Integer.MAX_VALUE);
		assertThatIllegalArgumentException().isThrownBy(() -> this.generator.run(plan))
			.withMessageContaining("ulimit -n");
	}

	private void assertStallIsSeen(int connections, boolean keepAlive) {
		int stalling = 40;
		long stall = Duration.ofMillis(300).toNanos();
		try (KnownServer server = new KnownServer(Behaviour.stall(stalling, Duration.ofNanos(stall)))) {
			LoadPlan plan = LoadPlan.open(server.uri(), RATE, Duration.ofSeconds(1)).arrivals(Arrivals.CONSTANT);
			Recording recording = this.generator.record(keepAlive ? plan.keptAlive(connections) : plan);
			Ledger ledger = recording.ledger();
			long end = ledger.intended(stalling - 1) + stall;
			int during = 0;
			for (int request = stalling - 1; ledger.intended(request) < end; request++) {
				assertThat(ledger.latency(request)).isGreaterThanOrEqualTo(end - ledger.intended(request));
				during++;
			}
			assertThat(during).isEqualTo(60);
			assertThat(recording.report().offered()).isEqualTo(RATE);
			assertThat(server.requests()).isEqualTo(RATE);
		}
	}

	private static LoadPlan plan(KnownServer server) {
		return LoadPlan.open(server.uri(), RATE, HALF_A_SECOND)
			.patience(Duration.ofSeconds(10), Duration.ofSeconds(10));
	}

	private static LoadReport run(Transport transport, Behaviour behaviour) {
		try (KnownServer server = new KnownServer(behaviour)) {
			return new LoadGenerator(transport, System::nanoTime).run(plan(server));
		}
	}

	private static void assertAll(LoadReport report, Outcome expected) {
		for (Outcome outcome : Outcome.values()) {
			assertThat(report.count(outcome)).as("%s of %s", outcome, report.counts())
				.isEqualTo((outcome == expected) ? REQUESTS : 0);
		}
	}

}
