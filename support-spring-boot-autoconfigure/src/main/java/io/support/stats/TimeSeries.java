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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * How a series went over time, in slots of {@value #SLOT_SECONDS} s: exponential averages
 * as those of the load of a Unix system, and the minutes of the last hour. Thread-safe;
 * told of a slot when it is over.
 */
final class TimeSeries {

	static final int SLOT_SECONDS = 5;

	static final int MINUTES = 60;

	private static final int SLOTS_PER_MINUTE = 60 / SLOT_SECONDS;

	private static final int[] CONSTANTS = { 1, 5, 15 };

	private static final long SLOT_NANOS = TimeUnit.SECONDS.toNanos(SLOT_SECONDS);

	/*
	 * What has faded below it is nothing: further down a double loses its digits, and a
	 * mean with them.
	 */
	private static final double FADED = 1e-200;

	private final long startEpochNanos;

	private long slot;

	private final double[] counts = new double[CONSTANTS.length];

	private final double[] sums = new double[CONSTANTS.length];

	private final long[] minutes = new long[MINUTES];

	private final long[] minuteCounts = new long[MINUTES];

	private final double[] minuteSums = new double[MINUTES];

	private final double[] minuteMaxes = new double[MINUTES];

	/**
	 * Creates a series that begins now.
	 * @param epochNanos the time now
	 */
	TimeSeries(long epochNanos) {
		this.startEpochNanos = epochNanos;
		this.slot = slot(epochNanos);
		Arrays.fill(this.minutes, Long.MIN_VALUE);
	}

	/**
	 * Returns in which slot a time lies.
	 * @param epochNanos the time
	 * @return the number of the slot since the epoch
	 */
	static long slot(long epochNanos) {
		return Math.floorDiv(epochNanos, SLOT_NANOS);
	}

	static long end(long slot) {
		return (slot + 1) * SLOT_NANOS;
	}

	/**
	 * Adds what came in a slot, or another part of it.
	 * @param at the number of the slot
	 * @param count how many numbers
	 * @param sum their sum
	 * @param max the largest
	 */
	synchronized void add(long at, long count, double sum, double max) {
		advance(at);
		for (int i = 0; i < CONSTANTS.length; i++) {
			double weight = decay((double) (this.slot - at), CONSTANTS[i]);
			this.counts[i] += weight * count;
			this.sums[i] += weight * sum;
		}
		addToMinute(Math.floorDiv(at, SLOTS_PER_MINUTE), count, sum, max);
	}

	private void addToMinute(long minute, long count, double sum, double max) {
		int place = Math.floorMod(minute, MINUTES);
		if (this.minutes[place] > minute) {
			// An hour old: there is no place for it any more.
			return;
		}
		boolean begun = this.minutes[place] == minute;
		this.minutes[place] = minute;
		this.minuteCounts[place] = (begun ? this.minuteCounts[place] : 0) + count;
		this.minuteSums[place] = (begun ? this.minuteSums[place] : 0) + sum;
		this.minuteMaxes[place] = begun ? Math.max(this.minuteMaxes[place], max) : max;
	}

	private void advance(long to) {
		if (to <= this.slot) {
			return;
		}
		for (int i = 0; i < CONSTANTS.length; i++) {
			double decay = decay((double) (to - this.slot), CONSTANTS[i]);
			boolean faded = this.counts[i] * decay < FADED;
			this.counts[i] = faded ? 0 : this.counts[i] * decay;
			this.sums[i] = faded ? 0 : this.sums[i] * decay;
		}
		this.slot = to;
	}

	private static double decay(double slots, int minutes) {
		return (slots == 0) ? 1 : Math.exp(-slots / (minutes * SLOTS_PER_MINUTE));
	}

	/*
	 * A series that is younger than the time constant has had less time to add up.
	 */
	synchronized List<MovingAverage> averages(long epochNanos) {
		advance(slot(epochNanos));
		double age = Math.max(1, (double) (epochNanos - this.startEpochNanos) / SLOT_NANOS);
		List<MovingAverage> averages = new ArrayList<>();
		for (int i = 0; i < CONSTANTS.length; i++) {
			int minutes = CONSTANTS[i];
			double seconds = 60.0 * minutes * (1 - decay(age, minutes));
			averages.add(new MovingAverage(minutes, this.counts[i] / seconds, mean(this.sums[i], this.counts[i])));
		}
		return averages;
	}

	private static @Nullable Double mean(double sum, double count) {
		return (count > 0) ? sum / count : null;
	}

	synchronized List<MinuteStatistics> minutes(long epochNanos) {
		long oldest = Math.floorDiv(slot(epochNanos), SLOTS_PER_MINUTE) - MINUTES;
		List<MinuteStatistics> minutes = new ArrayList<>();
		for (int i = 0; i < MINUTES; i++) {
			if (this.minutes[i] > oldest) {
				minutes.add(new MinuteStatistics(Instant.ofEpochSecond(60 * this.minutes[i]), this.minuteCounts[i],
						this.minuteSums[i], this.minuteMaxes[i]));
			}
		}
		minutes.sort(Comparator.comparing(MinuteStatistics::from));
		return minutes;
	}

}
