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

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.support.overload.QueueSimulation.Result;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SojournControl} before a pool of threads, in virtual time. The
 * interval between departures is that of the pool: with twenty threads that take 50 ms
 * for each call, 2.5 ms.
 */
class SojournControlPoolTests {

	private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	/** Those of the dispatchers. */
	private static final SojournSettings SETTINGS = new SojournSettings(SECOND, 100 * MILLISECOND, 100 * MILLISECOND,
			500 * MILLISECOND);

	private final Random random = new Random(42);

	@ParameterizedTest
	@CsvSource({ "1, 5", "2, 5", "20, 5", "1, 50", "2, 50", "20, 50" })
	void littleIsRefusedBelowCapacity(int threads, int serviceMillis) {
		Result result = constant(threads, serviceMillis).run(poisson(0.8, threads, serviceMillis, 300));
		assertThat(result.refusedShare()).isLessThanOrEqualTo(0.001);
	}

	@ParameterizedTest
	@CsvSource({ "1, 5", "2, 5", "20, 5", "20, 50" })
	void littleIsRefusedBelowCapacityWhereCallsDiffer(int threads, int serviceMillis) {
		Result result = exponential(threads, serviceMillis).run(poisson(0.8, threads, serviceMillis, 300));
		assertThat(result.refusedShare()).isLessThanOrEqualTo(0.001);
	}

	@ParameterizedTest
	@CsvSource({ "1, 5, 2", "1, 5, 5", "1, 5, 10", "2, 5, 2", "2, 5, 5", "2, 5, 10", "20, 5, 2", "20, 5, 5",
			"20, 5, 10", "1, 50, 2", "1, 50, 5", "1, 50, 10", "2, 50, 2", "2, 50, 5", "2, 50, 10", "20, 50, 2",
			"20, 50, 5", "20, 50, 10" })
	void threadsAreKeptBusyAndNobodyWaitsForLong(int threads, int serviceMillis, double load) {
		double capacity = 1000.0 * threads / serviceMillis;
		int seconds = (capacity > 1000) ? 20 : 60;
		for (QueueSimulation simulation : new QueueSimulation[] { constant(threads, serviceMillis),
				exponential(threads, serviceMillis) }) {
			Result result = simulation.run(poisson(load, threads, serviceMillis, seconds));
			assertThat(result.servedPerSecond(1, seconds)).isGreaterThanOrEqualTo(0.95 * capacity);
			assertThat(result.timeToRefusePercentileMillis(1)).isLessThanOrEqualTo(1000 + 2);
			assertThat(result.agePercentileMillis(1)).isLessThanOrEqualTo(1000);
			assertThat(result.agePercentileMillis(0.9)).isLessThanOrEqualTo(Math.max(110, 12 * serviceMillis));
		}
	}

	@ParameterizedTest
	@CsvSource({ "1, 5, 200", "2, 5, 400", "20, 50, 400" })
	void burstThatCanBeServedInTimeIsServed(int threads, int serviceMillis, int calls) {
		long[] arrivals = LongStream.range(0, 10)
			.flatMap((burst) -> LongStream.range(0, calls).map((i) -> (2 * burst + 1) * SECOND))
			.toArray();
		assertThat(constant(threads, serviceMillis).run(arrivals).refusedShare()).isZero();
	}

	@Test
	void whatCannotBeServedInTimeOfABurstIsRefused() {
		long[] arrivals = new long[1000];
		Arrays.fill(arrivals, SECOND);
		Result result = constant(20, 50).run(arrivals);
		assertThat(result.arrivals() - result.refused()).isBetween(380, 420);
		assertThat(result.timeToRefusePercentileMillis(1)).isLessThanOrEqualTo(1000 + 2);
	}

	@Test
	void everythingExpiresInTimeWhileEveryThreadIsStuck() {
		Result result = new QueueSimulation(SETTINGS, 20, (now) -> (now < 10 * SECOND) ? 20 * SECOND : 50 * MILLISECOND)
			.run(poisson(0.5, 20, 50, 15));
		assertThat(result.refused()).isGreaterThan(2000);
		assertThat(result.timeToRefusePercentileMillis(1)).isLessThanOrEqualTo(1000 + 2);
	}

	private QueueSimulation constant(int threads, int serviceMillis) {
		return simulation(threads, (now) -> serviceMillis * MILLISECOND);
	}

	private QueueSimulation exponential(int threads, int serviceMillis) {
		return simulation(threads,
				(now) -> (long) (-StrictMath.log(1 - this.random.nextDouble()) * serviceMillis * MILLISECOND));
	}

	private static QueueSimulation simulation(int threads, LongUnaryOperator serviceNanos) {
		return new QueueSimulation(SETTINGS, threads, serviceNanos);
	}

	private long[] poisson(double load, int threads, int serviceMillis, int seconds) {
		return QueueSimulation.poisson(load * threads * 1000 / serviceMillis, 0, seconds * SECOND, this.random);
	}

}
