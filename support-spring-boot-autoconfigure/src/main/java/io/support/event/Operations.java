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

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * What is told of everything that takes its time: connecting, resolving a name, shaking
 * hands, a call on a dispatcher, a drain. Each is one event in the {@link EventLog} when
 * it ends and, where somebody observes, an {@link Observation} of the same name from its
 * beginning on, which tracing makes a span of. Thread-safe.
 */
public final class Operations {

	private static final Operations NONE = new Operations(null, ObservationRegistry.NOOP, () -> 0);

	private final @Nullable EventLog events;

	private final ObservationRegistry observations;

	private final LongSupplier clock;

	/**
	 * Creates operations.
	 * @param events where those that have ended go; {@code null} for nowhere
	 * @param observations where they are observed; {@link ObservationRegistry#NOOP} for
	 * nowhere
	 * @param clock gives the time in nanoseconds, such as {@code System::nanoTime}
	 */
	public Operations(@Nullable EventLog events, ObservationRegistry observations, LongSupplier clock) {
		this.events = events;
		this.observations = observations;
		this.clock = clock;
	}

	/**
	 * Returns operations that nobody is told of.
	 * @return always the same
	 */
	public static Operations none() {
		return NONE;
	}

	/**
	 * Begins an operation, as a part of what the current thread does.
	 * @param name what it is called; one of few, known when the code is written
	 * @param attributes what is known about it; few different values
	 * @return the operation, to be ended
	 */
	public Operation begin(String name, KeyValues attributes) {
		return begin(name, attributes, null);
	}

	/**
	 * Begins an operation.
	 * @param name what it is called; one of few, known when the code is written
	 * @param attributes what is known about it; few different values
	 * @param parent what it is a part of; {@code null} for what the current thread does
	 * @return the operation, to be ended
	 */
	public Operation begin(String name, KeyValues attributes, @Nullable Observation parent) {
		return new Operation(this, name, this.clock.getAsLong(), attributes, observe(name, attributes, parent));
	}

	private @Nullable Observation observe(String name, KeyValues attributes, @Nullable Observation parent) {
		if (this.observations.isNoop()) {
			return null;
		}
		Observation observation = Observation.createNotStarted(name, OperationContext::new, this.observations)
			.lowCardinalityKeyValues(attributes);
		return ((parent != null) ? observation.parentObservation(parent) : observation).start();
	}

	/**
	 * Tells of something that is over.
	 * @param name what it is called; one of few, known when the code is written
	 * @param outcome how it ended
	 * @param durationNanos for how long it lasted
	 * @param attributes what else is known about it, nothing secret
	 */
	public void happened(String name, Outcome outcome, long durationNanos, KeyValues attributes) {
		if (this.events != null) {
			this.events.record(name, outcome, durationNanos, attributes, null);
		}
	}

	void ended(String name, Outcome outcome, long startNanos, KeyValues attributes, @Nullable Throwable error) {
		if (this.events != null) {
			this.events.record(name, outcome, this.clock.getAsLong() - startNanos, attributes, error);
		}
	}

}
