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

import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Operations}, {@link Operation} and {@link ObservedEvents}.
 */
class OperationsTests {

	private static final KeyValues ATTRIBUTES = KeyValues.of("group", "payments");

	private final AtomicLong nanos = new AtomicLong();

	private final EventLog events = new EventLog(InstantSource.system(), this.nanos::get);

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	private final Operations observed = new Operations(this.events, this.registry, this.nanos::get);

	private final Operations unobserved = new Operations(this.events, ObservationRegistry.NOOP, this.nanos::get);

	@Test
	void endIsAnEvent() {
		Operation operation = this.unobserved.begin("support.connect", ATTRIBUTES);
		this.nanos.addAndGet(700);
		operation.with("peer", "10.0.0.1").succeed();
		Event event = onlyEvent("support.connect");
		assertThat(event.durationNanos()).isEqualTo(700);
		assertThat(event.outcome()).isEqualTo("success");
		assertThat(event.attributes()).containsOnlyKeys("group", "peer").containsEntry("peer", "10.0.0.1");
	}

	@Test
	void endsOnce() {
		Operation operation = this.observed.begin("support.connect", ATTRIBUTES);
		operation.cancel();
		operation.fail(new IllegalStateException());
		operation.succeed();
		assertThat(onlyEvent("support.connect").outcome()).isEqualTo("cancelled");
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasNumberOfObservationsWithNameEqualTo("support.connect", 1)
			.hasSingleObservationThat()
			.hasBeenStopped()
			.doesNotHaveError();
	}

	@Test
	void isAnObservationWhereSomebodyObserves() {
		Operation operation = this.observed.begin("support.connect", ATTRIBUTES).with("peer", "10.0.0.1");
		operation.fail(new IllegalStateException("refused"));
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasSingleObservationThat()
			.hasNameEqualTo("support.connect")
			.hasLowCardinalityKeyValue("group", "payments")
			.hasLowCardinalityKeyValue("outcome", "failure")
			.hasHighCardinalityKeyValue("peer", "10.0.0.1")
			.hasBeenStarted()
			.hasBeenStopped()
			.assertThatError()
			.hasMessage("refused");
	}

	@Test
	void isPartOfWhatTheThreadDoes() {
		Observation request = Observation.start("request", this.registry);
		try (Observation.Scope scope = request.openScope()) {
			assertThat(scope).isNotNull();
			this.observed.begin("support.dispatch", ATTRIBUTES).succeed();
		}
		request.stop();
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasObservationWithNameEqualTo("support.dispatch")
			.that()
			.hasParentObservationEqualTo(request);
	}

	@Test
	void isPartOfWhatItIsToldToBe() {
		Observation request = Observation.start("request", this.registry);
		this.observed.begin("support.connect", ATTRIBUTES, request).succeed();
		request.stop();
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasObservationWithNameEqualTo("support.connect")
			.that()
			.hasParentObservationEqualTo(request);
	}

	@Test
	void bodyIsPartOfIt() throws Exception {
		Operation operation = this.observed.begin("support.dispatch", ATTRIBUTES);
		String current = operation
			.including(() -> Objects.requireNonNull(this.registry.getCurrentObservation()).getContext().getName())
			.call();
		assertThat(current).isEqualTo("support.dispatch");
		assertThat(this.registry.getCurrentObservation()).isNull();
		operation.succeed();
	}

	@Test
	void nobodyIsToldOfNone() {
		Operation operation = Operations.none().begin("support.connect", ATTRIBUTES);
		Callable<String> body = () -> "done";
		assertThat(operation.including(body)).isSameAs(body);
		operation.succeed();
		Operations.none().happened("support.stall", Outcome.FAILURE, 1, ATTRIBUTES);
	}

	@Test
	void observationsOfOthersAreEvents() {
		ObservationRegistry others = handled();
		Observation.createNotStarted("http.server.requests", others)
			.lowCardinalityKeyValue("uri", "/orders/{id}")
			.lowCardinalityKeyValue("outcome", "SUCCESS")
			.lowCardinalityKeyValue("exception", "none")
			.highCardinalityKeyValue("http.url", "/orders/7?token=secret")
			.observe(() -> this.nanos.addAndGet(900));
		Event event = onlyEvent("http.server.requests");
		assertThat(event.durationNanos()).isEqualTo(900);
		assertThat(event.outcome()).isEqualTo("success");
		assertThat(event.attributes()).containsEntry("uri", "/orders/{id}").doesNotContainKeys("http.url", "exception");
	}

	@Test
	void errorsAndServerErrorsOfOthersAreFailures() {
		ObservationRegistry others = handled();
		Observation.createNotStarted("answered", others)
			.lowCardinalityKeyValue("outcome", "SERVER_ERROR")
			.observe(() -> {
			});
		Observation failed = Observation.start("failed", others);
		failed.error(new IllegalArgumentException());
		failed.stop();
		assertThat(onlyEvent("answered").outcome()).isEqualTo("failure");
		assertThat(onlyEvent("failed").error()).isEqualTo(IllegalArgumentException.class.getName());
	}

	@Test
	void ownObservationsAreNotEventsTwice() {
		ObservationRegistry both = handled();
		new Operations(this.events, both, this.nanos::get).begin("support.connect", ATTRIBUTES).succeed();
		assertThat(recent("support.connect")).hasSize(1);
	}

	private ObservationRegistry handled() {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new ObservedEvents(this.events, this.nanos::get));
		return registry;
	}

	private Event onlyEvent(String operation) {
		List<Event> recent = recent(operation);
		assertThat(recent).hasSize(1);
		return recent.get(0);
	}

	private List<Event> recent(String operation) {
		return this.events.recent(operation);
	}

}
