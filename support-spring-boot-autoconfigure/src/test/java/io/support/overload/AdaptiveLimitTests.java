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

package io.support.overload;

import java.util.concurrent.TimeUnit;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.support.overload.ServiceSimulation.Result;
import io.support.overload.ServiceSimulation.ServiceTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AdaptiveLimit}, in virtual time.
 */
class AdaptiveLimitTests {

	private static final AdaptiveLimitSettings SETTINGS = new AdaptiveLimitSettings(100, 10_000,
			TimeUnit.MILLISECONDS.toNanos(5), TimeUnit.MILLISECONDS.toNanos(100));

	private static final double CAPACITY = 400;

	/** What 20 servers do at {@link #CAPACITY}. */
	private static final ServiceTime SERVICE = ServiceSimulation.constant(0.05);

	private AdaptiveLimit limit = new AdaptiveLimit(SETTINGS, 0);

	@ParameterizedTest
	@MethodSource("services")
	void goodputStaysAtTheCapacityBeyondIt(int servers, ServiceTime time, double capacity, double p99Millis) {
		for (double load : new double[] { 2, 5, 10 }) {
			Result result = run(servers, time, load * capacity, 60);
			assertThat(result.goodPerSecond(5, 60) / capacity).as("at %s times the capacity", load)
				.isBetween(0.96, 1.06);
			assertThat(result.percentileMillis(0.99, 5, 60)).isLessThan(p99Millis);
		}
	}

	@ParameterizedTest
	@MethodSource("services")
	void nobodyIsRefusedAtHalfTheCapacity(int servers, ServiceTime time, double capacity, double p99Millis) {
		Result result = run(servers, time, 0.5 * capacity, 120);
		// As many as there are before anything is known, and a moment to learn better.
		assertThat(result.refusedShare()).isLessThanOrEqualTo((servers > 100) ? 0.015 : 0);
		assertThat(result.late()).isLessThan(10);
	}

	static Stream<Arguments> services() {
		return Stream.of(Arguments.of(20, SERVICE, CAPACITY, 110),
				Arguments.of(20, ServiceSimulation.exponential(0.05), CAPACITY, 300),
				Arguments.of(20, ServiceSimulation.logNormal(0.05), CAPACITY, 400),
				Arguments.of(20, ServiceSimulation.mostlyCached(0.05), 20 / (0.8 * 0.001 + 0.2 * 0.05), 90),
				Arguments.of(1, ServiceSimulation.constant(0.005), 200, 100),
				Arguments.of(2, ServiceSimulation.exponential(0.005), 400, 80),
				Arguments.of(500, ServiceSimulation.exponential(0.02), 25_000, 120));
	}

	@Test
	void almostNobodyIsRefusedBelowTheCapacity() {
		assertThat(run(20, SERVICE, 0.8 * CAPACITY, 600).refusedShare()).isLessThanOrEqualTo(0.001);
		assertThat(run(20, ServiceSimulation.exponential(0.05), 0.8 * CAPACITY, 600).refusedShare())
			.isLessThanOrEqualTo(0.005);
	}

	@ParameterizedTest
	@ValueSource(doubles = { 1.02, 1.05, 1.1, 1.3 })
	void limitDoesNotClimbUnderMildOverload(double load) {
		Result result = run(20, SERVICE, load * CAPACITY, 600);
		assertThat(result.goodPerSecond(5, 600)).isGreaterThan(0.96 * CAPACITY);
		assertThat(result.late()).isZero();
		assertThat(result.percentileMillis(0.99, 300, 600)).isLessThan(200);
		assertThat(this.limit.snapshot().limit()).isLessThan(100);
	}

	@Test
	void latencyWithoutQueueDoesNotInflateInAnHourOfOverload() {
		Result result = run(20, SERVICE, 3 * CAPACITY, 3600);
		assertThat(result.goodPerSecond(10, 3600)).isGreaterThan(0.98 * CAPACITY);
		assertThat(result.percentileMillis(0.99, 3000, 3600)).isLessThan(110);
		assertThat(TimeUnit.NANOSECONDS.toMillis(this.limit.snapshot().unqueuedNanos())).isBetween(45L, 60L);
	}

	@ParameterizedTest
	@CsvSource({ "1.1, 0.96", "2, 0.97", "5, 0.97" })
	void threeRetriesDoNotBringItDown(double load, double goodput) {
		Result result = new ServiceSimulation(this.limit, 20, 3, SERVICE).run((now) -> load * CAPACITY, 60);
		assertThat(result.goodPerSecond(5, 60)).isGreaterThan(goodput * CAPACITY);
		assertThat(result.sentPerClient()).isGreaterThan((load > 1.5) ? 1.9 : 1.1);
	}

	@ParameterizedTest
	@ValueSource(doubles = { 1.5, 2, 5, 10 })
	void whatAQueueInsideRefusesIsRefusedBefore(double load) {
		Result result = new ServiceSimulation(this.limit, 20, 0, SERVICE).bounded(20).run((now) -> load * CAPACITY, 60);
		assertThat(result.goodPerSecond(5, 60)).isGreaterThan(0.96 * CAPACITY);
		assertThat(result.refusedInsideShare()).isLessThan(0.02);
	}

	@Test
	void oneKindThatIsRefusedInsideAmongManyOthersLimitsNobody() {
		long now = 0;
		for (int i = 0; i < 20_000; i++) {
			now += TimeUnit.MILLISECONDS.toNanos(1);
			assertThat(this.limit.tryAcquire(Priority.NORMAL, now)).isTrue();
			if (i % 20 == 0) {
				this.limit.refusedInside(now + 1000);
			}
			else {
				this.limit.completed(now + 1000);
			}
		}
		assertThat(this.limit.snapshot().phase()).isEqualTo("calm");
		assertThat(this.limit.snapshot().measurements()).isZero();
	}

