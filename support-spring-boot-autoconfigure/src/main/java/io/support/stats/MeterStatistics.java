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
 * @param distribution the statistics of a timer or a summary; {@code null} for others
 */
public record MeterStatistics(String name, Map<String, String> tags, String kind, @Nullable String unit,
		@Nullable Double value, @Nullable DistributionSnapshot distribution) {

}
