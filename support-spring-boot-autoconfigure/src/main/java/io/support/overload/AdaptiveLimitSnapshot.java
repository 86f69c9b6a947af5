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

package io.support.overload;

/**
 * An {@link AdaptiveLimit} as it is now.
 *
 * @param inFlight how many are in flight
 * @param limit how many may be
 * @param phase what it is doing: calm, flushing, measuring or overloaded
 * @param unqueuedNanos how long one takes without a queue; 0 before that was measured
 * @param measurements how often that was measured
 */
public record AdaptiveLimitSnapshot(int inFlight, int limit, String phase, long unqueuedNanos, long measurements) {

}
