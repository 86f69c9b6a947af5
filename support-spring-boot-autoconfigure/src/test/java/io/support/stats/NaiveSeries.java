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

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

import org.assertj.core.data.Offset;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a {@link Distribution} knows of time, computed from all of its numbers.
 */
final class NaiveSeries {

	/*
	 * What has faded so far is no number any more.
	 */
	private static final double NOTHING = 1e-150;

	private final Instant start;

	private final List<RecentPoint> points = new ArrayList<>();

	NaiveSeries(Instant start) {
		this.start = start;
	}

	void record(Instant at, double value) {
		this.points.add(new RecentPoint(at, value));
	}

	void assertIs(DistributionState state, Instant now) {
		assertThat(state.recent())
			.isEqualTo(this.points.subList(Math.max(0, this.points.size() - 64), this.points.size()));
		assertThat(state.minutes()).isEqualTo(minutes(now));
		assertThat(state.averages()).extracting(MovingAverage::minutes).containsExactly(1, 5, 15);
		state.averages().forEach((average) -> assertAverage(average, now));
		assertThat(state.firstAt()).isEqualTo(this.points.isEmpty() ? null : this.points.get(0).at());
		assertThat(state.lastAt())
			.isEqualTo(this.points.isEmpty() ? null : this.points.get(this.points.size() - 1).at());
	}

	private List<MinuteStatistics> minutes(Instant now) {
		TreeMap<Long, MinuteStatistics> minutes = new TreeMap<>();
		for (RecentPoint point : this.points) {
			long minute = Math.floorDiv(point.at().getEpochSecond(), 60);
			minutes.merge(minute,
					new MinuteStatistics(Instant.ofEpochSecond(60 * minute), 1, point.value(), point.value()),
					(one, other) -> new MinuteStatistics(one.from(), one.count() + other.count(),
							one.sum() + other.sum(), Math.max(one.max(), other.max())));
		}
		return List.copyOf(minutes.tailMap(Math.floorDiv(now.getEpochSecond(), 60) - 59).values());
	}

	/*
	 * Weights are beside the last number's, which may have faded to nothing.
	 */
	private void assertAverage(MovingAverage average, Instant now) {
		double minutes = average.minutes();
		double last = this.points.isEmpty() ? slot(now) : slot(this.points.get(this.points.size() - 1).at());
		double count = 0;
		double sum = 0;
		double size = 0;
		for (RecentPoint point : this.points) {
			double weight = Math.exp((slot(point.at()) - last) / 12 / minutes);
			count += weight;
			sum += weight * point.value();
			size += weight * Math.abs(point.value());
		}
		double faded = count * Math.exp((last - slot(now)) / 12 / minutes);
		double age = Math.max(5, seconds(now) - seconds(this.start));
		double perSecond = faded / (60 * minutes * -Math.expm1(-age / 60 / minutes));
		assertThat(average.perSecond()).isCloseTo(perSecond, Offset.offset(1e-9 * perSecond + NOTHING));
		if (average.mean() != null) {
			assertThat(count).as("weight of a mean").isGreaterThan(0);
			assertThat(average.mean()).isCloseTo(sum / count, Offset.offset(1e-9 * size / count + NOTHING));
		}
		else {
			assertThat(faded).as("weight without a mean").isLessThan(NOTHING);
		}
	}

	private static double slot(Instant at) {
		return (double) Math.floorDiv(at.getEpochSecond(), 5);
	}

	private static double seconds(Instant at) {
		return at.getEpochSecond() + at.getNano() / 1e9;
	}

}
