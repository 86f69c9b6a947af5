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

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The part of a series that came from some of the threads. Used by whoever holds its
 * lock, for some nanoseconds.
 */
final class Stripe extends Padding {

	private static final int SPINS = 100;

	private final AtomicBoolean locked = new AtomicBoolean();

	private final TimeSeries series;

	private final MomentsRecorder moments = new MomentsRecorder();

	private final Histogram histogram = new Histogram();

	private final RecentPoints recent = new RecentPoints();

	private double sum;

	private long firstEpochNanos;

	private long lastEpochNanos;

	private long slot;

	private long slotEndEpochNanos = Long.MIN_VALUE;

	private long slotCount;

	private double slotSum;

	private double slotMax;

	Stripe(TimeSeries series) {
		this.series = series;
	}

	boolean tryLock() {
		return !this.locked.get() && this.locked.compareAndSet(false, true);
	}

	/*
	 * It is held for as long as it takes to add a number or to copy the numbers, unless
	 * its thread has lost the processor.
	 */
	@SuppressWarnings("ThreadPriorityCheck") // whoever holds it needs the processor
	void lock() {
		for (int spins = 0; !tryLock(); spins++) {
			if (spins < SPINS) {
				Thread.onSpinWait();
			}
			else {
				Thread.yield();
			}
		}
	}

	void unlock() {
		this.locked.setRelease(false);
	}

	void add(double value, long epochNanos) {
		if (epochNanos >= this.slotEndEpochNanos) {
			begin(epochNanos);
		}
		this.moments.add(value);
		this.histogram.add(value);
		this.recent.add(value, epochNanos);
		this.sum += value;
		this.lastEpochNanos = epochNanos;
		this.slotCount++;
		this.slotSum += value;
		if (value > this.slotMax) {
			this.slotMax = value;
		}
	}

	private void begin(long epochNanos) {
		if (this.moments.count() == 0) {
			this.firstEpochNanos = epochNanos;
		}
		endSlot();
		this.slot = TimeSeries.slot(epochNanos);
		this.slotEndEpochNanos = TimeSeries.end(this.slot);
	}

	/**
	 * Tells the series what has come in the current slot so far.
	 */
	void endSlot() {
		if (this.slotCount > 0) {
			this.series.add(this.slot, this.slotCount, this.slotSum, this.slotMax);
		}
		this.slotCount = 0;
		this.slotSum = 0;
		this.slotMax = Double.NEGATIVE_INFINITY;
	}

	long count() {
		return this.moments.count();
	}

	double sum() {
		return this.sum;
	}

	Moments moments() {
		return this.moments.moments();
	}

	Histogram histogram() {
		return this.histogram.copy();
	}

	void addTo(Histogram other) {
		other.addAll(this.histogram);
	}

	RecentPoints recent() {
		return this.recent.copy();
	}

	long firstEpochNanos() {
		return this.firstEpochNanos;
	}

	long lastEpochNanos() {
		return this.lastEpochNanos;
	}

}
