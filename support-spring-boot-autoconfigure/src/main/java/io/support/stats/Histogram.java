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

import java.util.NavigableMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * {@link Buckets} in the making, number by number. A bucket's place is read off the bits
 * of the {@code double}, without a logarithm. Memory is taken an octave at a time, about
 * 530 bytes, when its first number comes. Not thread-safe.
 */
final class Histogram {

	private final long[] @Nullable [] octaves = new long[Buckets.OCTAVES][];

	private @Nullable Histogram negative;

	private long zeros;

	/**
	 * Counts a number.
	 * @param value the number, finite
	 */
	void add(double value) {
		int place = Buckets.place(value);
		if (place > 0) {
			octave((place - 1) / Buckets.PER_OCTAVE)[(place - 1) % Buckets.PER_OCTAVE]++;
		}
		else if (place == 0) {
			this.zeros++;
		}
		else {
			if (this.negative == null) {
				this.negative = new Histogram();
			}
			this.negative.add(-value);
		}
	}

	Histogram copy() {
		Histogram copy = new Histogram();
		for (int i = 0; i < Buckets.OCTAVES; i++) {
			long[] octave = this.octaves[i];
			copy.octaves[i] = (octave != null) ? octave.clone() : null;
		}
		copy.negative = (this.negative != null) ? this.negative.copy() : null;
		copy.zeros = this.zeros;
		return copy;
	}

	/**
	 * Counts the numbers of another one, too.
	 * @param other the other
	 */
	void addAll(Histogram other) {
		for (int i = 0; i < Buckets.OCTAVES; i++) {
			long[] counts = other.octaves[i];
			if (counts != null) {
				long[] octave = octave(i);
				for (int j = 0; j < Buckets.PER_OCTAVE; j++) {
					octave[j] += counts[j];
				}
			}
		}
		if (other.negative != null) {
			this.negative = (this.negative != null) ? this.negative : new Histogram();
			this.negative.addAll(other.negative);
		}
		this.zeros += other.zeros;
	}

	/**
	 * Returns how many numbers lie in a bucket.
	 * @param place its place, 0 or above
	 * @return the count
	 */
	long count(int place) {
		if (place == 0) {
			return this.zeros;
		}
		long[] octave = this.octaves[(place - 1) / Buckets.PER_OCTAVE];
		return (octave != null) ? octave[(place - 1) % Buckets.PER_OCTAVE] : 0;
	}

	/**
	 * Returns whether there is a number in an octave.
	 * @param octave its index
	 * @return whether there may be
	 */
	boolean reaches(int octave) {
		return this.octaves[octave] != null;
	}

	private long[] octave(int index) {
		long[] octave = this.octaves[index];
		if (octave == null) {
			octave = new long[Buckets.PER_OCTAVE];
			this.octaves[index] = octave;
		}
		return octave;
	}

	Buckets buckets() {
		NavigableMap<Integer, Long> counts = new TreeMap<>();
		if (this.negative != null) {
			this.negative.addTo(counts, -1);
		}
		if (this.zeros > 0) {
			counts.put(0, this.zeros);
		}
		addTo(counts, 1);
		return new Buckets(counts);
	}

	private void addTo(NavigableMap<Integer, Long> counts, int sign) {
		for (int i = 0; i < Buckets.OCTAVES; i++) {
			long[] octave = this.octaves[i];
			for (int j = 0; octave != null && j < Buckets.PER_OCTAVE; j++) {
				if (octave[j] > 0) {
					counts.put(sign * (i * Buckets.PER_OCTAVE + j + 1), octave[j]);
				}
			}
		}
	}

}
