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
import java.util.stream.IntStream;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StateMachines}.
 */
class StateMachinesTests {

	private final MockClock clock = new MockClock();

	private final StateMachines machines = new StateMachines(this.clock);

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	@Test
	void areMeters() {
		StateMachineStats<Door> doors = this.machines.create("doors", Door.class);
		this.machines.bindTo(this.registry);
		StateMachineStats.Followed<Door> door = doors.begin(Door.OPEN);
		this.clock.add(Duration.ofSeconds(3));
		door.to(Door.CLOSED);
		this.clock.add(Duration.ofSeconds(4));
		door.to(Door.OPEN);
		assertThat(gauge("doors", "open")).isOne();
		assertThat(gauge("doors", "closed")).isZero();
		assertThat(transitions("doors", "open")).isEqualTo(2);
		assertThat(transitions("doors", "closed")).isOne();
		FunctionTimer open = this.registry.get("support.state.duration")
			.tags("machine", "doors", "state", "open")
			.functionTimer();
		assertThat(open.count()).isOne();
		assertThat(open.totalTime(TimeUnit.SECONDS)).isEqualTo(3);
		door.end();
		assertThat(open.count()).isEqualTo(2);
		assertThat(gauge("doors", "open")).isZero();
	}

	@Test
	void thoseThatComeLaterAreMetersToo() {
		this.machines.bindTo(this.registry);
		this.machines.create("gates", Door.class).begin(Door.CLOSED);
		assertThat(gauge("gates", "closed")).isOne();
	}

	@Test
	void areShownByName() {
		this.machines.create("windows", Door.class);
		this.machines.create("doors", Door.class).begin(Door.OPEN);
		assertThat(snapshot()).extracting(StateMachines.Machine::name).containsExactly("doors", "windows");
		assertThat(snapshot()).extracting((machine) -> machine.now().present()).containsExactly(1, 0);
		assertThat(this.machines.detail("doors")).isPresent();
		assertThat(this.machines.detail("nobody")).isEmpty();
	}

	@Test
	void resetForgetsStepsButNotWhatIsThere() {
		StateMachineStats.Followed<Door> door = this.machines.create("doors", Door.class).begin(Door.OPEN);
		door.to(Door.CLOSED);
		this.machines.reset();
		StateMachineSnapshot doors = snapshot().get(0).now();
		assertThat(doors.present()).isOne();
		assertThat(doors.states()).extracting(StateMachineSnapshot.State::left).containsOnly(0L);
		assertThat(doors.steps()).extracting(StateMachineSnapshot.Step::count).containsOnly(0L);
		door.to(Door.OPEN);
		assertThat(snapshot().get(0).now().states()).extracting(StateMachineSnapshot.State::left)
			.containsExactly(0L, 1L);
	}

	@Test
	void areBounded() {
		List<StateMachineStats<Door>> all = IntStream.range(0, 1000)
			.mapToObj((number) -> this.machines.create("door-" + number, Door.class))
			.toList();
		assertThat(snapshot()).hasSize(StateMachines.MAX_MACHINES);
		StateMachineStats<Door> last = all.get(999);
		last.begin(Door.OPEN);
		assertThat(last.snapshot().present()).isOne();
	}

	private List<StateMachines.Machine> snapshot() {
		return ((StateMachines.Snapshot) this.machines.snapshot()).machines();
	}

	private double gauge(String machine, String state) {
		return this.registry.get("support.state.count").tags("machine", machine, "state", state).gauge().value();
	}

	private double transitions(String machine, String state) {
		return this.registry.get("support.state.transitions")
			.tags("machine", machine, "state", state)
			.functionCounter()
			.count();
	}

	private enum Door {

		OPEN, CLOSED

	}

}
