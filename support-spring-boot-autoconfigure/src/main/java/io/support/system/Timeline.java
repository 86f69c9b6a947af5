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

package io.support.system;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * How some figures went over the last minutes, in a form that is drawn as a chart: lines
 * with a value for each slot of time.
 *
 * @param firstAt the time of the first value of each line
 * @param intervalSeconds the time from one value to the next
 * @param unit the unit of the values
 * @param lines the values by what they are called, {@code null} where there is none
 */
record Timeline(Instant firstAt, long intervalSeconds, String unit, Map<String, List<@Nullable Number>> lines) {

}
