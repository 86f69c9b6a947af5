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

import java.util.List;

/**
 * All statistics of the process at one moment.
 *
 * @param maxMeters how many meters are kept at the most
 * @param evictedMeters how many have left to make room for others
 * @param meters every meter
 * @param sketches the streams of keys
 * @param details which of the meters can be had in full, and by what
 */
public record StatisticsSnapshot(int maxMeters, long evictedMeters, List<MeterStatistics> meters,
		List<SketchSnapshot> sketches, String details) {

	/**
	 * Takes the statistics as they are now.
	 * @param registry where the meters are
	 * @param sketches the streams of keys
	 * @return the snapshot
	 */
	public static StatisticsSnapshot of(StreamingMeterRegistry registry, Sketches sketches) {
		return new StatisticsSnapshot(registry.maxMeters(), registry.evictedMeters(), registry.statistics(),
				sketches.snapshots(), "meters.name");
	}

}
