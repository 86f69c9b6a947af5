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
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

import io.support.context.ContextContributor;
import io.support.context.Resettable;

/**
 * The state machines of an application by name: what its connections, its worker and the
 * addresses of its groups do. Bounded: at most {@value #MAX_MACHINES}; one more is
 * followed, but not shown. Thread-safe.
 */
public final class StateMachines implements ContextContributor, Resettable {

	/**
	 * How many are shown.
	 */
	public static final int MAX_MACHINES = 256;

	private final Clock clock;

	private final Map<String, StateMachineStats<?>> machines = new ConcurrentSkipListMap<>();

	private volatile @Nullable MeterRegistry registry;

	/**
	 * Creates an empty set of machines.
	 */
	public StateMachines() {
		this(Clock.SYSTEM);
	}

	/**
	 * Creates an empty set of machines.
	 * @param clock gives the times of the steps
	 */
	public StateMachines(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Adds a machine, in place of one of the same name.
	 * @param name what it is called; one of few, known when the application starts
	 * @param states its states
	 * @param <S> the type of its states
	 * @return its statistics
	 */
	public <S extends Enum<S>> StateMachineStats<S> create(String name, Class<S> states) {
		StateMachineStats<S> machine = new StateMachineStats<>(states, this.clock);
		synchronized (this.machines) {
			if (this.machines.containsKey(name) || this.machines.size() < MAX_MACHINES) {
				this.machines.put(name, machine);
				MeterRegistry registry = this.registry;
				if (registry != null) {
					machine.bindTo(registry, name);
				}
			}
		}
		return machine;
	}

	/**
	 * Removes a machine and its meters. Whatever it follows is followed on, but not
	 * shown.
	 * @param name what it is called
	 * @param machine its statistics; another one of this name stays
	 */
	public void remove(String name, StateMachineStats<?> machine) {
		synchronized (this.machines) {
			MeterRegistry registry = this.registry;
			if (this.machines.remove(name, machine) && registry != null) {
				StateMeters.remove(registry, name);
			}
		}
	}

	/**
	 * Shows the machines in a registry, and those that are added later.
	 * @param registry the registry
	 */
	public void bindTo(MeterRegistry registry) {
		synchronized (this.machines) {
			this.registry = registry;
			this.machines.forEach((name, machine) -> machine.bindTo(registry, name));
		}
	}

	@Override
	public String name() {
		return "states";
	}

	@Override
	public Object snapshot() {
		List<Machine> machines = this.machines.entrySet()
			.stream()
			.map((entry) -> new Machine(entry.getKey(), entry.getValue().snapshot()))
			.toList();
		return new Snapshot(machines, "machines.name");
	}

	/**
	 * Forgets the steps that have been made; whatever is in a state stays there.
	 */
	@Override
	public void reset() {
		this.machines.values().forEach(StateMachineStats::reset);
	}

	@Override
	public Optional<Object> detail(String name) {
		return Optional.ofNullable(this.machines.get(name)).map(StateMachineStats::snapshot);
	}

	/**
	 * What the machines do.
	 *
	 * @param machines the machines, by name
	 * @param details which of these can be had in full, and by what
	 */
	record Snapshot(List<Machine> machines, String details) {

	}

	/**
	 * What one of them does.
	 *
	 * @param name what it is called
	 * @param now its figures
	 */
	record Machine(String name, StateMachineSnapshot now) {

	}

}
