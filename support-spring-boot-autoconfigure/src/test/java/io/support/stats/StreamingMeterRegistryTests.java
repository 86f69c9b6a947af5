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

	private final MockClock clock = new MockClock();

	private final StreamingMeterRegistry registry = new StreamingMeterRegistry(this.clock, 100);

	@Test
	void timersAreInNanoseconds() {
		Timer timer = Timer.builder("orders").tag("kind", "b").register(this.registry);
		timer.record(Duration.ofMillis(3));
		timer.record(5, TimeUnit.MILLISECONDS);
		assertThat(this.registry.statistics()).containsExactly(new MeterStatistics("orders", Map.of("kind", "b"),
				"timer", "nanoseconds", null, null, null,
				new DistributionSnapshot(2, 4e6, 3e6, 5e6, 1e12, 0.0, -2.0, null, 4e6, null, null, null, null, null)));
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
		assertThat(statistics.distribution()).isEqualTo(new DistributionSnapshot(1, 42.0, 42.0, 42.0, 0.0, null, null,
				null, 42.0, null, null, null, null, null));
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
	void countersKnowWhatIsAddedAndWhen() {
		Counter counter = Counter.builder("bytes").register(this.registry);
		counter.increment(10);
		this.clock.add(Duration.ofSeconds(10));
		counter.increment(30);
		DistributionState state = state("bytes");
		assertThat(counter.count()).isEqualTo(40);
		assertThat(state.moments().count()).isEqualTo(2);
		assertThat(state.moments().mean()).isEqualTo(20);
		assertThat(state.meanInterval()).isEqualTo(Duration.ofSeconds(10));
		assertThat(state.recent()).extracting(RecentPoint::value).containsExactly(10.0, 30.0);
	}

	@Test
	void leastRecentlyUsedMetersLeave() {
		Timer used = this.registry.timer("used");
		AtomicInteger gauged = new AtomicInteger(7);
		Gauge.builder("gauge", gauged, AtomicInteger::get).register(this.registry);
		Timer first = null;
		for (int i = 0; i < 100_000; i++) {
			Timer timer = Timer.builder("request").tag("id", Integer.toString(i)).register(this.registry);
			timer.record(Duration.ofMillis(1));
			first = (first != null) ? first : timer;
			this.clock.add(Duration.ofMillis(1));
			used.record(Duration.ofMillis(1));
		}
		assertThat(this.registry.getMeters()).hasSize(100);
		assertThat(this.registry.evictedMeters()).isEqualTo(99_902);
		assertThat(this.registry.statistics()).extracting(MeterStatistics::name).contains("used", "gauge");
		assertThat(used.count()).isEqualTo(100_000);
		assertThat(first).isNotNull();
		first.record(Duration.ofMillis(1));
		assertThat(first.count()).as("of one that has left").isZero();
	}

	@Test
	void gaugesLeaveWhereThereAreOnlyGauges() {
		for (int i = 0; i < 200; i++) {
			Gauge.builder("gauge", () -> 1).tag("id", Integer.toString(i)).register(this.registry);
		}
		assertThat(this.registry.getMeters()).hasSize(100);
	}

	@Test
	void namesSayWhichMetersAreKept() {
		MeterNames names = new MeterNames(List.of("http.*", "orders"), List.of("*.active"));
		StreamingMeterRegistry some = new StreamingMeterRegistry(this.clock, 100, names);
		for (String name : List.of("http.server.requests", "http.server.requests.active", "orders", "orders.open",
				"jvm.memory")) {
			some.counter(name).increment();
		}
		assertThat(some.statistics()).extracting(MeterStatistics::name)
			.containsExactly("http.server.requests", "orders");
	}

	@Test
	void resetBeginsAnew() {
		Timer timer = this.registry.timer("timer");
		Counter counter = this.registry.counter("counter");
		timer.record(Duration.ofSeconds(1));
		counter.increment();
		this.registry.reset();
		assertThat(timer.count()).isZero();
		assertThat(timer.max(TimeUnit.SECONDS)).isZero();
		assertThat(counter.count()).isZero();
		assertThat(state("timer").minutes()).isEmpty();
		timer.record(Duration.ofSeconds(2));
		assertThat(timer.totalTime(TimeUnit.SECONDS)).isEqualTo(2);
	}

	private DistributionState state(String name) {
		DistributionState state = this.registry.states(name::equals).get(0).distribution();
		assertThat(state).isNotNull();
		return state;
	}

	@Test
	void composesWithOthers() {
		CompositeMeterRegistry composite = new CompositeMeterRegistry();
		composite.add(this.registry);
		composite.timer("shared").record(Duration.ofSeconds(1));
		assertThat(this.registry.statistics()).extracting(MeterStatistics::name).isEqualTo(List.of("shared"));
	}

}
