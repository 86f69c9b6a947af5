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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * What became of every request: one entry each, allocated before the run. Times are
 * nanoseconds since the start of the run. Not thread-safe.
 */
final class Ledger {

	private final long[] intended;

	private final long[] latencies;

	private final @Nullable Outcome[] outcomes;

	private final long[] lags;

	private int begun;

	private int ended;

	private int lagCount;

	Ledger(int capacity) {
		this.intended = new long[capacity];
		this.latencies = new long[capacity];
		this.outcomes = new Outcome[capacity];
		this.lags = new long[capacity];
	}

	void begin(int index, long intended) {
		this.intended[index] = intended;
		this.begun = index + 1;
	}

	void end(int index, Outcome outcome, long now) {
		this.latencies[index] = now - this.intended[index];
		this.outcomes[index] = outcome;
		this.ended++;
	}

	/**
	 * Notes how late the generator itself was with a request that had no need to wait.
	 * @param nanos the delay in nanoseconds
	 */
	void lag(long nanos) {
		this.lags[this.lagCount++] = nanos;
	}

	boolean isComplete() {
		return this.ended == this.begun;
	}

	int size() {
		return this.begun;
	}

	long intended(int index) {
		return this.intended[index];
	}

	long latency(int index) {
		return this.latencies[index];
	}

	Outcome outcome(int index) {
		return Objects.requireNonNull(this.outcomes[index], "the request has not ended");
	}

	/**
	 * Sums up.
	 * @param from the intended time of the first request that is counted
	 * @param to the end of the time that is counted
	 * @param counted which requests are counted
	 * @return what came of them
	 */
	LoadReport report(long from, long to, IntPredicate counted) {
		int[] indexes = IntStream.range(0, this.begun)
			.filter((index) -> this.intended[index] >= from)
			.filter(counted)
			.toArray();
		Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
		for (Outcome outcome : Outcome.values()) {
			counts.put(outcome, 0);
		}
		for (int index : indexes) {
			counts.merge(outcome(index), 1, Integer::sum);
		}
		return new LoadReport((to - from) / 1e9, counts, latencies(indexes, (outcome) -> outcome == Outcome.OK),
				latencies(indexes, Outcome::isRefused), Percentiles.of(Arrays.copyOf(this.lags, this.lagCount)),
				windows(from, to, indexes), null);
	}

	private Percentiles latencies(int[] indexes, Predicate<Outcome> included) {
		return Percentiles.of(IntStream.of(indexes)
			.filter((index) -> included.test(outcome(index)))
			.mapToLong((index) -> this.latencies[index])
			.toArray());
	}

	private List<Window> windows(long from, long to, int[] indexes) {
		List<Window> windows = new ArrayList<>();
		int begin = 0;
		for (long end = from + Window.NANOS; end <= to; end += Window.NANOS) {
			int next = begin;
			while (next < indexes.length && this.intended[indexes[next]] < end) {
				next++;
			}
			int[] within = Arrays.copyOfRange(indexes, begin, next);
			windows.add(new Window(within.length, latencies(within, (outcome) -> outcome == Outcome.OK)));
			begin = next;
		}
		return windows;
	}

}
