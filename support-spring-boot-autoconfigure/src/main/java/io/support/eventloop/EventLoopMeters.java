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

import io.support.stats.DescribedMeter;
import io.support.stats.MeterTag;

/**
 * The meters of the event loops.
 */
enum EventLoopMeters implements DescribedMeter {

	DELAY(Description.timer("support.eventloop.delay", "Time that a task waits for its event loop", MeterTag.LOOP)),

	STALLS(Description.counter("support.eventloop.stalls", "stalls", "Stalls of event loops that are over",
			MeterTag.KIND)),

	STALLED(Description.gauge("support.eventloop.stalled", "loops", "Event loops that are stalled now"));

	@SuppressWarnings("ImmutableEnumChecker") // a record of values
	private final Description description;

	EventLoopMeters(Description description) {
		this.description = description;
	}

	@Override
	public Description description() {
		return this.description;
	}

}
