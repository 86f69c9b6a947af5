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

/**
 * How event loops are watched. Checked by whoever reads it from the user's configuration.
 *
 * @param probeIntervalNanos how often each loop is probed, positive
 * @param stallThresholdNanos how long a loop may be late before it counts as stalled,
 * above the interval of the probes
 * @param sampleIntervalNanos how often the stack of a stalled loop is looked at, positive
 */
public record EventLoopSettings(long probeIntervalNanos, long stallThresholdNanos, long sampleIntervalNanos) {

}
