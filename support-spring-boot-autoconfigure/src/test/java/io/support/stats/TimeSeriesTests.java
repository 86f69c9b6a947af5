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

package io.support.stats;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MockClock;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a {@link Distribution} knows of time.
 */
class TimeSeriesTests {

	private final MockClock clock = new MockClock();

	private final Distribution distribution = new Distribution(this.clock);

	@Test
	void averagesOfASteadySeriesAreItsRateAndItsMeanFromTheStart() {
		for (int second = 0; second < 3600; second++) {
			for (int i = 0; i < 10; i++) {
				this.distribution.record(i);
				this.clock.add(Duration.ofMillis(100));
			}
			if (second % 60 == 59) {
				for (MovingAverage average : this.distribution.state().averages()) {
					assertThat(average.perSecond()).isCloseTo(10, Percentage.withPercentage(8));
					assertThat(average.mean()).isCloseTo(4.5, Offset.offset(1e-9));
				}
			}
		}
	}

	@Test
	void averagesForgetTheFasterTheShorterTheyAre() {
		recordEverySecond(1800, 1);
		this.clock.add(Duration.ofMinutes(5));
		List<MovingAverage> averages = this.distribution.state().averages();
		assertThat(averages).extracting(MovingAverage::minutes).containsExactly(1, 5, 15);
		assertThat(averages.get(0).perSecond()).isCloseTo(Math.exp(-5), Percentage.withPercentage(15));
		assertThat(averages.get(1).perSecond()).isCloseTo(Math.exp(-1), Percentage.withPercentage(5));
		assertThat(averages.get(2).perSecond()).isCloseTo(
				Math.exp(-1 / 3.0) * (1 - Math.exp(-2)) / (1 - Math.exp(-7 / 3.0)), Percentage.withPercentage(5));
		assertThat(averages).extracting(MovingAverage::mean).containsOnly(1.0);
	}

	@Test
	void averagesFollowAChange() {
		recordEverySecond(1800, 100);
		recordEverySecond(60, 200);
		List<MovingAverage> averages = this.distribution.state().averages();
		assertThat(averages.get(0).mean()).isCloseTo(200 - 100 * Math.exp(-1), Percentage.withPercentage(5));
		assertThat(averages.get(2).mean()).isBetween(100.0, 112.0);
	}

	@Test
	void averagesHaveNoMeanWhenAllHasFaded() {
		recordEverySecond(60, 7);
		for (int minutes = 1; minutes < 800; minutes++) {
			this.clock.add(Duration.ofMinutes(1));
			MovingAverage average = this.distribution.state().averages().get(0);
			if (average.mean() != null) {
				assertThat(average.mean()).as("after %s min", minutes).isCloseTo(7, Offset.offset(1e-9));
			}
		}
		assertThat(this.distribution.state().averages().get(0)).isEqualTo(new MovingAverage(1, 0, null));
	}

	@Provide
	Arbitrary<Step> steps() {
		Arbitrary<Long> nanos = Arbitraries.of(TimeUnit.SECONDS, TimeUnit.MINUTES, TimeUnit.HOURS)
			.flatMap((unit) -> Arbitraries.longs()
				.between(0, 20 * unit.toNanos(1))
				.withDistribution(RandomDistribution.uniform()));
		return Combinators
			.combine(nanos, Arbitraries.integers().between(-1000, 1_000_000), Arbitraries.of(true, true, true, false))
			.as(Step::new);
	}

	@Property(tries = 300)
	void anyStepsGiveWhatIsComputedFromAllNumbers(@ForAll @Size(max = 150) List<@From("steps") Step> steps) {
		MockClock time = new MockClock();
		Distribution recorded = new Distribution(time);
		NaiveSeries naive = new NaiveSeries(now(time));
		for (Step step : steps) {
			time.add(Duration.ofNanos(step.afterNanos()));
			if (step.isNumber()) {
				recorded.record(step.number());
				naive.record(now(time), step.number());
			}
			else {
				naive.assertIs(recorded.state(), now(time));
			}
		}
		naive.assertIs(recorded.state(), now(time));
	}

	@Property(tries = 200)
	void partsOfASlotMayComeLate(@ForAll @Size(max = 50) List<@IntRange(max = 1000) Integer> slots) {
		TimeSeries inOrder = new TimeSeries(0);
		TimeSeries asTheyCome = new TimeSeries(0);
		slots.stream().sorted().forEach((slot) -> inOrder.add(slot, 2, slot, slot));
		slots.forEach((slot) -> asTheyCome.add(slot, 2, slot, slot));
		long now = TimeSeries.end(1000);
		assertThat(asTheyCome.minutes(now)).isEqualTo(inOrder.minutes(now));
		SameStatistics.assertSame(asTheyCome.averages(now), inOrder.averages(now));
	}

	private static Instant now(MockClock clock) {
		return Instant.ofEpochSecond(0, clock.monotonicTime());
	}

	private void recordEverySecond(int seconds, double value) {
		for (int second = 0; second < seconds; second++) {
			this.distribution.record(value);
			this.clock.add(Duration.ofSeconds(1));
		}
	}

	/**
	 * Time passes, then a number comes or somebody looks.
	 *
	 * @param afterNanos how much time
	 * @param number the number
	 * @param isNumber whether it comes
	 */
	private record Step(long afterNanos, int number, boolean isNumber) {

	}

}
