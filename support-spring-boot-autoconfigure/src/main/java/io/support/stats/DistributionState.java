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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Everything that is known about a series of numbers at one moment, as a value that can
 * be written as JSON and be added to that of another process.
 *
 * @param moments count, mean, extremes and moments
 * @param buckets how many lie where
 * @param recent the last 64 numbers, the oldest first
 * @param averages over about the last 1, 5 and 15 minutes
 * @param minutes the minutes of the last hour in which something came, the oldest first
 * @param firstAt when the first number came; {@code null} if there was none
 * @param lastAt when the last one came; {@code null} if there was none
 */
public record DistributionState(Moments moments, Buckets buckets, List<RecentPoint> recent,
		List<MovingAverage> averages, List<MinuteStatistics> minutes, @Nullable Instant firstAt,
		@Nullable Instant lastAt) {

	/**
	 * Below this many numbers there are no percentiles, but the exact median.
	 */
	public static final int EXACT = RecentPoints.SIZE;

	/**
	 * Keeps what is asked for of the recent numbers.
	 * @param moments count, mean, extremes and moments
	 * @param buckets how many lie where
	 * @param recent numbers with their times, in any order; the last 64 are kept
	 * @param averages over about the last 1, 5 and 15 minutes
	 * @param minutes the minutes in which something came, the oldest first
	 * @param firstAt when the first number came; {@code null} if there was none
	 * @param lastAt when the last one came; {@code null} if there was none
	 */
	public DistributionState {
		recent = recent.stream()
			.sorted(Comparator.comparing(RecentPoint::at))
			.skip(Math.max(0, recent.size() - RecentPoints.SIZE))
			.toList();
		averages = List.copyOf(averages);
		minutes = List.copyOf(minutes);
	}

	/**
	 * Adds another series. Moments, buckets and minutes are those of all numbers; what is
	 * a sum or a mean may differ in the last digits, since it was added up in another
	 * order.
	 * @param other the other
	 * @return both as one series
	 */
	public DistributionState plus(DistributionState other) {
		List<MovingAverage> averages = new ArrayList<>();
		for (int i = 0; i < this.averages.size(); i++) {
			averages.add(this.averages.get(i).plus(other.averages.get(i)));
		}
		return new DistributionState(this.moments.plus(other.moments), this.buckets.plus(other.buckets),
				Stream.concat(this.recent.stream(), other.recent.stream()).toList(), averages,
				minutesWith(other.minutes), first(this.firstAt, other.firstAt), last(this.lastAt, other.lastAt));
	}

	private List<MinuteStatistics> minutesWith(List<MinuteStatistics> others) {
		TreeMap<Instant, MinuteStatistics> all = new TreeMap<>();
		Stream.concat(this.minutes.stream(), others.stream())
			.forEach((minute) -> all.merge(minute.from(), minute, MinuteStatistics::plus));
		if (!all.isEmpty()) {
			all.headMap(all.lastKey().minus(TimeSeries.MINUTES - 1, ChronoUnit.MINUTES)).clear();
		}
		return List.copyOf(all.values());
	}

	private static @Nullable Instant first(@Nullable Instant one, @Nullable Instant other) {
		return (one == null || (other != null && other.isBefore(one))) ? other : one;
	}

	private static @Nullable Instant last(@Nullable Instant one, @Nullable Instant other) {
		return (one == null || (other != null && other.isAfter(one))) ? other : one;
	}

	/**
	 * Returns the mean time from one number to the next.
	 * @return the time; {@code null} below two numbers
	 */
	public @Nullable Duration meanInterval() {
		if (this.firstAt == null || this.lastAt == null || this.moments.count() < 2) {
			return null;
		}
		return Duration.between(this.firstAt, this.lastAt).dividedBy(this.moments.count() - 1);
	}

	/**
	 * Returns the figures that are made of these.
	 * @return count, mean, extremes, moments and percentiles
	 */
	public DistributionSnapshot summary() {
		long count = this.moments.count();
		if (count == 0) {
			return DistributionSnapshot.EMPTY;
		}
		boolean few = count < EXACT;
		return new DistributionSnapshot(count, this.moments.mean(), this.moments.min(), this.moments.max(),
				this.moments.variance(), this.moments.skewness(), this.moments.kurtosis(), few ? null : quantile(0.25),
				few ? exactMedian() : quantile(0.5), few ? null : quantile(0.75), few ? null : quantile(0.9),
				few ? null : quantile(0.95), few ? null : quantile(0.99), few ? null : quantile(0.999));
	}

	/*
	 * The middle of an outermost bucket may lie outside of what has been seen.
	 */
	private double quantile(double quantile) {
		return Math.max(this.moments.min(), Math.min(this.buckets.quantile(quantile), this.moments.max()));
	}

	private double exactMedian() {
		double[] sorted = this.recent.stream().mapToDouble(RecentPoint::value).sorted().toArray();
		int middle = sorted.length / 2;
		return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}

}
