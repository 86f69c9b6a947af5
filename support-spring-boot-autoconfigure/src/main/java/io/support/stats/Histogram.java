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

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/**
 * A histogram of non-negative numbers whose buckets grow with the numbers: every power of
 * two is divided into {@value #BUCKETS_PER_OCTAVE} buckets of equal width, so that the
 * middle of a bucket is within 0.8 % of every number in it. The idea is that of
 * HdrHistogram; here a bucket's place is read off the bits of the {@code double}, without
 * a logarithm.
 * <p>
 * Numbers from 2<sup>-32</sup> to 2<sup>64</sup> are told apart; smaller ones count as
 * zero, larger ones as the largest. Memory is taken an octave at a time, about 540 bytes,
 * when its first number comes, and never more than {@value #OCTAVES} times. Thread-safe
 * and lock-free.
 */
final class Histogram {

	static final int OCTAVES = 96;

	static final int BUCKETS_PER_OCTAVE = 64;

	private static final int MANTISSA_BITS = 52;

	private static final int BUCKET_SHIFT = MANTISSA_BITS - 6;

	private static final int SMALLEST_EXPONENT = -32;

	private static final int BIAS = 1023 + SMALLEST_EXPONENT;

	private final AtomicReferenceArray<@Nullable AtomicLongArray> octaves = new AtomicReferenceArray<>(OCTAVES);

	private final AtomicLongArray zeros = new AtomicLongArray(1);

	/**
	 * Counts a number.
	 * @param value the number, not negative and not NaN
	 */
	void record(double value) {
		long bits = Double.doubleToRawLongBits(value);
		int octave = (int) (bits >>> MANTISSA_BITS) - BIAS;
		if (octave < 0) {
			this.zeros.getAndIncrement(0);
			return;
		}
		if (octave >= OCTAVES) {
			octave(OCTAVES - 1).getAndIncrement(BUCKETS_PER_OCTAVE - 1);
			return;
		}
		octave(octave).getAndIncrement((int) (bits >>> BUCKET_SHIFT) & (BUCKETS_PER_OCTAVE - 1));
	}

	private AtomicLongArray octave(int index) {
		AtomicLongArray octave = this.octaves.get(index);
		if (octave != null) {
			return octave;
		}
		AtomicLongArray created = new AtomicLongArray(BUCKETS_PER_OCTAVE);
		AtomicLongArray witness = this.octaves.compareAndExchange(index, null, created);
		return (witness != null) ? witness : created;
	}

	/**
	 * Copies the counts, so that several quantiles are of the same moment.
	 * @return the counts as they are now
	 */
	Counts counts() {
		long[] @Nullable [] copy = new long[OCTAVES][];
		long zeros = this.zeros.get(0);
		long total = zeros;
		for (int i = 0; i < OCTAVES; i++) {
			AtomicLongArray octave = this.octaves.get(i);
			if (octave == null) {
				continue;
			}
			long[] buckets = new long[BUCKETS_PER_OCTAVE];
			for (int j = 0; j < BUCKETS_PER_OCTAVE; j++) {
				buckets[j] = octave.get(j);
				total += buckets[j];
			}
			copy[i] = buckets;
		}
		return new Counts(zeros, copy, total);
	}

	/**
	 * The counts at one moment.
	 */
	static final class Counts {

		private final long zeros;

		private final long[] @Nullable [] octaves;

		private final long total;

		private Counts(long zeros, long[] @Nullable [] octaves, long total) {
			this.zeros = zeros;
			this.octaves = octaves;
			this.total = total;
		}

		long total() {
			return this.total;
		}

		/**
		 * Returns the number below or at which a share of all numbers lies.
		 * @param quantile the share, above 0 and at most 1
		 * @return the middle of the bucket, within 0.8 % of the number; 0 if there is
		 * none
		 */
		double quantile(double quantile) {
			long rank = Math.max(1, (long) Math.ceil(quantile * this.total));
			long seen = this.zeros;
			if (seen >= rank) {
				return 0;
			}
			for (int i = 0; i < OCTAVES; i++) {
				long[] buckets = this.octaves[i];
				if (buckets == null) {
					continue;
				}
				for (int j = 0; j < BUCKETS_PER_OCTAVE; j++) {
					seen += buckets[j];
					if (seen >= rank) {
						return middle(i, j);
					}
				}
			}
			return 0;
		}

		private static double middle(int octave, int bucket) {
			double lowest = Math.scalb(1.0, octave + SMALLEST_EXPONENT);
			return lowest * (1 + (bucket + 0.5) / BUCKETS_PER_OCTAVE);
		}

	}

}
