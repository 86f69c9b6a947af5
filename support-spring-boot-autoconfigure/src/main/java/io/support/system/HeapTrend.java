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

import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

import io.support.context.WarningSource;

/**
 * Whether what is left of the heap after collections grows steadily, so that it will be
 * full soon.
 * <p>
 * Of every minute the smallest value counts, which is what was left when most had been
 * collected; a line is put through those of the last hour, as least squares have it. It
 * is trouble if the line rises even where its slope is {@value #ERRORS} standard errors
 * less than it seems, and in each quarter of the time, so that a step is none; if it
 * reaches the end of the heap within {@value #HOURS} hours then; and if the heap is
 * filled to {@value #LEVEL} of its size: below that a collector that works in generations
 * has no reason to look at old objects, and what they leave behind looks the same.
 * Nothing is said before {@value #MIN_WINDOWS} minutes have passed, the first
 * {@value #WARM_UP_WINDOWS} not counted, in which an application fills its caches.
 * <p>
 * Thread-safe. Holds a number for each minute of an hour.
 */
final class HeapTrend implements WarningSource {

	static final long WINDOW_NANOS = 60_000_000_000L;

	static final int WINDOWS = 60;

	static final int WARM_UP_WINDOWS = 5;

	static final int MIN_WINDOWS = 10;

	static final double ERRORS = 3;

	static final double HOURS = 4;

	static final double LEVEL = 0.6;

	private static final int QUARTERS = 4;

	/** Of all growth, so much must be from one quarter to the next: of a line a third. */
	private static final double SHARE = 0.15;

	private static final double WINDOWS_IN_HOUR = 60;

	private static final double MEBIBYTE = 1024 * 1024;

	private final long maxBytes;

	/** The smallest values of the windows, the oldest at the number of all by now. */
	private final double[] minima = new double[WINDOWS];

	private long firstNanos = Long.MIN_VALUE;

	/** How many windows are over. */
	private long closed;

	private double current = Double.POSITIVE_INFINITY;

	/**
	 * Creates a trend of which nothing is known.
	 * @param maxBytes how large the heap may become
	 */
	HeapTrend(long maxBytes) {
		this.maxBytes = maxBytes;
	}

	/**
	 * Is told how much was left after the last collection.
	 * @param nanos the time
	 * @param bytes how much; 0 while there has been no collection
	 */
	synchronized void observe(long nanos, double bytes) {
		if (bytes <= 0) {
			return;
		}
		if (this.firstNanos == Long.MIN_VALUE) {
			this.firstNanos = nanos;
		}
		long window = (nanos - this.firstNanos) / WINDOW_NANOS;
		// In a pause, too, the value stays what it was until the next collection.
		double last = (this.current < Double.POSITIVE_INFINITY) ? this.current : bytes;
		for (long missed = Math.min(WINDOWS, window - this.closed); missed > 0; missed--) {
			this.minima[(int) ((window - missed) % WINDOWS)] = last;
		}
		this.current = (window > this.closed) ? bytes : Math.min(this.current, bytes);
		this.closed = window;
	}

	@Override
	public synchronized void forEachWarning(Consumer<Found> found) {
		int count = (int) Math.min(WINDOWS, this.closed - WARM_UP_WINDOWS);
		if (count < MIN_WINDOWS) {
			return;
		}
		double level = this.minima[(int) ((this.closed - 1) % WINDOWS)];
		double slope = lowerSlope(count);
		double hours = (this.maxBytes - level) / slope / WINDOWS_IN_HOUR;
		if (slope > 0 && hours <= HOURS && level >= LEVEL * this.maxBytes && isSteady(count)) {
			found.accept(new Found(Severity.WARNING, String.format(Locale.ROOT,
					"What is left of the heap after collections grows by %.1f MiB a minute, for %d minutes now; at that "
							+ "pace its %.0f MiB are full in %.1f hours",
					slope / MEBIBYTE, count, this.maxBytes / MEBIBYTE, hours), Map.of(), null,
					"Something is kept that should be let go: compare two class histograms, or take a heap dump",
					"system", SystemMeters.COLLECTED_HEAP.description().name()));
		}
	}

	/*
	 * Bytes per window, less some standard errors.
	 */
	private double lowerSlope(int count) {
		double meanTime = (count - 1) / 2.0;
		double meanBytes = 0;
		for (int i = 0; i < count; i++) {
			meanBytes += minimum(count, i) / count;
		}
		double covariance = 0;
		double variance = 0;
		for (int i = 0; i < count; i++) {
			covariance += (i - meanTime) * (minimum(count, i) - meanBytes);
			variance += (i - meanTime) * (i - meanTime);
		}
		double slope = covariance / variance;
		double residuals = 0;
		for (int i = 0; i < count; i++) {
			double residual = minimum(count, i) - meanBytes - slope * (i - meanTime);
			residuals += residual * residual;
		}
		return slope - ERRORS * Math.sqrt(residuals / (count - 2) / variance);
	}

	private boolean isSteady(int count) {
		double[] means = new double[QUARTERS];
		for (int quarter = 0; quarter < QUARTERS; quarter++) {
			int from = quarter * count / QUARTERS;
			int to = (quarter + 1) * count / QUARTERS;
			for (int i = from; i < to; i++) {
				means[quarter] += minimum(count, i) / (to - from);
			}
		}
		double least = SHARE * (means[QUARTERS - 1] - means[0]);
		for (int quarter = 1; quarter < QUARTERS; quarter++) {
			if (means[quarter] - means[quarter - 1] < least) {
				return false;
			}
		}
		return true;
	}

	private double minimum(int count, int index) {
		return this.minima[(int) ((this.closed - count + index) % WINDOWS)];
	}

}
