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

import java.util.function.LongSupplier;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;

/**
 * Makes an event of whatever others observe when it ends: requests that are served and
 * sent, scheduled tasks, queries. Of what is known about it only that is taken of which
 * there are few different values, which is nothing that came from a client.
 */
public final class ObservedEvents implements ObservationHandler<Observation.Context> {

	private static final String OUTCOME = "outcome";

	private static final String SERVER_ERROR = "SERVER_ERROR";

	private final EventLog events;

	private final LongSupplier clock;

	/**
	 * Creates a handler.
	 * @param events where the events go
	 * @param clock gives the time in nanoseconds, such as {@code System::nanoTime}
	 */
	public ObservedEvents(EventLog events, LongSupplier clock) {
		this.events = events;
		this.clock = clock;
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return !(context instanceof OperationContext);
	}

	@Override
	public void onStart(Observation.Context context) {
		context.put(Start.class, new Start(this.clock.getAsLong()));
	}

	@Override
	public void onStop(Observation.Context context) {
		Start start = context.get(Start.class);
		String name = context.getName();
		if (start != null && name != null) {
			this.events.record(name, outcome(context), this.clock.getAsLong() - start.nanos(), context,
					ObservedEvents::attributes, context.getError());
		}
	}

	/*
	 * Without what says nothing.
	 */
	private static KeyValues attributes(Observation.Context context) {
		return KeyValues.of(context.getLowCardinalityKeyValues()
			.stream()
			.filter((attribute) -> !attribute.getValue().equals(KeyValue.NONE_VALUE))
			.toList());
	}

	private static Outcome outcome(Observation.Context context) {
		KeyValue outcome = context.getLowCardinalityKeyValue(OUTCOME);
		boolean failed = context.getError() != null || (outcome != null && outcome.getValue().equals(SERVER_ERROR));
		return failed ? Outcome.FAILURE : Outcome.SUCCESS;
	}

	/**
	 * When something began.
	 *
	 * @param nanos the time
	 */
	private record Start(long nanos) {

	}

}
