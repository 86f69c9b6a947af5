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

package io.support.system;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.support.stats.MeterState;
import io.support.stats.StreamingMeterRegistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link SystemMonitor}.
 */
class SystemMonitorTests {

	private final StreamingMeterRegistry registry = new StreamingMeterRegistry(Clock.SYSTEM, 100);

	private final SystemMonitor monitor = new SystemMonitor(
			new SystemSettings(Duration.ofMillis(10), Duration.ofMillis(50)), this.registry,
			new WarningsContributor(this.registry, Stream::empty, Long.MAX_VALUE, System::nanoTime), System::nanoTime,
			java.time.Clock.systemUTC());

	private final AtomicInteger depth = new AtomicInteger();

	@AfterEach
	void stop() {
		this.monitor.stop();
	}

	@Test
	void samplesKnowWhatWasInBetween() {
		gauge("support.queue.depth");
		gauge("other.depth");
		for (int value : new int[] { 3, 500, 1 }) {
			this.depth.set(value);
			this.monitor.sampleOwn();
		}
		SystemMonitor.Snapshot snapshot = this.monitor.snapshot();
		assertThat(snapshot.samples()).isEqualTo(3);
		assertThat(snapshot.gauges()).singleElement().satisfies((gauge) -> {
			assertThat(gauge.name()).isEqualTo("support.queue.depth");
			assertThat(gauge.value()).isEqualTo(1);
			assertThat(gauge.min()).isEqualTo(1);
			assertThat(gauge.max()).isEqualTo(500);
			assertThat(gauge.maxLastMinute()).isEqualTo(500);
			assertThat(gauge.mean()).isEqualTo(168);
		});
		assertThat(samples("other.depth")).isZero();
		this.monitor.sampleAll();
		assertThat(samples("other.depth")).isOne();
	}

	@ParameterizedTest
	@ValueSource(strings = { "support.connections.idle", "support.state.count" })
	void gaugesOfWhichThereMayBeManyAreSampledWithTheOthers(String name) {
		gauge(name);
		this.monitor.sampleOwn();
		assertThat(samples(name)).isZero();
		this.monitor.sampleAll();
		assertThat(samples(name)).isOne();
	}

	@Test
	void memoryThreadsAndCollectionsAreGauged() {
		this.monitor.bindTo(this.registry);
		System.gc();
		this.monitor.sampleOwn();
		assertThat(value("support.system.heap.collected")).isPositive();
		assertThat(value("support.system.threads")).isGreaterThan(1);
		assertThat(value("support.system.collection.time")).isNotNegative();
		assertThat(value("support.system.direct.memory")).isNotNegative();
		assertThat(value("support.system.monitor.cpu")).isPositive();
	}

	@Test
	void gaugesAreSampledAgainAndAgainWhileItRuns() {
		gauge("support.queue.depth");
		gauge("other.depth");
		this.monitor.start();
		assertThat(this.monitor.isRunning()).isTrue();
		await().until(() -> samples("support.queue.depth") > 20 && samples("other.depth") > 3);
		assertThat(samples("other.depth")).isLessThan(samples("support.queue.depth"));
		this.monitor.stop();
		assertThat(this.monitor.isRunning()).isFalse();
	}

	@Test
	void gaugeThatIsGoneIsNotSampled() {
		gauge("support.queue.depth");
		Meter gauge = this.registry.getMeters().get(0);
		this.registry.remove(gauge);
		this.monitor.sampleOwn();
		assertThat(this.monitor.snapshot().gauges()).isEmpty();
		gauge("support.queue.depth");
		this.monitor.sampleOwn();
		assertThat(samples("support.queue.depth")).isOne();
	}

	private void gauge(String name) {
		Gauge.builder(name, this.depth, AtomicInteger::get).register(this.registry);
	}

	private long samples(String name) {
		MeterState state = this.registry.states(name::equals).get(0);
		return (state.distribution() != null) ? state.distribution().moments().count() : 0;
	}

	private double value(String name) {
		Double value = this.registry.states(name::equals).get(0).value();
		assertThat(value).isNotNull();
		return value;
	}

}
