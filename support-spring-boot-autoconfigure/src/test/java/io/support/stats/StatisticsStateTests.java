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
import java.util.Random;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link StatisticsState}: the statistics of several processes as those of one.
 */
class StatisticsStateTests {

	private final JsonMapper json = JsonMapper.builder().build();

	@Test
	void comesBackFromJsonAsItWas() {
		Sketches sketches = new Sketches();
		sketches.offer("clients", "10.0.0.1");
		StreamingMeterRegistry registry = registry(1, 500);
		registry.timer("unused");
		StatisticsState state = StatisticsState.of(registry, sketches);
		String text = this.json.writeValueAsString(state);
		assertThat(this.json.readValue(text, StatisticsState.class)).isEqualTo(state);
		assertThat(text).doesNotContain("NaN").doesNotContain("Infinity");
	}

	@Test
	void metersOfTwoProcessesAreThoseOfOne() {
		StatisticsState sum = StatisticsState.of(registry(1, 3000), new Sketches())
			.plus(StatisticsState.of(registry(2, 5000), new Sketches()));
		assertThat(sum.meters()).extracting(MeterState::name)
			.containsExactlyInAnyOrder("orders", "orders.total", "queue", "only1", "only2");
		MeterState orders = meter(sum, "orders");
		DistributionState distribution = orders.distribution();
		assertThat(distribution).isNotNull();
		assertThat(distribution.moments().count()).isEqualTo(8000);
		assertThat(distribution.buckets().total()).isEqualTo(8000);
		assertThat(distribution.summary().p50()).isCloseTo(5e6, Percentage.withPercentage(5));
		assertThat(meter(sum, "orders.total").value()).isEqualTo(8000);
		assertThat(meter(sum, "queue").value()).isNull();
		assertThat(meter(sum, "only1").value()).isEqualTo(1);
	}

	@Test
	void differentMetersCannotBeAddedUp() {
		MeterState one = new MeterState("a", Map.of(), "counter", null, 1.0, null);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> one.plus(new MeterState("b", Map.of(), "counter", null, 1.0, null)))
			.withMessageContaining("a{} and b{}");
	}

	@Test
	void sketchesOfTwoProcessesAreThoseOfOne() {
		Sketches first = new Sketches();
		Sketches second = new Sketches();
		Sketches whole = new Sketches();
		for (int i = 0; i < 200_000; i++) {
			Sketches part = (i % 2 == 0) ? first : second;
			String key = (i % 5 == 0) ? "frequent" : "key" + (i % 90_000);
			part.offer("keys", key);
			whole.offer("keys", key);
		}
		SketchState sum = first.states().get(0).plus(second.states().get(0));
		assertThat(sum.total()).isEqualTo(200_000);
		assertThat(sum.summary().distinct()).isEqualTo(whole.snapshots().get(0).distinct());
		SketchSnapshot.Element frequent = sum.summary().top().get(0);
		assertThat(frequent.value()).isEqualTo("frequent");
		assertThat(frequent.count() - frequent.error()).isLessThanOrEqualTo(40_000);
		assertThat(frequent.count()).isGreaterThanOrEqualTo(40_000);
	}

	@Test
	void sketchOfSomethingElseIsNone() {
		SketchState broken = new SketchState("keys", 1, "AAAA", List.of());
		assertThatIllegalArgumentException().isThrownBy(() -> broken.plus(broken)).withMessageContaining("'keys'");
	}

	private static MeterState meter(StatisticsState state, String name) {
		return state.meters().stream().filter((meter) -> meter.name().equals(name)).findFirst().orElseThrow();
	}

	private static StreamingMeterRegistry registry(int seed, int orders) {
		StreamingMeterRegistry registry = new StreamingMeterRegistry(Clock.SYSTEM, 100);
		Random random = new Random(seed);
		Timer timer = Timer.builder("orders").tag("kind", "a").register(registry);
		for (int i = 0; i < orders; i++) {
			timer.record(Duration.ofNanos(random.nextInt(10_000_000)));
			registry.counter("orders.total").increment();
		}
		registry.counter("only" + seed).increment();
		Gauge.builder("queue", () -> 3).register(registry);
		return registry;
	}

}
