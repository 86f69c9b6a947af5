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

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.DoubleAccumulator;
import java.util.concurrent.atomic.DoubleAdder;

/**
 * The streaming statistics of one series of non-negative numbers, in bounded memory: a
 * {@link Histogram}, the sum, the extremes, and the first {@value #EXACT} numbers
 * themselves, from which the median is exact as long as there are no more.
 * <p>
 * Thread-safe and lock-free. A snapshot that is taken while numbers come may lack the
 * last of them in one figure and not in another.
 */
public final class Distribution {

	/**
	 * Below this many numbers there are no percentiles, but the exact median.
	 */
	static final int EXACT = 64;

	private static final long NOT_YET_WRITTEN = Double.doubleToRawLongBits(Double.NaN);

	private final Histogram histogram = new Histogram();

	private final DoubleAdder sum = new DoubleAdder();

	private final DoubleAccumulator min = new DoubleAccumulator(Math::min, Double.POSITIVE_INFINITY);

	private final DoubleAccumulator max = new DoubleAccumulator(Math::max, Double.NEGATIVE_INFINITY);

	private final AtomicInteger places = new AtomicInteger();

	private final AtomicLongArray first = new AtomicLongArray(EXACT);

	/**
	 * Creates statistics of nothing.
	 */
	public Distribution() {
		for (int i = 0; i < EXACT; i++) {
			this.first.set(i, NOT_YET_WRITTEN);
		}
	}

	/**
	 * Adds a number.
	 * @param value the number, not negative and not NaN
	 */
	public void record(double value) {
		this.histogram.record(value);
		this.sum.add(value);
		this.min.accumulate(value);
		this.max.accumulate(value);
		if (this.places.get() < EXACT) {
			int place = this.places.getAndIncrement();
			if (place < EXACT) {
				this.first.set(place, Double.doubleToRawLongBits(value));
			}
		}
	}

	long count() {
		return this.histogram.counts().total();
	}

	double sum() {
		return this.sum.sum();
	}

	double max() {
		return Math.max(0, this.max.get());
	}

	/**
	 * Returns the statistics as they are now.
	 * @return a copy
	 */
	public DistributionSnapshot snapshot() {
		Histogram.Counts counts = this.histogram.counts();
		long count = counts.total();
		if (count == 0) {
			return DistributionSnapshot.EMPTY;
		}
		double sum = this.sum.sum();
		double min = this.min.get();
		double max = this.max.get();
		if (count < EXACT) {
			return new DistributionSnapshot(count, sum / count, min, max, exactMedian(), null, null);
		}
		return new DistributionSnapshot(count, sum / count, min, max, within(min, counts.quantile(0.5), max),
				within(min, counts.quantile(0.95), max), within(min, counts.quantile(0.99), max));
	}

	/*
	 * The middle of an outermost bucket may lie outside of what has been seen.
	 */
	private static double within(double min, double value, double max) {
		return Math.max(min, Math.min(value, max));
	}

	private double exactMedian() {
		double[] values = new double[EXACT];
		int written = 0;
		for (int i = 0; i < EXACT; i++) {
			long bits = this.first.get(i);
			if (bits != NOT_YET_WRITTEN) {
				values[written] = Double.longBitsToDouble(bits);
				written++;
			}
		}
		if (written == 0) {
			return 0;
		}
		Arrays.sort(values, 0, written);
		int middle = written / 2;
		return (written % 2 == 1) ? values[middle] : (values[middle - 1] + values[middle]) / 2;
	}

}
