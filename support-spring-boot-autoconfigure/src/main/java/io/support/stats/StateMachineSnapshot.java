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

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The statistics of things that go from state to state, at one moment.
 *
 * @param present how many there are, in whatever state
 * @param states every state
 * @param steps every step that has been made
 */
public record StateMachineSnapshot(int present, List<State> states, List<Step> steps) {

	/**
	 * One state.
	 *
	 * @param name its name
	 * @param present how many are in it
	 * @param left how many have left it
	 * @param meanNanos the mean of how long these stayed; {@code null} if there are none
	 * @param p50Nanos the median
	 * @param p99Nanos the 99th percentile; {@code null} below 64
	 * @param maxNanos the longest
	 */
	public record State(String name, int present, long left, @Nullable Double meanNanos, @Nullable Double p50Nanos,
			@Nullable Double p99Nanos, @Nullable Double maxNanos) {

		static State of(String name, int present, DistributionSnapshot stays) {
			return new State(name, present, stays.count(), stays.mean(), stays.p50(), stays.p99(), stays.max());
		}

	}

	/**
	 * One way from a state to another one.
	 *
	 * @param from the state before
	 * @param to the state after; {@code null} for the end
	 * @param count how often
	 * @param meanInterval the mean time from one to the next; {@code null} below two
	 * @param lastAt when it was made last
	 */
	public record Step(String from, @Nullable String to, long count, @Nullable Duration meanInterval,
			@Nullable Instant lastAt) {

	}

}
