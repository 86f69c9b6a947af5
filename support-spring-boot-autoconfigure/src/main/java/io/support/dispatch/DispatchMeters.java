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

package io.support.dispatch;

import io.support.stats.DescribedMeter;
import io.support.stats.MeterTag;

/**
 * The dispatchers' meters.
 */
enum DispatchMeters implements DescribedMeter {

	DEPTH(Description.gauge("support.dispatch.depth", "calls", "Calls that wait for a thread", MeterTag.DISPATCHER)),

	QUEUED(Description.timer("support.dispatch.queued", "Time a call waited for a thread", MeterTag.DISPATCHER,
			MeterTag.METHOD)),

	DURATION(Description.timer("support.dispatch.duration", "Time a call held a thread", MeterTag.DISPATCHER,
			MeterTag.METHOD)),

	RESULT_SIZE(Description.summary("support.dispatch.result.size", null,
			"Size of what a call returned: bytes, characters or elements", MeterTag.DISPATCHER, MeterTag.METHOD)),

	INLINE(Description.counter("support.dispatch.inline", "calls", "Calls that ran in place", MeterTag.DISPATCHER,
			MeterTag.METHOD, MeterTag.REASON)),

	REJECTED(Description.counter("support.dispatch.rejected", "calls", "Calls that were refused", MeterTag.DISPATCHER,
			MeterTag.METHOD, MeterTag.REASON)),

	CANCELLED(Description.counter("support.dispatch.cancelled", "calls",
			"Calls that left the queue because their caller had gone, or their timeout was over", MeterTag.DISPATCHER,
			MeterTag.METHOD)),

	TIMEOUTS(Description.counter("support.dispatch.timeouts", "calls", "Calls that did not finish in time",
			MeterTag.DISPATCHER, MeterTag.METHOD));

	@SuppressWarnings("ImmutableEnumChecker") // a record of values
	private final Description description;

	DispatchMeters(Description description) {
		this.description = description;
	}

	@Override
	public Description description() {
		return this.description;
	}

}
