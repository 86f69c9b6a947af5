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

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;

/**
 * The meters of state machines.
 */
enum StateMeters implements DescribedMeter {

	DURATION(Description.timer("support.state.duration", "Time in the state, of those that have left it",
			MeterTag.MACHINE, MeterTag.STATE)),

	COUNT(Description.gauge("support.state.count", "things", "How many are in the state", MeterTag.MACHINE,
			MeterTag.STATE)),

	TRANSITIONS(Description.counter("support.state.transitions", "transitions", "Times that one came into the state",
			MeterTag.MACHINE, MeterTag.STATE));

	@SuppressWarnings("ImmutableEnumChecker") // a record of values
	private final Description description;

	StateMeters(Description description) {
		this.description = description;
	}

	@Override
	public Description description() {
		return this.description;
	}

	static void remove(MeterRegistry registry, String machine) {
		Tag wanted = Tag.of(MeterTag.MACHINE.asString(), machine);
		for (Meter meter : registry.getMeters()) {
			if (meter.getId().getName().startsWith("support.state.") && meter.getId().getTags().contains(wanted)) {
				registry.remove(meter);
			}
		}
	}

}
