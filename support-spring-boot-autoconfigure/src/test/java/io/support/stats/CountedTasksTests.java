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
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MockClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CountedTasks}, through the registry.
 */
class CountedTasksTests {

	private final MockClock clock = new MockClock();

	private final StreamingMeterRegistry registry = new StreamingMeterRegistry(this.clock, 10);

	private final LongTaskTimer tasks = LongTaskTimer.builder("imports").register(this.registry);

	@Test
	void tasksThatAreBeingDoneAreCountedAndTimedTogether() {
		LongTaskTimer.Sample first = this.tasks.start();
		this.clock.add(Duration.ofSeconds(2));
		LongTaskTimer.Sample second = this.tasks.start();
		this.clock.add(Duration.ofSeconds(1));
		assertThat(this.tasks.activeTasks()).isEqualTo(2);
		assertThat(this.tasks.duration(TimeUnit.SECONDS)).isEqualTo(4);
		assertThat(this.tasks.mean(TimeUnit.SECONDS)).isEqualTo(2);
		assertThat(first.duration(TimeUnit.SECONDS)).isEqualTo(3);
		assertThat(first.stop()).isEqualTo(Duration.ofSeconds(3).toNanos());
		assertThat(this.tasks.activeTasks()).isEqualTo(1);
		assertThat(this.tasks.duration(TimeUnit.SECONDS)).isEqualTo(1);
		assertThat(this.tasks.takeSnapshot().count()).isEqualTo(1);
		second.stop();
		assertThat(this.tasks.duration(TimeUnit.SECONDS)).isZero();
	}

	@Test
	void taskEndsOnce() {
		LongTaskTimer.Sample task = this.tasks.start();
		this.clock.add(Duration.ofSeconds(1));
		long nanos = task.stop();
		this.clock.add(Duration.ofSeconds(1));
		assertThat(List.of(task.stop(), (long) this.tasks.activeTasks())).containsExactly(nanos, 0L);
		assertThat(task.duration(TimeUnit.SECONDS)).isEqualTo(-1);
	}

	@Test
	void theyAreShownByTheirNumber() {
		this.tasks.start();
		assertThat(this.registry.statistics()).singleElement()
			.satisfies((statistics) -> assertThat(statistics.value()).isEqualTo(1));
	}

}
