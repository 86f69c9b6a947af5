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

package io.support.benchmarks.server;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;

/**
 * Work for a processor that cannot be shortened: a chain of steps, each of which needs
 * the one before. It is measured in rounds and not in time, because a loop that watches
 * the clock counts the time that others took from it as work done.
 */
final class CpuWork {

	/**
	 * Rounds in one call: small, so that the first request is enough for the compiler.
	 */
	private static final int CHUNK = 1000;

	private static final int TRIALS = 40;

	private static final long TRIAL_ROUNDS = 1_000_000;

	private CpuWork() {
	}

	/**
	 * Works.
	 * @param rounds how long
	 * @return something that depends on every round
	 */
	static long run(long rounds) {
		long value = rounds | 1;
		for (long left = rounds; left > 0; left -= CHUNK) {
			value = chunk(value, (int) Math.min(left, CHUNK));
		}
		return value;
	}

	private static long chunk(long start, int rounds) {
		long value = start;
		for (int round = 0; round < rounds; round++) {
			value ^= value << 13;
			value ^= value >>> 7;
			value ^= value << 17;
		}
		return value;
	}

	/**
	 * Finds out how many rounds take a given time of this thread's processor.
	 * @param time the processor time
	 * @return the rounds, by the median of many trials after the compiler has seen them
	 */
	static long calibrate(Duration time) {
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		long[] nanos = new long[TRIALS];
		long sum = 0;
		for (int trial = -TRIALS; trial < TRIALS; trial++) {
			long before = threads.getCurrentThreadCpuTime();
			sum += run(TRIAL_ROUNDS);
			nanos[Math.max(0, trial)] = threads.getCurrentThreadCpuTime() - before;
		}
		if (sum == 0) {
			throw new IllegalStateException("The work came to nothing");
		}
		Arrays.sort(nanos);
		return Math.round((double) TRIAL_ROUNDS * time.toNanos() / nanos[TRIALS / 2]);
	}

}
