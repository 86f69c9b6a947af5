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

import io.micrometer.core.instrument.MockClock;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
	void minutesAreThoseOfTheClockAndOfTheLastHour() {
		this.clock.add(Duration.ofSeconds(30));
		for (int minute = 0; minute < 100; minute++) {
			this.distribution.record(minute);
			this.distribution.record(2 * minute);
			this.clock.add(Duration.ofMinutes(1));
		}
		List<MinuteStatistics> minutes = this.distribution.state().minutes();
		assertThat(minutes).hasSize(59);
		MinuteStatistics last = minutes.get(58);
		assertThat(last).isEqualTo(new MinuteStatistics(Instant.ofEpochSecond(99 * 60), 2, 297, 198));
		assertThat(minutes).isSortedAccordingTo((one, other) -> one.from().compareTo(other.from()));
		this.clock.add(Duration.ofHours(2));
		assertThat(this.distribution.state().minutes()).isEmpty();
	}

	@Test
	void lastPointsAreKeptWithTheirTimes() {
		recordEverySecond(100, 3);
		DistributionState state = this.distribution.state();
		assertThat(state.recent()).hasSize(64);
		assertThat(Duration.between(state.recent().get(0).at(), state.recent().get(63).at()))
			.isEqualTo(Duration.ofSeconds(63));
		assertThat(state.meanInterval()).isEqualTo(Duration.ofSeconds(1));
		assertThat(state.recent().get(63).at()).isEqualTo(state.lastAt());
	}

	@Test
	void averagesOverDifferentTimesCannotBeAddedUp() {
		MovingAverage one = new MovingAverage(1, 2, 10.0);
		assertThat(one.plus(new MovingAverage(1, 6, 2.0))).isEqualTo(new MovingAverage(1, 8, 4.0));
		assertThat(one.plus(new MovingAverage(1, 0, null))).isEqualTo(one);
		assertThatIllegalArgumentException().isThrownBy(() -> one.plus(new MovingAverage(5, 1, 1.0)))
			.withMessageContaining("1 and 5 min");
	}

	private void recordEverySecond(int seconds, double value) {
		for (int second = 0; second < seconds; second++) {
			this.distribution.record(value);
			this.clock.add(Duration.ofSeconds(1));
		}
	}

}
