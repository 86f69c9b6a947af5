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

import java.util.HashSet;
import java.util.List;
import java.util.Objects;

import org.assertj.core.data.Offset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Says whether statistics are those of the same numbers: the same where that is promised,
 * else but for rounding.
 */
final class SameStatistics {

	private static final double ROUNDING = 1e-9;

	private SameStatistics() {
	}

	static void assertSame(StatisticsState actual, StatisticsState expected) {
		assertThat(actual.meters()).hasSameSizeAs(expected.meters());
		for (MeterState meter : expected.meters()) {
			MeterState same = actual.meters().stream().filter(meter::isSameMeterAs).findFirst().orElseThrow();
			assertThat(same.value()).as(meter.name()).isEqualTo(meter.value());
			assertSame(Objects.requireNonNull(same.distribution()), Objects.requireNonNull(meter.distribution()));
		}
		assertThat(actual.sketches()).extracting(SketchState::name)
			.containsExactlyInAnyOrderElementsOf(expected.sketches().stream().map(SketchState::name).toList());
	}

	static void assertSame(DistributionState actual, DistributionState expected) {
		assertSame(actual.moments(), expected.moments());
		assertThat(actual.buckets()).isEqualTo(expected.buckets());
		assertSameMinutes(actual.minutes(), expected.minutes());
		assertThat(new HashSet<>(actual.recent())).isEqualTo(new HashSet<>(expected.recent()));
		assertThat(actual.firstAt()).isEqualTo(expected.firstAt());
		assertThat(actual.lastAt()).isEqualTo(expected.lastAt());
		assertSame(actual.averages(), expected.averages());
	}

	private static void assertSameMinutes(List<MinuteStatistics> actual, List<MinuteStatistics> expected) {
		assertThat(actual).extracting(MinuteStatistics::from, MinuteStatistics::count, MinuteStatistics::max)
			.isEqualTo(expected.stream().map((minute) -> tuple(minute.from(), minute.count(), minute.max())).toList());
		for (int i = 0; i < expected.size(); i++) {
			MinuteStatistics minute = expected.get(i);
			assertThat(actual.get(i).sum()).isCloseTo(minute.sum(),
					Offset.offset(ROUNDING * minute.count() * Math.abs(minute.max())));
		}
	}

	static void assertSame(List<MovingAverage> actual, List<MovingAverage> expected) {
		assertThat(actual).hasSameSizeAs(expected);
		for (int i = 0; i < actual.size(); i++) {
			MovingAverage one = actual.get(i);
			MovingAverage other = expected.get(i);
			assertThat(one.minutes()).isEqualTo(other.minutes());
			assertThat(one.perSecond()).isCloseTo(other.perSecond(), Offset.offset(ROUNDING * other.perSecond()));
			if (other.mean() == null) {
				assertThat(one.mean()).isNull();
			}
			else {
				assertThat(one.mean()).isCloseTo(other.mean(), Offset.offset(ROUNDING * Math.abs(other.mean())));
			}
		}
	}

	static void assertSame(Moments actual, Moments expected) {
		assertThat(actual.count()).isEqualTo(expected.count());
		assertThat(actual.min()).isEqualTo(expected.min());
		assertThat(actual.max()).isEqualTo(expected.max());
		double deviation = Math.sqrt(expected.secondSum() / Math.max(1, expected.count()));
		assertThat(actual.mean()).isCloseTo(expected.mean(),
				Offset.offset(ROUNDING * (deviation + Math.abs(expected.mean()))));
		assertPower(2, actual.secondSum(), expected.secondSum(), expected.count(), deviation);
		assertPower(3, actual.thirdSum(), expected.thirdSum(), expected.count(), deviation);
		assertPower(4, actual.fourthSum(), expected.fourthSum(), expected.count(), deviation);
	}

	/*
	 * Cubes may cancel each other out to nearly nothing.
	 */
	private static void assertPower(int power, double actual, double expected, long count, double deviation) {
		double size = Math.max(Math.abs(expected), count * Math.pow(deviation, power));
		assertThat(actual).as("sum of power %s", power).isCloseTo(expected, Offset.offset(ROUNDING * size));
	}

}
