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

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.support.event.Event;
import io.support.event.EventLog;
import io.support.event.Operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what is told of dispatched calls.
 */
@Timeout(30)
class DispatchEventsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final EventLog events = new EventLog(InstantSource.system(), System::nanoTime);

	private final TestObservationRegistry observations = TestObservationRegistry.create();

	private final Dispatchers dispatchers = create();

	private Dispatchers create() {
		DispatchSettings.Pool pool = new DispatchSettings.Pool(1, 1);
		return Dispatchers.create(new DispatchSettings(pool, pool, PATIENCE), System::nanoTime,
				new SimpleMeterRegistry(), new Operations(this.events, this.observations, System::nanoTime));
	}

	@AfterEach
	void close() {
		this.dispatchers.close();
	}

	@Test
	void callIsAnEventWithItsOutcome() throws Exception {
		this.dispatchers.io().call(() -> "done");
		assertThat(onlyEvent()).satisfies((event) -> {
			assertThat(event.outcome()).isEqualTo("success");
			assertThat(event.attributes()).isEqualTo(Map.of("dispatcher", "io", "method", "none"));
			assertThat(event.durationNanos()).isPositive();
		});
	}

	@Test
	void failedCallIsAFailure() {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.dispatchers.io().call(() -> {
			throw new IOException("disk");
		}));
		assertThat(onlyEvent()).satisfies((event) -> {
			assertThat(event.outcome()).isEqualTo("failure");
			assertThat(event.error()).isEqualTo(IOException.class.getName());
		});
	}

	@Test
	void callInPlaceIsPartOfTheOneAroundIt() throws Exception {
		this.dispatchers.io().call(() -> this.dispatchers.io().call(() -> "done"));
		assertThat(onlyEvent().outcome()).isEqualTo("success");
	}

	@Test
	void refusedAndCancelledCallsAreTold() throws Exception {
		CountDownLatch end = new CountDownLatch(1);
		CountDownLatch running = new CountDownLatch(1);
		CompletableFuture<Object> first = this.dispatchers.io().future(() -> {
			running.countDown();
			end.await();
			return "done";
		});
		running.await();
		CompletableFuture<Object> waiting = this.dispatchers.io().future(() -> "never");
		assertThatException().isThrownBy(() -> this.dispatchers.io().future(() -> "never").get())
			.withCauseInstanceOf(DispatchRejectedException.class);
		waiting.cancel(true);
		end.countDown();
		assertThat(first.get()).isEqualTo("done");
		Awaitility.await().until(() -> this.events.recent(Dispatcher.CALL).size() == 3);
		assertThat(this.events.recent(Dispatcher.CALL)).extracting(Event::outcome)
			.containsExactlyInAnyOrder("success", "failure", "cancelled");
	}

	@Test
	void whatACallObservesIsPartOfIt() throws Exception {
		this.dispatchers.io().call(() -> {
			Observation.start("query", this.observations).stop();
			return null;
		});
		Awaitility.await().until(() -> this.events.recent(Dispatcher.CALL).size() == 1);
		TestObservationRegistryAssert.assertThat(this.observations)
			.hasObservationWithNameEqualTo("query")
			.that()
			.satisfies((context) -> assertThat(parent(context)).isEqualTo("support.dispatch"));
	}

	@Test
	void callIsPartOfTheObservationInTheReactorContext() {
		Observation request = Observation.start("request", this.observations);
		this.dispatchers.io()
			.mono(() -> "done")
			.contextWrite((context) -> context.put(ObservationThreadLocalAccessor.KEY, request))
			.block(PATIENCE);
		request.stop();
		TestObservationRegistryAssert.assertThat(this.observations)
			.hasObservationWithNameEqualTo("support.dispatch")
			.that()
			.hasParentObservationEqualTo(request);
	}

	private static String parent(Observation.ContextView context) {
		return Objects.requireNonNull(context.getParentObservation()).getContextView().getName();
	}

	private Event onlyEvent() {
		Awaitility.await().until(() -> !this.events.recent(Dispatcher.CALL).isEmpty());
		assertThat(this.events.recent(Dispatcher.CALL)).hasSize(1);
		return this.events.recent(Dispatcher.CALL).get(0);
	}

}
