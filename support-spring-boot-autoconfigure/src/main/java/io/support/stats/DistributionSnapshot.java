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

import org.jspecify.annotations.Nullable;

/**
 * The figures of a series of numbers at one moment, in the unit of the numbers.
 * Percentiles are within 1 %, and there are none below 64 numbers.
 *
 * @param count how many there have been
 * @param mean their mean, exact; {@code null} if there were none
 * @param min the smallest, exact
 * @param max the largest, exact
 * @param variance the mean square distance from the mean
 * @param skewness above 0 if the tail is on the side of the large numbers; {@code null}
 * if all numbers are the same
 * @param kurtosis how heavy the tails are, beside those of a normal distribution;
 * {@code null} if all numbers are the same
 * @param p25 a quarter of the numbers is not above
 * @param p50 the median: exact below 64 numbers
 * @param p75 three quarters are not above
 * @param p90 the 90th percentile
 * @param p95 the 95th percentile
 * @param p99 the 99th percentile
 * @param p999 one in a thousand is above
 */
public record DistributionSnapshot(long count, @Nullable Double mean, @Nullable Double min, @Nullable Double max,
		@Nullable Double variance, @Nullable Double skewness, @Nullable Double kurtosis, @Nullable Double p25,
		@Nullable Double p50, @Nullable Double p75, @Nullable Double p90, @Nullable Double p95, @Nullable Double p99,
		@Nullable Double p999) {

	static final DistributionSnapshot EMPTY = new DistributionSnapshot(0, null, null, null, null, null, null, null,
			null, null, null, null, null, null);

}
