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

package io.support.event;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An operation that has ended.
 *
 * @param at when it ended
 * @param operation what it was, such as {@code support.connect}
 * @param outcome how it ended: {@code success}, {@code failure} or {@code cancelled}
 * @param durationNanos for how long it lasted
 * @param attributes what else is known about it
 * @param error the class of what it failed with; {@code null} if it did not
 */
public record Event(Instant at, String operation, String outcome, long durationNanos, Map<String, String> attributes,
		@Nullable String error) {

}
