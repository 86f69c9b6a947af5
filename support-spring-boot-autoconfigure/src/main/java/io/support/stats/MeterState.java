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

import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Everything that is known about one meter at one moment, as a value that can be written
 * as JSON and be added to that of another process.
 *
 * @param name the meter's name
 * @param tags its tags, in the order of their keys
 * @param kind its type in lower case, such as {@code timer}
 * @param unit the unit of its numbers: {@code nanoseconds} for time, else what the meter
 * says; {@code null} if it says nothing
 * @param value the value of a counter or a gauge; {@code null} for others, and for a
 * gauge that has none
 * @param distribution the numbers of a timer, a summary or a counter, and the sampled
 * values of a gauge; {@code null} for others
 */
public record MeterState(String name, Map<String, String> tags, String kind, @Nullable String unit,
		@Nullable Double value, @Nullable DistributionState distribution) {

	private static final String GAUGE = "gauge";

	/**
	 * Returns whether this is the same meter in another process.
	 * @param other the other
	 * @return whether their numbers can be added up
	 */
	public boolean isSameMeterAs(MeterState other) {
		return this.name.equals(other.name) && this.tags.equals(other.tags) && this.kind.equals(other.kind)
				&& Objects.equals(this.unit, other.unit);
	}

	/**
	 * Adds the same meter of another process. What gauges of two processes have in common
	 * nobody knows: the sum of them has no value.
	 * @param other the other
	 * @return both as one
	 * @throws IllegalArgumentException if it is another meter
	 */
	public MeterState plus(MeterState other) {
		if (!isSameMeterAs(other)) {
			throw new IllegalArgumentException(
					"Meters must be the same, were: " + this.name + this.tags + " and " + other.name + other.tags);
		}
		DistributionState sum = (this.distribution != null && other.distribution != null)
				? this.distribution.plus(other.distribution) : null;
		return new MeterState(this.name, this.tags, this.kind, this.unit, valueWith(other), sum);
	}

	private @Nullable Double valueWith(MeterState other) {
		return (this.kind.equals(GAUGE) || this.value == null || other.value == null) ? null
				: (Double) (this.value + other.value);
	}

}
