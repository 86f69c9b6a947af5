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

package io.support.eventloop;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The event loops at one moment.
 *
 * @param loops the loops that are watched
 * @param stalls how many stalls have ended since the start, by kind
 * @param stacks the stalls with equal stacks, the last one first
 * @param maxStacks how many different stacks are kept
 * @param droppedStacks how many were dropped for others, those that had not been seen for
 * the longest time first
 * @param probeIntervalNanos how often each loop is probed
 * @param stallThresholdNanos how late a loop is when it counts as stalled
 */
public record EventLoopsSnapshot(List<Loop> loops, Map<String, Long> stalls, List<Group> stacks, int maxStacks,
		long droppedStacks, long probeIntervalNanos, long stallThresholdNanos) {

	/**
	 * One loop.
	 *
	 * @param name the name of its thread
	 * @param currentDelayNanos how late it is now
	 * @param stall what holds it, once that has lasted for a second; {@code null} before
	 * and afterwards
	 * @param probes how many probes have run
	 * @param delayP50Nanos the median of the delays
	 * @param delayP95Nanos the 95th percentile
	 * @param delayP99Nanos the 99th percentile
	 * @param delayMaxNanos the longest
	 */
	public record Loop(String name, long currentDelayNanos, @Nullable String stall, long probes,
			@Nullable Double delayP50Nanos, @Nullable Double delayP95Nanos, @Nullable Double delayP99Nanos,
			@Nullable Double delayMaxNanos) {

	}

	/**
	 * Stalls with the same stack, as far as it is the application's own.
	 *
	 * @param frame the frame that held the loops; {@code null} if none was seen
	 * @param kind what the loops did
	 * @param count how many stalls
	 * @param longestNanos the longest
	 * @param totalNanos all of them together
	 * @param lastLoop the loop that was stalled last
	 * @param lastRequest the request that it was serving; {@code null} if it is not known
	 * @param lastAt when that began
	 * @param stack the stack of the last stall, its top first
	 */
	public record Group(@Nullable String frame, String kind, long count, long longestNanos, long totalNanos,
			String lastLoop, @Nullable String lastRequest, Instant lastAt, List<String> stack) {

	}

}
