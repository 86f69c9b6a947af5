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

package io.support.profile;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What is said of the profiler on its page.
 */
final class ProfilerFacts {

	private ProfilerFacts() {
	}

	/**
	 * The run that is on.
	 *
	 * @param kinds what it looks for
	 * @param startedAt when it was started
	 * @param durationSeconds how long it records
	 * @param remainingSeconds how long it still will, zero while it is evaluated
	 */
	record Running(String kinds, Instant startedAt, long durationSeconds, long remainingSeconds) {

	}

	/**
	 * Why the last run has no result.
	 *
	 * @param ids what its results would have been called
	 * @param at when it failed
	 * @param message what happened
	 */
	record Failure(String ids, Instant at, String message) {

	}

	/**
	 * What can be looked for.
	 *
	 * @param name the name of the kind
	 * @param source what tells of it
	 * @param notSeen what that does not see; {@code null} for nothing
	 */
	record KindFacts(String name, String source, @Nullable String notSeen) {

	}

	/**
	 * The bounds of a run and of what is kept.
	 *
	 * @param maxDurationSeconds the longest run
	 * @param cpuIntervalNanos from one sample of the processor to the next
	 * @param lockThresholdNanos shorter waits are not recorded
	 * @param maxStackDepth frames of a stack
	 * @param maxFrames nodes of a result
	 * @param maxResults results that are kept
	 * @param maxRecordingBytes recordings that are kept
	 */
	record Limits(long maxDurationSeconds, long cpuIntervalNanos, long lockThresholdNanos, int maxStackDepth,
			int maxFrames, int maxResults, long maxRecordingBytes) {

		static Limits of(ProfilerSettings settings) {
			return new Limits(settings.maxDuration().toSeconds(), settings.cpuInterval().toNanos(),
					settings.lockThreshold().toNanos(), settings.maxStackDepth(), settings.maxFrames(),
					settings.maxResults(), settings.maxRecordingBytes());
		}

	}

}
