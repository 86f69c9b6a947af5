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

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MockClock;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link StatisticsState}: the statistics of several processes as those of one.
 */
class StatisticsStateTests {

	private final JsonMapper json = JsonMapper.builder().build();

	@Provide
	Arbitrary<Use> uses() {
		return Combinators
			.combine(Arbitraries.of("timer", "counter", "summary", "gauge"), Arbitraries.of("a", "b"),
					Arbitraries.of("", "\u00e9\u4e16 \"'", "x"),
					Arbitraries.doubles().between(-Double.MAX_VALUE, Double.MAX_VALUE))
			.as(Use::new);
	}

	@Property(tries = 200)
	void comesBackFromJsonAsItWas(@ForAll @Size(max = 100) List<@From("uses") Use> uses) {
		StatisticsState state = recorded(uses);
		String text = this.json.writeValueAsString(state);
		assertThat(this.json.readValue(text, StatisticsState.class)).isEqualTo(state);
		assertThat(text).doesNotContain("NaN").doesNotContain("Infinity");
	}

	@Property(tries = 200)
	void metersOfOneProcessAddUpWithThoseOfAnother(@ForAll @Size(max = 30) List<@From("uses") Use> uses,
			@ForAll @IntRange(max = 30) int split) {
		StatisticsState one = recorded(uses.subList(0, Math.min(split, uses.size())));
		StatisticsState other = recorded(uses.subList(Math.min(split, uses.size()), uses.size()));
		StatisticsState sum = one.plus(other);
		assertThat(sum.meters().stream().map(StatisticsStateTests::identity)).doesNotHaveDuplicates()
			.containsExactlyInAnyOrderElementsOf(Stream.of(one, other)
				.flatMap((state) -> state.meters().stream())
				.map(StatisticsStateTests::identity)
				.distinct()
				.toList());
		assertThat(numbers(sum)).isEqualTo(numbers(one) + numbers(other));
	}

	private static String identity(MeterState meter) {
		return meter.name() + meter.tags() + meter.kind() + meter.unit();
	}

	private static long numbers(StatisticsState state) {
		return state.meters()
			.stream()
			.map(MeterState::distribution)
			.mapToLong((distribution) -> (distribution != null) ? distribution.moments().count() : 0)
			.sum();
	}

	@Test
	void sumOfGaugesHasNoValueAndWhatIsInOneOnlyIsInTheSum() {
		StatisticsState one = recorded(List.of(new Use("gauge", "a", "", 3), new Use("counter", "b", "", 1)));
		StatisticsState other = recorded(List.of(new Use("gauge", "a", "", 4), new Use("counter", "b", "x", 2)));
		assertThat(one.plus(other).meters()).extracting(MeterState::value).containsExactlyInAnyOrder(null, 1.0, 2.0);
	}

	@Test
	void meterThatHasAnotherUnitElsewhereIsAnotherOne() {
		MeterState seconds = new MeterState("a", Map.of(), "summary", "seconds", null, null);
		MeterState bytes = new MeterState("a", Map.of(), "summary", "bytes", null, null);
		assertThat(new StatisticsState(List.of(seconds), List.of()).plus(new StatisticsState(List.of(bytes), List.of()))
			.meters()).containsExactly(seconds, bytes);
	}

	@Test
	void differentMetersCannotBeAddedUp() {
		MeterState one = new MeterState("a", Map.of(), "counter", null, 1.0, null);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> one.plus(new MeterState("b", Map.of(), "counter", null, 1.0, null)))
			.withMessageContaining("a{} and b{}");
	}

	private static StatisticsState recorded(List<Use> uses) {
		StreamingMeterRegistry registry = new StreamingMeterRegistry(new MockClock(), 100);
		Sketches sketches = new Sketches();
		for (Use use : uses) {
			use.record(registry);
			sketches.offer(use.kind(), use.tag());
		}
		registry.sample(registry.getMeters());
		return StatisticsState.of(registry, sketches);
	}

	/**
	 * A use of a meter.
	 *
	 * @param kind of a meter of which kind
	 * @param name a part of its name
	 * @param tag the value of its tag
	 * @param number the number
	 */
	private record Use(String kind, String name, String tag, double number) {

		void record(StreamingMeterRegistry registry) {
			String full = this.kind + this.name;
			switch (this.kind) {
				case "timer" ->
					registry.timer(full, "tag", this.tag).record((long) Math.abs(this.number), TimeUnit.NANOSECONDS);
				case "counter" -> Counter.builder(full).tag("tag", this.tag).register(registry).increment(this.number);
				case "summary" -> DistributionSummary.builder(full)
					.baseUnit("bytes")
					.tag("tag", this.tag)
					.register(registry)
					.record(this.number);
				default -> gauge(registry, full);
			}
		}

		private void gauge(StreamingMeterRegistry registry, String full) {
			if (registry.find(full).tag("tag", this.tag).gauge() == null) {
				Gauge.builder(full, () -> this.number).tag("tag", this.tag).register(registry);
			}
		}

	}

}
