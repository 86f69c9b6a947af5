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

package io.support.admission;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.support.overload.AdaptiveLimitSnapshot;

/**
 * Admission at one moment.
 *
 * @param loops how many event loops have served a connection
 * @param overloaded whether they have been late for everything of late, or much has been
 * refused
 * @param maxDelayNanos how long a request may have waited at this moment
 * @param inFlight how many requests are being served
 * @param limit how many may be; {@code null} if any number may
 * @param admitted how many requests have been handed to the application since the start
 * @param refused how many requests have been refused since the start, by reason and
 * priority
 */
public record AdmissionSnapshot(int loops, boolean overloaded, long maxDelayNanos, int inFlight,
		@Nullable AdaptiveLimitSnapshot limit, long admitted, Map<String, Map<String, Long>> refused) {

}
