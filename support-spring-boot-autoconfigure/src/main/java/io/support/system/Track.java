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

package io.support.system;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One line of a chart: the last {@value #SIZE} values, one for each slot of time, some of
 * them missing. Not thread-safe.
 */
final class Track {

	static final int SIZE = 300;

	/** Four digits are as many as a chart can show. */
	private static final double DIGITS = 1e4;

	private final float[] values = new float[SIZE];

	private long last = Long.MIN_VALUE;

	/**
	 * Sets the value of a slot. Slots that were left out since the last one have none.
	 * @param slot the number of the slot, not below the last one
	 * @param value the value; {@code NaN} for none
	 */
	void set(long slot, double value) {
		if (this.last == Long.MIN_VALUE || slot - this.last >= SIZE) {
			Arrays.fill(this.values, Float.NaN);
		}
		else {
			for (long missed = this.last + 1; missed < slot; missed++) {
				this.values[place(missed)] = Float.NaN;
			}
		}
		this.values[place(slot)] = (float) value;
		this.last = slot;
	}

	/**
	 * Returns the value of a slot.
	 * @param slot the number of the slot
	 * @return the value, {@code NaN} if there is none
	 */
	double get(long slot) {
		return (slot <= this.last && slot > this.last - SIZE && this.last != Long.MIN_VALUE) ? this.values[place(slot)]
				: Double.NaN;
	}

	/**
	 * Returns the values of several slots.
	 * @param first the number of the first slot
	 * @param end the number after that of the last one
	 * @return the values in four digits, {@code null} where there is none
	 */
	List<@Nullable Number> values(long first, long end) {
		List<@Nullable Number> values = new ArrayList<>();
		for (long slot = first; slot < end; slot++) {
			values.add(rounded(get(slot)));
		}
		return values;
	}

	/*
	 * What is whole is written without a fraction.
	 */
	static @Nullable Number rounded(double value) {
		if (!Double.isFinite(value)) {
			return null;
		}
		double size = Math.abs(value);
		double step = (size > 0) ? Math.pow(10, Math.floor(Math.log10(size)) + 1) / DIGITS : 1;
		double rounded = (step < 1) ? Math.rint(value / step) / Math.rint(1 / step) : Math.rint(value / step) * step;
		return (rounded == (long) rounded) ? (Number) (long) rounded : (Number) rounded;
	}

	private static int place(long slot) {
		return Math.floorMod(slot, SIZE);
	}

}
