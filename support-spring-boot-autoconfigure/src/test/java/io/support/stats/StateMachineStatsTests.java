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
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MockClock;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Percentage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link StateMachineStats}.
 */
class StateMachineStatsTests {

	private final MockClock clock = new MockClock();

	private final StateMachineStats<Light> lights = new StateMachineStats<>(Light.class, this.clock);

	@Provide
	Arbitrary<Action> actions() {
		return Combinators
			.combine(Arbitraries.integers().between(0, 5), Arbitraries.of(Light.class).injectNull(0.3),
					Arbitraries.longs().between(0, 100_000_000_000L))
			.as(Action::new);
	}

	@Property(tries = 300)
	void anyStepsAreCountedAsByHand(@ForAll @Size(max = 200) List<@From("actions") Action> actions) {
		NaiveLights naive = new NaiveLights();
		for (Action action : actions) {
			naive.run(action);
		}
		naive.assertIs();
	}

	@Test
	void stepsKnowHowFarTheyAreApart() {
		StateMachineStats.Followed<Light> light = this.lights.begin(Light.RED);
		for (int i = 0; i < 3; i++) {
			this.clock.add(Duration.ofSeconds(10));
			light.to(Light.GREEN);
			this.clock.add(Duration.ofSeconds(20 + i));
			light.to(Light.RED);
		}
		assertThat(this.lights.snapshot().steps())
			.extracting(StateMachineSnapshot.Step::from, StateMachineSnapshot.Step::to,
					StateMachineSnapshot.Step::count, StateMachineSnapshot.Step::meanInterval)
			.containsExactly(tuple("RED", "GREEN", 3L, Duration.ofMillis(30_500)),
					tuple("GREEN", "RED", 3L, Duration.ofMillis(31_500)));
	}

	@Test
	void whatEndsIsGone() {
		StateMachineStats.Followed<Light> light = this.lights.begin(Light.YELLOW);
		this.clock.add(Duration.ofSeconds(1));
		light.end();
		light.end();
		light.to(Light.RED);
		StateMachineSnapshot snapshot = this.lights.snapshot();
		assertThat(snapshot.present()).isZero();
		assertThat(snapshot.states()).extracting(StateMachineSnapshot.State::present).containsOnly(0);
		assertThat(snapshot.steps()).singleElement().satisfies((step) -> {
			assertThat(step.from()).isEqualTo("YELLOW");
			assertThat(step.to()).isNull();
			assertThat(step.count()).isOne();
			assertThat(step.meanInterval()).isNull();
		});
		assertThat(light.time(TimeUnit.NANOSECONDS)).isZero();
	}

	@Test
	void threadsDoNotLoseAnything() throws InterruptedException {
		int threads = 4;
		int each = 20_000;
		StateMachineStats.Followed<Light> shared = this.lights.begin(Light.RED);
		CountDownLatch done = new CountDownLatch(threads);
		for (int i = 0; i < threads; i++) {
			Random random = new Random(i);
			new Thread(() -> {
				StateMachineStats.Followed<Light> own = this.lights.begin(Light.RED);
				for (int j = 0; j < each; j++) {
					Light next = Light.values()[random.nextInt(3)];
					own.to(next);
					shared.to(next);
				}
				own.end();
				done.countDown();
			}).start();
		}
		assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
		StateMachineSnapshot snapshot = this.lights.snapshot();
		assertThat(snapshot.present()).isOne();
		assertThat(snapshot.states().stream().mapToInt(StateMachineSnapshot.State::present).sum()).isOne();
		assertThat(snapshot.steps()
			.stream()
			.filter((step) -> step.to() == null)
			.mapToLong(StateMachineSnapshot.Step::count)
			.sum()).isEqualTo(threads);
	}

	private enum Light {

		RED, YELLOW, GREEN

	}

	/**
	 * Something that happens to one of some lights. One that is not there begins.
	 *
	 * @param light which
	 * @param next the state to go to; {@code null} for its end
	 * @param afterNanos how long after what happened before
	 */
	private record Action(int light, @Nullable Light next, long afterNanos) {

	}

	/**
	 * Lights that are followed, and the same by hand.
	 */
	private static final class NaiveLights {

		private final MockClock clock = new MockClock();

		private final StateMachineStats<Light> lights = new StateMachineStats<>(Light.class, this.clock);

		private final Map<Integer, StateMachineStats.Followed<Light>> followed = new HashMap<>();

		private final Map<Integer, Light> states = new HashMap<>();

		private final Map<Integer, Long> since = new HashMap<>();

		private final Map<String, Long> steps = new HashMap<>();

		private final Map<Light, Double> stays = new EnumMap<>(Light.class);

		private long aliveNanos;

		void run(Action action) {
			this.clock.add(Duration.ofNanos(action.afterNanos()));
			this.aliveNanos += this.states.size() * action.afterNanos();
			Light from = this.states.get(action.light());
			if (from == null) {
				begin(action);
				return;
			}
			StateMachineStats.Followed<Light> light = this.followed.get(action.light());
			if (action.next() == null) {
				light.end();
				this.states.remove(action.light());
			}
			else {
				light.to(action.next());
				this.states.put(action.light(), action.next());
			}
			if (from != action.next()) {
				long now = this.clock.monotonicTime();
				this.steps.merge(from + ">" + action.next(), 1L, Long::sum);
				this.stays.merge(from, (double) (now - this.since.put(action.light(), now)), Double::sum);
			}
		}

		private void begin(Action action) {
			if (action.next() != null) {
				this.followed.put(action.light(), this.lights.begin(action.next()));
				this.states.put(action.light(), action.next());
				this.since.put(action.light(), this.clock.monotonicTime());
			}
		}

		void assertIs() {
			StateMachineSnapshot snapshot = this.lights.snapshot();
			assertThat(snapshot.present()).isEqualTo(this.states.size());
			double nanos = this.followed.values()
				.stream()
				.mapToDouble((light) -> (double) light.time(TimeUnit.NANOSECONDS))
				.sum();
			for (StateMachineSnapshot.State state : snapshot.states()) {
				Light light = Light.valueOf(state.name());
				assertThat(state.present()).isEqualTo(Collections.frequency(this.states.values(), light));
				double mean = (state.meanNanos() != null) ? state.meanNanos() : 0;
				double sum = mean * state.left();
				assertThat(sum).isCloseTo(this.stays.getOrDefault(light, 0.0), Percentage.withPercentage(1e-9));
				nanos += sum;
			}
			assertThat(nanos).isCloseTo((double) this.aliveNanos, Percentage.withPercentage(1e-9));
			Map<String, Long> counted = new HashMap<>();
			snapshot.steps().forEach((step) -> counted.put(step.from() + ">" + step.to(), step.count()));
			assertThat(counted).isEqualTo(this.steps);
		}

	}

}
