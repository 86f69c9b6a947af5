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

import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.support.overload.QueueSimulation.Result;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SojournControl}: what it does to a queue, in virtual time.
 */
class SojournControlTests {

	private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private static final SojournSettings SETTINGS = new SojournSettings(100 * MILLISECOND, 50 * MILLISECOND,
			50 * MILLISECOND, 100 * MILLISECOND);

	private static final long SERVICE = 5 * MILLISECOND;

	private static final double CAPACITY = 200;

	private final Random random = new Random(42);

	@ParameterizedTest
	@CsvSource({ "0.5, 0", "0.7, 0.0005", "0.8, 0.001" })
	void littleIsRefusedBelowCapacity(double load, double share) {
		Result result = simulation(1).run(poisson(load, 0, 600));
		assertThat(result.refusedShare()).isLessThanOrEqualTo(share);
	}

	@ParameterizedTest
	@CsvSource({ "2, 0.97, 30", "5, 0.97, 16", "10, 0.97, 12" })
	void serverIsKeptBusyAndNobodyWaitsForLong(double load, double utilization, double ageMillis) {
		Result result = simulation(1).run(poisson(load, 0, 60));
		assertThat(result.utilization()).isGreaterThanOrEqualTo(utilization);
		assertThat(result.agePercentileMillis(0.99)).isLessThanOrEqualTo(ageMillis);
		assertThat(result.timeToRefusePercentileMillis(0.5)).isLessThanOrEqualTo(1);
		assertThat(result.timeToRefusePercentileMillis(0.99)).isLessThanOrEqualTo(50);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 20 })
	void burstThatCanBeServedInTimeIsServed(int bursts) {
		long[] arrivals = LongStream.range(0, bursts)
			.flatMap((burst) -> LongStream.range(0, 18).map((i) -> burst * SECOND))
			.toArray();
		assertThat(simulation(1).run(arrivals).refusedShare()).isZero();
	}

	@Test
	void calmAfterOverloadIsServedAgain() {
		long[] overload = poisson(10, 0, 30);
		Result before = simulation(1).run(overload);
		Result both = simulation(1)
			.run(LongStream.concat(LongStream.of(overload), LongStream.of(poisson(0.5, 30.3, 90))).toArray());
		assertThat(before.refusedShare()).isGreaterThan(0.8);
		assertThat(both.refused() - before.refused()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "1.2, 0.95, 100", "2, 0.98, 40", "5, 0.98, 40" })
	void threeRetriesDoNotBringItDown(double load, double utilization, double ageMillis) {
		Result result = simulation(1).retrying(3).run(poisson(load, 0, 60));
		assertThat(result.utilization()).isGreaterThanOrEqualTo(utilization);
		assertThat(result.agePercentileMillis(0.99)).isLessThanOrEqualTo(ageMillis);
		assertThat((double) result.sent() / result.arrivals()).isGreaterThan((load > 1.5) ? 2.2 : 1.2);
	}

	@Test
	void stepIsTakenAndLeftWithinAMoment() {
		Result result = simulation(1).run(Stream.of(poisson(0.5, 0, 30), poisson(10, 30, 60), poisson(0.5, 60, 90))
			.flatMapToLong(LongStream::of)
			.toArray());
		assertThat(result.servedPerSecond(30, 60)).isGreaterThan(0.97 * CAPACITY);
		assertThat(result.latencyPercentileMillis(0.99, 30, 30.5)).isLessThan(110);
		assertThat(result.latencyPercentileMillis(0.99, 30.5, 60)).isLessThan(45);
		// As quick as before, half a second later at most.
		assertThat(result.latencyPercentileMillis(0.99, 60.5, 90))
			.isLessThanOrEqualTo(1.2 * result.latencyPercentileMillis(0.99, 0, 30));
	}

	@Test
	void sawtoothIsFollowed() {
		LongStream arrivals = LongStream.empty();
		for (int second = 0; second < 120; second++) {
			double load = 0.2 + 2.8 * (second % 20) / 20;
			arrivals = LongStream.concat(arrivals, LongStream.of(poisson(load, second, second + 1)));
		}
		Result result = simulation(1).run(arrivals.toArray());
		for (int tooth = 0; tooth < 120; tooth += 20) {
			assertThat(result.servedPerSecond(tooth + 8, tooth + 20)).isGreaterThan(0.95 * CAPACITY);
			assertThat(result.latencyPercentileMillis(0.99, tooth, tooth + 20)).isLessThan(110);
		}
	}

	@Test
	void nobodyIsRefusedByAServerThatStartsSlowly() {
		Result result = coldSimulation().run(poisson(0.5, 0, 30));
		assertThat(result.refusedShare()).isZero();
	}

	@Test
	void serverIsColdUntilItHasBeenUsedForAWhile() {
		SojournControl control = new SojournControl(cold(), 0);
		control.departed(0, 0, SECOND);
		long now = 60 * SECOND;
		for (int i = 0; i < 200; i++) {
			now += 10 * MILLISECOND;
			control.departed(300 * MILLISECOND, 30, now);
		}
		assertThat(control.maxAgeNanos(now)).isEqualTo(500 * MILLISECOND);
		assertThat(control.admits(1000, now)).isTrue();
		for (int i = 0; i < 310; i++) {
			now += 10 * MILLISECOND;
			control.departed(300 * MILLISECOND, 30, now);
		}
		assertThat(control.maxAgeNanos(now)).isLessThanOrEqualTo(100 * MILLISECOND);
		assertThat(control.admits(1000, now)).isFalse();
	}

	@Test
	void serverThatStartsSlowlyUnderOverloadRecovers() {
		Result result = coldSimulation().run(poisson(10, 0, 30));
		assertThat(result.servedPerSecond(6, 30)).isGreaterThan(0.97 * CAPACITY);
		assertThat(result.latencyPercentileMillis(1, 0, 30)).isLessThan(500 + 500);
		assertThat(result.latencyPercentileMillis(0.99, 6, 30)).isLessThan(45);
	}

	/*
	 * The first takes 400 ms, those in the first second 7 ms.
	 */
	private static QueueSimulation coldSimulation() {
		AtomicBoolean first = new AtomicBoolean(true);
		return new QueueSimulation(cold(), 1,
				(now) -> first.getAndSet(false) ? 400 * MILLISECOND : ((now < SECOND) ? 7 * MILLISECOND : SERVICE));
	}

	private static SojournSettings cold() {
		return new SojournSettings(SETTINGS.maxAgeNanos(), SETTINGS.overloadedMaxAgeNanos(), SETTINGS.targetNanos(),
				SETTINGS.intervalNanos(), 100);
	}

	@Test
	void othersGoOnWhileOneOfFourServersIsStuck() {
		// The one that begins between 10 s and 10.005 s takes two seconds.
		QueueSimulation simulation = new QueueSimulation(SETTINGS, 4,
				(now) -> (now >= 10 * SECOND && now < 10 * SECOND + SERVICE) ? 2 * SECOND : 4 * SERVICE);
		Result result = simulation.run(poisson(0.6, 0, 60));
		assertThat(result.refusedShare()).isLessThan(0.005);
	}

	@Test
	void everythingExpiresInTimeWhileEveryServerIsStuck() {
		QueueSimulation simulation = new QueueSimulation(SETTINGS, 1, (now) -> (now < SECOND) ? 3 * SECOND : SERVICE);
		Result result = simulation.run(poisson(1, 0, 2));
		assertThat(result.timeToRefusePercentileMillis(1)).isLessThanOrEqualTo(100 + 15);
	}

	@Test
	void expectsAWaitAsLongAsThoseBeforeTake() {
		SojournControl control = new SojournControl(SETTINGS, 0);
		assertThat(control.expectedNanos(10)).isZero();
		for (int i = 1; i <= 10; i++) {
			control.departed(0, 1, i * SERVICE);
		}
		assertThat(control.expectedNanos(10)).isEqualTo(10 * SERVICE);
		assertThat(control.expectedNanos(0)).isZero();
	}

	@Test
	void whatWasLearnedIsForgottenInAnIdleInterval() {
		SojournControl control = new SojournControl(SETTINGS, 0);
		long now = 0;
		for (int i = 0; i < 60; i++) {
			now += 5 * MILLISECOND;
			control.departed(90 * MILLISECOND, 10, now);
		}
		assertThat(control.isOverloaded(now)).isTrue();
		assertThat(control.admits(10, now)).isFalse();
		assertThat(control.maxAgeNanos(now)).isEqualTo(30 * MILLISECOND);
		now += 250 * MILLISECOND;
		assertThat(control.isOverloaded(now)).isFalse();
		assertThat(control.admits(1000, now)).isTrue();
		assertThat(control.maxAgeNanos(now)).isEqualTo(100 * MILLISECOND);
	}

	private static QueueSimulation simulation(int servers) {
		return new QueueSimulation(SETTINGS, servers, (now) -> SERVICE);
	}

	private long[] poisson(double load, double fromSeconds, double toSeconds) {
		return QueueSimulation.poisson(load * CAPACITY, (long) (fromSeconds * SECOND), (long) (toSeconds * SECOND),
				this.random);
	}

}
