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

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How many numbers lie where: buckets that grow with the numbers, so that the middle of a
 * bucket is within 0.8 % of every number in it. Every power of two is divided into
 * {@value #PER_OCTAVE} buckets of equal width, as in HdrHistogram. The places of buckets
 * are the same everywhere, so that counts can be added up exactly.
 * <p>
 * Magnitudes from 2<sup>-32</sup> to 2<sup>64</sup> are told apart; smaller ones count as
 * zero, larger ones as the largest.
 *
 * @param counts the buckets that are not empty, by their place: 0 for zero, above it in
 * the order of the numbers, and below it for those that are negative
 */
public record Buckets(NavigableMap<Integer, Long> counts) {

	/**
	 * The buckets of nothing.
	 */
	public static final Buckets NONE = new Buckets(new TreeMap<>());

	static final int OCTAVES = 96;

	static final int PER_OCTAVE = 64;

	private static final int MANTISSA_BITS = 52;

	private static final int SHIFT = MANTISSA_BITS - 6;

	private static final int SMALLEST_EXPONENT = -32;

	private static final int BIAS = 1023 + SMALLEST_EXPONENT;

	private static final int LAST = OCTAVES * PER_OCTAVE;

	/**
	 * Keeps a copy of the counts.
	 * @param counts the buckets that are not empty, by their place
	 */
	public Buckets {
		counts = Collections.unmodifiableNavigableMap(new TreeMap<>(counts));
	}

	/*
	 * An octave's number and the first bits of the mantissa follow each other in the bits
	 * of a double: shifted to the right, they are the place.
	 */
	static int place(double value) {
		long place = ((Double.doubleToRawLongBits(value) & Long.MAX_VALUE) >>> SHIFT)
				- ((long) BIAS << (MANTISSA_BITS - SHIFT)) + 1;
		int magnitude = (int) Math.max(0, Math.min(place, LAST));
		return (value < 0) ? -magnitude : magnitude;
	}

	/**
	 * Adds the counts of other numbers.
	 * @param other their buckets
	 * @return the buckets of all
	 */
	public Buckets plus(Buckets other) {
		NavigableMap<Integer, Long> sum = new TreeMap<>(this.counts);
		other.counts.forEach((place, count) -> sum.merge(place, count, Long::sum));
		return new Buckets(sum);
	}

	/**
	 * Returns how many numbers there are.
	 * @return the sum of all counts
	 */
	public long total() {
		return this.counts.values().stream().mapToLong(Long::longValue).sum();
	}

	/**
	 * Returns the number below or at which a share of all numbers lies.
	 * @param quantile the share, above 0 and at most 1
	 * @return the middle of the bucket, within 0.8 % of the number; 0 if there is none
	 */
	public double quantile(double quantile) {
		long rank = Math.max(1, (long) Math.ceil(quantile * total()));
		long seen = 0;
		for (Map.Entry<Integer, Long> bucket : this.counts.entrySet()) {
			seen += bucket.getValue();
			if (seen >= rank) {
				return middle(bucket.getKey());
			}
		}
		return 0;
	}

	private static double middle(int place) {
		return (bound(place, 0) + bound(place, 1)) / 2;
	}

	/**
	 * Returns where a bucket begins.
	 * @param place the bucket's place
	 * @return the smallest number in it
	 */
	public static double from(int place) {
		return bound(place, (place < 0) ? 1 : 0);
	}

	/**
	 * Returns where a bucket ends.
	 * @param place the bucket's place
	 * @return the number above all in it
	 */
	public static double to(int place) {
		return bound(place, (place < 0) ? 0 : 1);
	}

	private static double bound(int place, int further) {
		if (place == 0) {
			return 0;
		}
		int index = Math.abs(place) - 1 + further;
		double lowest = Math.scalb(1.0, index / PER_OCTAVE + SMALLEST_EXPONENT);
		return Math.signum(place) * lowest * (1 + (double) (index % PER_OCTAVE) / PER_OCTAVE);
	}

}
