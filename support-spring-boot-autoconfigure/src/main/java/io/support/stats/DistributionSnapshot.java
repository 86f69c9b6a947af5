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
 * The statistics of a series of numbers at one moment, in the unit of the numbers.
 *
 * @param count how many there have been
 * @param mean their mean, exact; {@code null} if there were none
 * @param min the smallest, exact
 * @param max the largest, exact
 * @param p50 the median: exact below 64 numbers, within 1 % from then on
 * @param p95 the 95th percentile, within 1 %; {@code null} below 64 numbers
 * @param p99 the 99th percentile, within 1 %; {@code null} below 64 numbers
 */
public record DistributionSnapshot(long count, @Nullable Double mean, @Nullable Double min, @Nullable Double max,
		@Nullable Double p50, @Nullable Double p95, @Nullable Double p99) {

	static final DistributionSnapshot EMPTY = new DistributionSnapshot(0, null, null, null, null, null, null);

}
