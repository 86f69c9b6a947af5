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

import java.time.Duration;
import java.util.List;

/**
 * How the process is profiled.
 *
 * @param defaultDuration how long a run takes that names no time
 * @param maxDuration the longest time that a run may take
 * @param cpuInterval the processor time, or the time, from one sample to the next
 * @param lockThreshold shorter waits are not recorded
 * @param maxStackDepth deeper stacks are cut at their outer end
 * @param maxFrames how many nodes the tree of a result may have
 * @param maxResults how many results are kept
 * @param maxRecordingBytes how large the recordings are together that are kept
 * @param applicationPackages the packages that are the application's own
 */
public record ProfilerSettings(Duration defaultDuration, Duration maxDuration, Duration cpuInterval,
		Duration lockThreshold, int maxStackDepth, int maxFrames, int maxResults, long maxRecordingBytes,
		List<String> applicationPackages) {

	/**
	 * Creates settings.
	 * @param defaultDuration how long a run takes that names no time
	 * @param maxDuration the longest time that a run may take
	 * @param cpuInterval the processor time, or the time, from one sample to the next
	 * @param lockThreshold shorter waits are not recorded
	 * @param maxStackDepth deeper stacks are cut at their outer end
	 * @param maxFrames how many nodes the tree of a result may have
	 * @param maxResults how many results are kept
	 * @param maxRecordingBytes how large the recordings are together that are kept
	 * @param applicationPackages the packages that are the application's own
	 */
	public ProfilerSettings {
		applicationPackages = List.copyOf(applicationPackages);
	}

}
