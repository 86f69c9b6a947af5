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
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MockClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link StateMachineStats}.
 */
class StateMachineStatsTests {

	private final MockClock clock = new MockClock();

	private final StateMachineStats<Light> lights = new StateMachineStats<>(Light.class, this.clock);

	@Test
	void timesAndStepsAreCounted() {
		StateMachineStats.Followed<Light> light = this.lights.begin(Light.RED);
		for (int i = 0; i < 3; i++) {
			this.clock.add(Duration.ofSeconds(10));
			light.to(Light.GREEN);
			this.clock.add(Duration.ofSeconds(20 + i));
			light.to(Light.RED);
		}
		assertThat(light.time(TimeUnit.SECONDS)).isZero();
		this.clock.add(Duration.ofSeconds(5));
		assertThat(light.time(TimeUnit.SECONDS)).isEqualTo(5);
		StateMachineSnapshot snapshot = this.lights.snapshot();
		assertThat(snapshot.present()).isOne();
		StateMachineSnapshot.State red = snapshot.states().get(0);
		assertThat(red.name()).isEqualTo("RED");
		assertThat(red.present()).isOne();
		assertThat(red.left()).isEqualTo(3);
		assertThat(red.meanNanos()).isEqualTo(10e9);
		StateMachineSnapshot.State green = snapshot.states().get(2);
		assertThat(green.present()).isZero();
		assertThat(green.maxNanos()).isEqualTo(22e9);
		assertThat(snapshot.steps())
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
	void sameStateAgainIsNoStep() {
		StateMachineStats.Followed<Light> light = this.lights.begin(Light.RED);
		light.to(Light.RED);
		assertThat(this.lights.snapshot().steps()).isEmpty();
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

}
