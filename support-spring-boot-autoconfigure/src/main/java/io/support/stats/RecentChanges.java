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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Meter;
import org.jspecify.annotations.Nullable;

/**
 * By how much the values of meters have changed within about the last minute. Has seven
 * values of each, and forgets those of a meter with the meter. Thread-safe.
 */
final class RecentChanges {

	/** As many as fit into a minute, and the one before it. */
	private static final int KEPT = 7;

	private final long[] times = new long[KEPT];

	private final Map<Meter.Id, double[]> values = new ConcurrentHashMap<>();

	private int observations;

	/**
	 * Remembers the values of all meters as they are.
	 * @param nanos the time
	 * @param now the values
	 */
	synchronized void observe(long nanos, Map<Meter.Id, Double> now) {
		int place = this.observations % KEPT;
		this.times[place] = nanos;
		this.observations++;
		this.values.keySet().retainAll(now.keySet());
		now.forEach((id, value) -> this.values.computeIfAbsent(id, (key) -> nothing())[place] = value);
	}

	private static double[] nothing() {
		double[] values = new double[KEPT];
		Arrays.fill(values, Double.NaN);
		return values;
	}

	/**
	 * Compares a value with the oldest that is remembered.
	 * @param id the meter
	 * @param value its value now
	 * @param nanos the time now
	 * @return the change, or {@code null} if nothing is remembered
	 */
	synchronized @Nullable Change of(Meter.Id id, double value, long nanos) {
		double[] known = this.values.get(id);
		for (int i = Math.max(0, this.observations - KEPT); known != null && i < this.observations; i++) {
			double before = known[i % KEPT];
			long elapsed = nanos - this.times[i % KEPT];
			if (!Double.isNaN(before) && elapsed > 0) {
				return new Change((value - before) * 1e9 / elapsed, ratio(before, value));
			}
		}
		return null;
	}

	private static double ratio(double before, double now) {
		double larger = Math.max(Math.abs(before), Math.abs(now));
		return (larger > 0) ? Math.min(1, Math.abs(now - before) / larger) : 0;
	}

	/**
	 * A change.
	 *
	 * @param perSecond how much more it has become a second, below zero for less
	 * @param ratio how much that is beside the value itself, 0 to 1
	 */
	record Change(double perSecond, double ratio) {

	}

}
