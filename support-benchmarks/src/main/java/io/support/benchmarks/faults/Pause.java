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

package io.support.benchmarks.faults;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a caller waits before a call.
 *
 * @param minNanos the shortest pause
 * @param maxNanos the longest one; pauses are random, evenly spread
 * @param waveNanos if not 0, all callers call together, so often: pauses begin with the
 * next multiple of it
 */
record Pause(long minNanos, long maxNanos, long waveNanos) {

	/**
	 * None at all: the next call begins where the last one has ended.
	 */
	static final Pause NONE = new Pause(0, 0, 0);

	/**
	 * As long as everybody else who has no reason to wait for longer or shorter.
	 */
	static final Pause USUAL = new Pause(-1, -1, 0);

	/**
	 * How far callers of a wave are from each other at most.
	 */
	private static final Duration SPREAD = Duration.ofMillis(4);

	/**
	 * Returns pauses about a length.
	 * @param mean the length; pauses are half as long to half as long again
	 * @return the pauses
	 */
	static Pause about(Duration mean) {
		return new Pause(mean.toNanos() / 2, mean.toNanos() * 3 / 2, 0);
	}

	/**
	 * Returns pauses that bring callers together, so that as many connections as there
	 * are callers are used at the same time, and are idle then, about so long.
	 * @param length how long
	 * @return the pauses
	 */
	static Pause waves(Duration length) {
		return new Pause(0, Math.min(length.toNanos() / 2, SPREAD.toNanos()), length.toNanos());
	}

	Pause orElse(Pause usual) {
		return equals(USUAL) ? usual : this;
	}

	boolean isNone() {
		return this.maxNanos == 0 && this.waveNanos == 0;
	}

	/**
	 * Returns the next pause.
	 * @param random what it is drawn by
	 * @param now the nanoseconds since the beginning
	 * @return the pause in nanoseconds
	 */
	long nextNanos(RandomGenerator random, long now) {
		long untilWave = (this.waveNanos > 0) ? this.waveNanos - now % this.waveNanos : 0;
		return untilWave + ((this.maxNanos > this.minNanos) ? random.nextLong(this.minNanos, this.maxNanos) : 0);
	}

}
