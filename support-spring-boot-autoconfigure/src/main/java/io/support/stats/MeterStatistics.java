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

import org.jspecify.annotations.Nullable;

/**
 * What is known about one meter at one moment.
 *
 * @param name the meter's name
 * @param tags its tags, in the order of their keys
 * @param kind its type in lower case, such as {@code timer}
 * @param unit the unit of all its figures but counts: {@code nanoseconds} for time, else
 * what the meter says; {@code null} if it says nothing
 * @param value the value of a counter or a gauge; {@code null} for others, and for a
 * gauge that has none
 * @param changePerSecond by how much the value, or the count of a timer or a summary, has
 * grown a second within about the last minute; {@code null} if nobody has looked before
 * @param changedRatio how much that change is beside the value itself, 0 to 1: what it is
 * sorted by to find what changes most
 * @param distribution the statistics of a timer or a summary; {@code null} for others
 */
public record MeterStatistics(String name, Map<String, String> tags, String kind, @Nullable String unit,
		@Nullable Double value, @Nullable Double changePerSecond, @Nullable Double changedRatio,
		@Nullable DistributionSnapshot distribution) {

}
