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
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StreamingMeterRegistry}.
 */
class StreamingMeterRegistryTests {

	private final StreamingMeterRegistry registry = new StreamingMeterRegistry(new MockClock(), 100);

	@Test
	void timersAreInNanoseconds() {
		Timer timer = Timer.builder("orders").tag("kind", "b").register(this.registry);
		timer.record(Duration.ofMillis(3));
		timer.record(5, TimeUnit.MILLISECONDS);
		assertThat(this.registry.statistics()).containsExactly(new MeterStatistics("orders", Map.of("kind", "b"),
				"timer", "nanoseconds", null, new DistributionSnapshot(2, 4e6, 3e6, 5e6, 4e6, null, null)));
		assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(8);
		assertThat(timer.max(TimeUnit.MILLISECONDS)).isEqualTo(5);
	}

	@Test
	void summariesKeepTheirUnitAndScale() {
		DistributionSummary summary = DistributionSummary.builder("size")
			.baseUnit("bytes")
			.scale(2)
			.register(this.registry);
		summary.record(21);
		MeterStatistics statistics = this.registry.statistics().get(0);
		assertThat(statistics.unit()).isEqualTo("bytes");
		assertThat(statistics.distribution())
			.isEqualTo(new DistributionSnapshot(1, 42.0, 42.0, 42.0, 42.0, null, null));
	}

	@Test
	void countersAndGaugesShowTheirValue() {
		AtomicInteger seven = new AtomicInteger(7);
		Counter.builder("a").register(this.registry).increment(3);
		Gauge.builder("b", seven, AtomicInteger::get).register(this.registry);
		FunctionCounter.builder("c", seven, AtomicInteger::get).register(this.registry);
		Gauge.builder("d", () -> Double.NaN).register(this.registry);
		assertThat(this.registry.statistics()).extracting(MeterStatistics::value).containsExactly(3.0, 7.0, 7.0, null);
	}

	@Test
	void metersBeyondTheBoundAreCountedAndNotKept() {
		for (int i = 0; i < 100_000; i++) {
			Timer.builder("request")
				.tag("id", Integer.toString(i))
				.register(this.registry)
				.record(Duration.ofMillis(1));
		}
		assertThat(this.registry.getMeters()).hasSize(100);
		assertThat(this.registry.refusedMeters()).isEqualTo(99_900);
		this.registry.remove(this.registry.getMeters().get(0));
		Counter.builder("late").register(this.registry).increment();
		assertThat(this.registry.statistics()).extracting(MeterStatistics::name).contains("late");
	}

	@Test
	void composesWithOthers() {
		CompositeMeterRegistry composite = new CompositeMeterRegistry();
		composite.add(this.registry);
		composite.timer("shared").record(Duration.ofSeconds(1));
		assertThat(this.registry.statistics()).extracting(MeterStatistics::name).isEqualTo(List.of("shared"));
	}

}
