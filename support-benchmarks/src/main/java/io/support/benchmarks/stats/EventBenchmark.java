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

package io.support.benchmarks.stats;

import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import io.support.event.EventLog;
import io.support.event.ObservedEvents;
import io.support.event.Operations;

/**
 * What an event costs where there are so many that hardly one is kept, and none is
 * logged: what a request pays.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EventBenchmark {

	private static final KeyValues ATTRIBUTES = KeyValues.of("dispatcher", "io", "method", "Orders.find");

	private final EventLog events = new EventLog(InstantSource.system(), System::nanoTime);

	private final Operations operations = new Operations(this.events, ObservationRegistry.NOOP, System::nanoTime);

	private final ObservationRegistry without = observing(new Nothing());

	private final ObservationRegistry with = observing(new Nothing(),
			new ObservedEvents(this.events, System::nanoTime));

	private static ObservationRegistry observing(ObservationHandler<?>... handlers) {
		ObservationRegistry registry = ObservationRegistry.create();
		for (ObservationHandler<?> handler : handlers) {
			registry.observationConfig().observationHandler(handler);
		}
		return registry;
	}

	/**
	 * An operation that is not observed.
	 */
	@Benchmark
	public void operation() {
		this.operations.begin("support.dispatch", ATTRIBUTES).succeed();
	}

	/**
	 * An observation of somebody else's that is no event.
	 */
	@Benchmark
	public void observation() {
		observe(this.without);
	}

	/**
	 * An observation of somebody else's.
	 */
	@Benchmark
	public void observationAsEvent() {
		observe(this.with);
	}

	private static void observe(ObservationRegistry registry) {
		Observation.start("http.server.requests", registry)
			.lowCardinalityKeyValue("method", "GET")
			.lowCardinalityKeyValue("outcome", "SUCCESS")
			.lowCardinalityKeyValue("status", "200")
			.lowCardinalityKeyValue("uri", "/orders/{id}")
			.stop();
	}

	/**
	 * Stands for metrics.
	 */
	private static final class Nothing implements ObservationHandler<Observation.Context> {

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

}
