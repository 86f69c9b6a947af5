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

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

import org.jspecify.annotations.Nullable;

/**
 * What came of one run. All times count from the intended times.
 *
 * @param seconds how long requests were sent
 * @param counts how many requests came to each outcome; every outcome has an entry
 * @param ok after which time the good answers came
 * @param refused after which time the refused clients knew
 * @param lag how late the generator itself was with requests that had no need to wait for
 * a connection: if this is not small against the latencies, the run says more about the
 * generator than about the server
 * @param windows the same in parts of {@link Window#LENGTH} each
 * @param wave what came of the plan's wave, which is not counted above; {@code null} if
 * there was none
 */
public record LoadReport(double seconds, Map<Outcome, Integer> counts, Percentiles ok, Percentiles refused,
		Percentiles lag, List<Window> windows, @Nullable LoadReport wave) {

	/**
	 * Copies the collections.
	 */
	public LoadReport {
		counts = Collections.unmodifiableMap(new EnumMap<>(counts));
		windows = List.copyOf(windows);
	}

	/**
	 * Returns what came of the plan's wave.
	 * @return the report
	 * @throws IllegalStateException if the plan had none
	 */
	public LoadReport requireWave() {
		if (this.wave == null) {
			throw new IllegalStateException("The plan had no wave");
		}
		return this.wave;
	}

	LoadReport withWave(LoadReport wave) {
		return new LoadReport(this.seconds, this.counts, this.ok, this.refused, this.lag, this.windows, wave);
	}

	/**
	 * Returns how many requests there were.
	 * @return the sum of all outcomes
	 */
	public int offered() {
		return this.counts.values().stream().mapToInt(Integer::intValue).sum();
	}

	/**
	 * Returns the number of requests that came to an outcome.
	 * @param outcome the outcome
	 * @return the number of requests
	 */
	public int count(Outcome outcome) {
		return this.counts.getOrDefault(outcome, 0);
	}

	/**
	 * Returns the rate at which requests were intended.
	 * @return requests per second
	 */
	public double offeredPerSecond() {
		return offered() / this.seconds;
	}

	/**
	 * Returns the rate of answers that came in time.
	 * @return requests per second
	 */
	public double goodputPerSecond() {
		return count(Outcome.OK) / this.seconds;
	}

	/**
	 * Returns the number of refusals of any kind.
	 * @return the number of requests
	 */
	public int refusals() {
		return this.counts.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().isRefused())
			.mapToInt(Entry::getValue)
			.sum();
	}

	/**
	 * Returns the rate of refusals of any kind.
	 * @return requests per second
	 */
	public double refusedPerSecond() {
		return refusals() / this.seconds;
	}

	/**
	 * Returns the rate of requests whose clients gave up.
	 * @return requests per second
	 */
	public double timedOutPerSecond() {
		return (count(Outcome.TIMED_OUT) + count(Outcome.UNSENT)) / this.seconds;
	}

}
