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
import java.util.List;

/**
 * The last {@value #SIZE} numbers of a series, with their times. Not thread-safe.
 */
final class RecentPoints {

	static final int SIZE = 64;

	private final double[] values;

	private final long[] times;

	private long count;

	RecentPoints() {
		this(new double[SIZE], new long[SIZE], 0);
	}

	private RecentPoints(double[] values, long[] times, long count) {
		this.values = values;
		this.times = times;
		this.count = count;
	}

	RecentPoints copy() {
		return new RecentPoints(this.values.clone(), this.times.clone(), this.count);
	}

	/**
	 * Adds a number, and forgets the oldest one if there are too many.
	 * @param value the number
	 * @param epochNanos when it was recorded
	 */
	void add(double value, long epochNanos) {
		int place = (int) (this.count & (SIZE - 1));
		this.values[place] = value;
		this.times[place] = epochNanos;
		this.count++;
	}

	void addTo(List<RecentPoint> points) {
		for (long i = Math.max(0, this.count - SIZE); i < this.count; i++) {
			int place = (int) (i & (SIZE - 1));
			points.add(new RecentPoint(Instant.ofEpochSecond(0, this.times[place]), this.values[place]));
		}
	}

}
