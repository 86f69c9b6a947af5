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

import java.net.URI;
import java.time.Duration;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Arrivals}.
 */
class ArrivalsTests {

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	private final LoadPlan plan = LoadPlan.open(URI.create("http://127.0.0.1:80/"), 1000, Duration.ofSeconds(10));

	@Test
	void constantArrivalsHaveEqualGaps() {
		assertThat(times(this.plan.arrivals(Arrivals.CONSTANT)))
			.containsExactly(IntStream.range(0, 10_000).mapToLong((index) -> index * 1_000_000L).toArray());
	}

	@Test
	void poissonArrivalsAreExactInNumberAndAscend() {
		long[] times = times(this.plan);
		assertThat(times).hasSize(10_000).isSorted();
		assertThat(times[0]).isNotNegative();
		assertThat(times[9_999]).isLessThan(10 * SECOND);
	}

	@Test
	void poissonGapsAreExponential() {
		long[] times = times(this.plan);
		double mean = 1_000_000;
		long longer = IntStream.range(1, times.length)
			.filter((index) -> times[index] - times[index - 1] > mean)
			.count();
		assertThat(longer / (double) times.length).isBetween(0.35, 0.39);
	}

	@Test
	void equalSeedsGiveEqualTimes() {
		assertThat(times(this.plan.seed(7))).isEqualTo(times(this.plan.seed(7))).isNotEqualTo(times(this.plan.seed(8)));
	}

	@Test
	void waveComesInAdditionAndInOrder() {
		Wave wave = Wave.burst(500, Duration.ofSeconds(4), Duration.ofSeconds(2));
		Schedule schedule = Arrivals.POISSON.schedule(this.plan.with(wave));
		long[] times = times(this.plan.with(wave));
		assertThat(times).hasSize(11_000).isSorted();
		long[] ofWave = IntStream.range(0, times.length)
			.filter(schedule::isOfWave)
			.mapToLong((index) -> times[index])
			.toArray();
		assertThat(ofWave).hasSize(1_000);
		assertThat(ofWave[0]).isGreaterThanOrEqualTo(4 * SECOND);
		assertThat(ofWave[999]).isLessThan(6 * SECOND);
		assertThat(IntStream.range(0, times.length)
			.filter((index) -> !schedule.isOfWave(index))
			.mapToLong((index) -> times[index])
			.toArray()).isEqualTo(times(this.plan));
	}

	@Test
	void waveNeedsRandomArrivals() {
		Wave wave = Wave.burst(500, Duration.ZERO, Duration.ofSeconds(2));
		assertThatIllegalArgumentException().isThrownBy(() -> this.plan.arrivals(Arrivals.CONSTANT).with(wave))
			.withMessage("a wave needs arrivals that are POISSON, was: CONSTANT");
	}

	@Test
	void closedLoopIsDueUntilTheTimeIsOver() {
		Schedule schedule = Arrivals.CLOSED.schedule(this.plan);
		assertThat(schedule.intended(5, 3 * SECOND)).isEqualTo(3 * SECOND);
		assertThat(schedule.intended(5, 10 * SECOND)).isEqualTo(Schedule.NEVER);
	}

	@Test
	void requestsAreBounded() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> LoadPlan.open(this.plan.target(), 1e6, Duration.ofMinutes(1)))
			.withMessageStartingWith("ratePerSecond times settle and duration must be at most 20000000");
	}

	private static long[] times(LoadPlan plan) {
		Schedule schedule = plan.arrivals().schedule(plan);
		return IntStream.range(0, schedule.capacity()).mapToLong((index) -> schedule.intended(index, 0)).toArray();
	}

}
