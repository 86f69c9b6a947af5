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

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a {@link StreamingMeterRegistry} knows of changes.
 */
class RecentChangesTests {

	private final MockClock clock = new MockClock();

	private final StreamingMeterRegistry registry = new StreamingMeterRegistry(this.clock, 100);

	private final AtomicInteger depth = new AtomicInteger(200);

	@Test
	void nothingIsKnownBeforeSomebodyHasLooked() {
		this.registry.counter("orders").increment();
		assertThat(this.registry.statistics()).singleElement()
			.satisfies((meter) -> assertThat(meter.changePerSecond()).isNull());
	}

	@Test
	void changeIsThatOfTheLastMinute() {
		Counter orders = this.registry.counter("orders");
		Timer times = this.registry.timer("times");
		Gauge.builder("depth", this.depth, AtomicInteger::get).register(this.registry);
		orders.increment(1000);
		for (int i = 0; i < 20; i++) {
			this.registry.observe();
			this.clock.add(Duration.ofSeconds(10));
			orders.increment(20);
			times.record(Duration.ofMillis(1));
		}
		this.depth.set(100);
		Map<String, MeterStatistics> meters = this.registry.statistics()
			.stream()
			.collect(Collectors.toMap(MeterStatistics::name, (meter) -> meter));
		assertThat(meters.get("orders")).extracting(MeterStatistics::changePerSecond, MeterStatistics::changedRatio)
			.containsExactly(2.0, 140 / 1400.0);
		assertThat(meters.get("times")).extracting(MeterStatistics::changePerSecond).isEqualTo(0.1);
		assertThat(meters.get("depth")).extracting(MeterStatistics::changePerSecond, MeterStatistics::changedRatio)
			.containsExactly(-100 / 70.0, 0.5);
	}

	@Test
	void meterThatComesLaterIsComparedFromThenOn() {
		this.registry.observe();
		this.clock.add(Duration.ofSeconds(10));
		Counter orders = this.registry.counter("orders");
		this.registry.observe();
		this.clock.add(Duration.ofSeconds(10));
		orders.increment(50);
		assertThat(this.registry.statistics()).singleElement()
			.extracting(MeterStatistics::changePerSecond, MeterStatistics::changedRatio)
			.containsExactly(5.0, 1.0);
	}

	@Test
	void whatIsRememberedOfAMeterGoesWithIt() {
		Counter orders = this.registry.counter("orders");
		orders.increment(50);
		this.registry.observe();
		this.registry.remove(orders);
		this.clock.add(Duration.ofSeconds(10));
		this.registry.observe();
		this.registry.counter("orders").increment();
		assertThat(this.registry.statistics()).singleElement()
			.satisfies((meter) -> assertThat(meter.changePerSecond()).isNull());
	}

}
