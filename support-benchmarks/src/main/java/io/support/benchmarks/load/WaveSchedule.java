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

package io.support.benchmarks.load;

import java.util.BitSet;

/**
 * Two streams of requests in the order of their intended times.
 *
 * @param times of both, ascending, in nanoseconds since the start
 * @param wave which of them belong to the wave
 */
@SuppressWarnings("ArrayRecordComponent")
record WaveSchedule(long[] times, BitSet wave) implements Schedule {

	static WaveSchedule merge(long[] plan, long[] wave) {
		long[] times = new long[plan.length + wave.length];
		BitSet ofWave = new BitSet(times.length);
		int next = 0;
		for (int index = 0; index < times.length; index++) {
			int other = index - next;
			boolean taken = other == plan.length || (next < wave.length && wave[next] < plan[other]);
			times[index] = taken ? wave[next++] : plan[other];
			ofWave.set(index, taken);
		}
		return new WaveSchedule(times, ofWave);
	}

	@Override
	public int capacity() {
		return this.times.length;
	}

	@Override
	public long intended(int index, long now) {
		return (index < this.times.length) ? this.times[index] : NEVER;
	}

	@Override
	public boolean isOfWave(int index) {
		return this.wave.get(index);
	}

}
