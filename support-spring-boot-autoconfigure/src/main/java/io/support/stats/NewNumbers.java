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

import io.micrometer.core.instrument.Meter;

/**
 * The numbers that have come into some meters since the last look at them: how many, and
 * where they lie, within 1 %. A look costs a few microseconds a meter. Negative numbers
 * are left out. For one looker: not thread-safe.
 */
public final class NewNumbers {

	private Histogram before = new Histogram();

	private Histogram now = new Histogram();

	private long count;

	/**
	 * Creates a look at nothing: all numbers are new.
	 */
	public NewNumbers() {
	}

	/**
	 * Looks again. Where the meters have begun anew since the last time, all of their
	 * numbers are new.
	 * @param meters meters of a {@link StreamingMeterRegistry}; others are left alone
	 */
	public void look(Iterable<? extends Meter> meters) {
		this.before = this.now;
		this.now = new Histogram();
		for (Meter meter : meters) {
			if (meter instanceof StreamingMeter streaming) {
				streaming.distribution().addTo(this.now);
			}
		}
		this.count = sum();
		if (this.count < 0) {
			this.before = new Histogram();
			this.count = sum();
		}
	}

	/*
	 * Below zero if any bucket has become emptier.
	 */
	private long sum() {
		long sum = 0;
		for (int place = 0; place >= 0; place = next(place)) {
			long count = in(place);
			if (count < 0) {
				return -1;
			}
			sum += count;
		}
		return sum;
	}

	private long in(int place) {
		return this.now.count(place) - this.before.count(place);
	}

	/* Whole octaves in which nothing ever was are left out. */
	private int next(int place) {
		int next = place + 1;
		while (next <= Buckets.OCTAVES * Buckets.PER_OCTAVE) {
			int octave = (next - 1) / Buckets.PER_OCTAVE;
			if (this.now.reaches(octave) || this.before.reaches(octave)) {
				return next;
			}
			next = (octave + 1) * Buckets.PER_OCTAVE + 1;
		}
		return -1;
	}

	/**
	 * Returns how many numbers are new.
	 * @return the count
	 */
	public long count() {
		return this.count;
	}

	/**
	 * Returns the number below or at which a share of the new ones lies.
	 * @param quantile the share, above 0 and at most 1
	 * @return the middle of its bucket; {@code NaN} if there are no new numbers
	 */
	public double quantile(double quantile) {
		long rank = Math.max(1, (long) Math.ceil(quantile * this.count));
		long seen = 0;
		for (int place = 0; place >= 0; place = next(place)) {
			seen += in(place);
			if (seen >= rank) {
				return (Buckets.from(place) + Buckets.to(place)) / 2;
			}
		}
		return Double.NaN;
	}

}
