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

import java.util.Arrays;

/**
 * The distribution of some times, exact: computed from every single one of them.
 *
 * @param count how many there are; if none, the others are zero
 * @param p50Nanos the median in nanoseconds
 * @param p99Nanos the 99th percentile in nanoseconds
 * @param p999Nanos the 99.9th percentile in nanoseconds
 * @param maxNanos the greatest in nanoseconds
 */
public record Percentiles(int count, long p50Nanos, long p99Nanos, long p999Nanos, long maxNanos) {

	/**
	 * Returns the distribution of some times.
	 * @param nanos the times in nanoseconds, in any order
	 * @return their percentiles, by nearest rank
	 */
	public static Percentiles of(long[] nanos) {
		if (nanos.length == 0) {
			return new Percentiles(0, 0, 0, 0, 0);
		}
		long[] sorted = nanos.clone();
		Arrays.sort(sorted);
		return new Percentiles(sorted.length, rank(sorted, 0.5), rank(sorted, 0.99), rank(sorted, 0.999),
				sorted[sorted.length - 1]);
	}

	private static long rank(long[] sorted, double quantile) {
		return sorted[(int) Math.ceil(quantile * sorted.length) - 1];
	}

}
