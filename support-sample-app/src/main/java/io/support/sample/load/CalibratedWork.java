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

package io.support.sample.load;

import java.util.function.LongSupplier;

/**
 * Computation that takes a known time on an idle core of this machine: a number of rounds
 * that is measured once. It does not look at the clock while it runs, because time that
 * other threads steal from a core is no work.
 */
final class CalibratedWork {

	private static final int ROUNDS = 2_000_000;

	private static final int WARM_UPS = 20;

	private static final int TRIALS = 10;

	private final long roundsPerMilli;

	private CalibratedWork(long roundsPerMilli) {
		this.roundsPerMilli = roundsPerMilli;
	}

	/**
	 * Measures this machine, which takes about a tenth of a second.
	 * @param nanoTime the clock, in nanoseconds
	 * @return the calibrated work
	 */
	static CalibratedWork calibrate(LongSupplier nanoTime) {
		long seed = 1;
		for (int i = 0; i < WARM_UPS; i++) {
			seed = compute(seed, ROUNDS / TRIALS);
		}
		// The fastest trial is the one that was disturbed least.
		long fastestNanos = Long.MAX_VALUE;
		for (int i = 0; i < TRIALS; i++) {
			long start = nanoTime.getAsLong();
			seed = compute(seed, ROUNDS);
			fastestNanos = Math.min(fastestNanos, nanoTime.getAsLong() - start);
		}
		return new CalibratedWork(Math.max(1, ROUNDS * 1_000_000L / Math.max(1, fastestNanos)));
	}

	/**
	 * Computes for that long.
	 * @param millis the time on an idle core, in milliseconds
	 * @return what was computed, so that it cannot be left out
	 */
	long run(int millis) {
		return compute(millis + 1, millis * this.roundsPerMilli);
	}

	private static long compute(long seed, long rounds) {
		long value = seed;
		for (long i = 0; i < rounds; i++) {
			value ^= value << 13;
			value ^= value >>> 7;
			value ^= value << 17;
		}
		return value;
	}

}
