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
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One meter in full, for people.
 *
 * @param name the meter's name
 * @param tags its tags, in the order of their keys
 * @param kind its type in lower case, such as {@code timer}
 * @param unit the unit of its numbers; {@code null} if it does not say
 * @param value the value of a counter or a gauge; {@code null} for others
 * @param figures count, mean, extremes, moments and percentiles; {@code null} for what is
 * counted elsewhere
 * @param averages over about the last minutes
 * @param firstAt when the first number came
 * @param lastAt when the last number came
 * @param meanInterval the mean time from one number to the next
 * @param minutes the minutes of the last hour in which something came
 * @param buckets how many numbers lie where
 * @param recent the last numbers
 */
public record MeterDetail(String name, Map<String, String> tags, String kind, @Nullable String unit,
		@Nullable Double value, @Nullable DistributionSnapshot figures, List<MovingAverage> averages,
		@Nullable Instant firstAt, @Nullable Instant lastAt, @Nullable Duration meanInterval,
		List<MinuteStatistics> minutes, List<Bucket> buckets, List<RecentPoint> recent) {

	static MeterDetail of(MeterState meter) {
		DistributionState distribution = meter.distribution();
		if (distribution == null) {
			return new MeterDetail(meter.name(), meter.tags(), meter.kind(), meter.unit(), meter.value(), null,
					List.of(), null, null, null, List.of(), List.of(), List.of());
		}
		return new MeterDetail(meter.name(), meter.tags(), meter.kind(), meter.unit(), meter.value(),
				distribution.summary(), distribution.averages(), distribution.firstAt(), distribution.lastAt(),
				distribution.meanInterval(), distribution.minutes(), Bucket.of(distribution.buckets()),
				distribution.recent());
	}

	/**
	 * Numbers that lie close together.
	 *
	 * @param from the smallest number in it
	 * @param to above all numbers in it
	 * @param count how many there are
	 */
	public record Bucket(double from, double to, long count) {

		static List<Bucket> of(Buckets buckets) {
			return buckets.counts()
				.entrySet()
				.stream()
				.map((bucket) -> new Bucket(Buckets.from(bucket.getKey()), Buckets.to(bucket.getKey()),
						bucket.getValue()))
				.toList();
		}

	}

}