	@Test
	void stepIsTakenAndLeftWithinAMoment() {
		Result result = run(20, SERVICE, (now) -> ((now < 30 || now >= 60) ? 0.5 : 10) * CAPACITY, 90);
		assertThat(result.goodPerSecond(31, 60)).isGreaterThan(0.97 * CAPACITY);
		assertThat(result.late()).isZero();
		assertThat(result.goodPerSecond(61, 90)).isBetween(0.47 * CAPACITY, 0.53 * CAPACITY);
		assertThat(result.percentileMillis(0.99, 60.5, 90)).isLessThan(60);
	}

	@Test
	void sawtoothIsFollowed() {
		Result result = run(20, SERVICE, (now) -> (0.2 + 2.8 * (now % 20) / 20) * CAPACITY, 120);
		for (int tooth = 0; tooth < 120; tooth += 20) {
			assertThat(result.goodPerSecond(tooth + 8, tooth + 19)).isGreaterThan(0.94 * CAPACITY);
		}
		assertThat(result.late()).isZero();
	}

	@Test
	void slowerServiceThatIsNotOverloadedIsLeftAlone() {
		Result result = run(20, (random, now) -> (now < 30) ? 0.05 : 0.1, 0.4 * CAPACITY, 120);
		// One experiment of less than a second.
		assertThat(result.refusedShare()).isLessThan(0.006);
		assertThat(this.limit.snapshot().phase()).isEqualTo("calm");
	}

	@Test
	void serviceThatBecomesSlowerOrFasterUnderOverloadIsUsedUp() {
		Result result = run(20, (random, now) -> (now >= 40 && now < 80) ? 0.1 : 0.05, 3 * CAPACITY, 160);
		assertThat(result.goodPerSecond(10, 40)).isGreaterThan(0.97 * CAPACITY);
		assertThat(result.goodPerSecond(45, 80)).isGreaterThan(0.95 * CAPACITY / 2);
		assertThat(result.goodPerSecond(85, 160)).isGreaterThan(0.97 * CAPACITY);
	}

	@Test
	void coldServiceUnderOverloadRecovers() {
		ServiceTime cold = (random, now) -> 0.05 * (1 + 9 * Math.exp(-now / 3));
		Result result = run(20, cold, 10 * CAPACITY, 60);
		assertThat(result.goodPerSecond(20, 60)).isGreaterThan(0.95 * CAPACITY);
	}

	@Test
	void serviceThatIsMeantToBeSlowIsLeftAlone() {
		// Three thousand clients that poll for half a minute each.
		Result result = run(10_000, ServiceSimulation.constant(30), 100, 300);
		assertThat(result.refusedShare()).isLessThan(0.05);
		assertThat(this.limit.snapshot().limit()).isEqualTo(SETTINGS.max());
	}

	@Test
	void firstFloodAfterAQuietTimeIsHeldBack() {
		long now = TimeUnit.MINUTES.toNanos(10);
		for (int i = 0; i < 1000; i++) {
			this.limit.tryAcquire(Priority.NORMAL, now + i * 1000L);
		}
		assertThat(this.limit.snapshot().inFlight()).isEqualTo(100);
		assertThat(this.limit.tryAcquire(Priority.NORMAL, now + TimeUnit.SECONDS.toNanos(2))).isFalse();
	}

	@Test
	void nothingIsForgottenWhileEverythingHangs() {
		for (int i = 0; i < 1000; i++) {
			this.limit.tryAcquire(Priority.NORMAL, i * 1000L);
		}
		assertThat(this.limit.snapshot().inFlight()).isEqualTo(100);
		for (int i = 0; i < 100; i++) {
			this.limit.cancelled(2_000_000);
		}
		assertThat(this.limit.snapshot().inFlight()).isZero();
		assertThat(this.limit.tryAcquire(Priority.NORMAL, 3_000_000)).isTrue();
	}

	@Test
	void criticalRequestsGoBeyondTheLimitAndSheddableOnesAreRefusedFirst() {
		overload();
		int limit = this.limit.snapshot().limit();
		assertThat(limit).isBetween(20, 50);
		long now = TimeUnit.SECONDS.toNanos(30);
		assertThat(acquire(Priority.SHEDDABLE, now)).isEqualTo(limit / 2);
		assertThat(acquire(Priority.NORMAL, now)).isEqualTo(limit - limit / 2);
		assertThat(acquire(Priority.CRITICAL, now)).isEqualTo(limit + 10);
	}

	private void overload() {
		run(20, SERVICE, 3 * CAPACITY, 20);
		assertThat(this.limit.snapshot().phase()).isEqualTo("overloaded");
		assertThat(this.limit.snapshot().inFlight()).isZero();
	}

	private int acquire(Priority priority, long now) {
		int count = 0;
		while (this.limit.tryAcquire(priority, now)) {
			count++;
		}
		return count;
	}

	private Result run(int servers, ServiceTime time, double perSecond, double seconds) {
		return run(servers, time, (now) -> perSecond, seconds);
	}

	private Result run(int servers, ServiceTime time, DoubleUnaryOperator perSecond, double seconds) {
		this.limit = new AdaptiveLimit(SETTINGS, 0);
		return new ServiceSimulation(this.limit, servers, 0, time).run(perSecond, seconds);
	}

}
