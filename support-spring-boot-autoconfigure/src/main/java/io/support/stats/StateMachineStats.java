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

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

/**
 * The statistics of things that go from state to state, such as connections: how many are
 * in each state, for how long they stay, where they go from there and how often.
 * <p>
 * Thread-safe, and bounded by the square of the number of states. A step costs some tens
 * of nanoseconds.
 *
 * @param <S> the states
 */
public final class StateMachineStats<S extends Enum<S>> {

	private final Clock clock;

	private final Map<S, Stay<S>> stays;

	private final AtomicInteger all = new AtomicInteger();

	/**
	 * Creates statistics of nothing.
	 * @param type the states
	 */
	public StateMachineStats(Class<S> type) {
		this(type, Clock.SYSTEM);
	}

	/**
	 * Creates statistics of nothing.
	 * @param type the states
	 * @param clock gives the times of the steps
	 */
	public StateMachineStats(Class<S> type, Clock clock) {
		this.clock = clock;
		Map<S, Stay<S>> stays = new EnumMap<>(type);
		for (S state : type.getEnumConstants()) {
			stays.put(state, new Stay<>());
		}
		this.stays = Collections.unmodifiableMap(stays);
	}

	/**
	 * Begins to follow something.
	 * @param state the state that it is in
	 * @return what has to be told of its steps
	 */
	public Followed<S> begin(S state) {
		this.all.incrementAndGet();
		stay(state).enter();
		return new Followed<>(this, state, this.clock.monotonicTime());
	}

	@SuppressWarnings("NullAway") // every state has one
	private Stay<S> stay(S state) {
		return this.stays.get(state);
	}

	private void step(S from, @Nullable S to, long nanos, long now) {
		Stay<S> left = stay(from);
		left.present.decrementAndGet();
		if (to != null) {
			stay(to).enter();
			left.times(to, this.clock).record((double) nanos, now);
		}
		else {
			this.all.decrementAndGet();
			left.ends(this.clock).record((double) nanos, now);
		}
	}

	/**
	 * Shows the statistics in a registry.
	 * @param registry the registry
	 * @param machine what this is called there
	 */
	void bindTo(MeterRegistry registry, String machine) {
		this.stays.forEach((state, stay) -> {
			Tags tags = Tags.of(MeterTag.MACHINE.asString(), machine, MeterTag.STATE.asString(),
					state.name().toLowerCase(Locale.ROOT));
			StateMeters.DURATION.timer(stay, Stay::leftCount, Stay::leftNanos).tags(tags).register(registry);
			StateMeters.COUNT.gauge(stay, Stay::presentCount).tags(tags).register(registry);
			StateMeters.TRANSITIONS.counter(stay, Stay::entered).tags(tags).register(registry);
		});
	}

	void reset() {
		this.stays.values().forEach(Stay::reset);
	}

	/**
	 * Returns the statistics as they are now.
	 * @return a copy
	 */
	public StateMachineSnapshot snapshot() {
		List<StateMachineSnapshot.State> states = new ArrayList<>();
		List<StateMachineSnapshot.Step> steps = new ArrayList<>();
		this.stays.forEach((from, stay) -> {
			List<DistributionState> left = new ArrayList<>();
			this.stays.keySet().forEach((to) -> stay.addTo(left, steps, from, to));
			stay.addTo(left, steps, from, null);
			states.add(StateMachineSnapshot.State.of(from.name(), stay.present.get(),
					left.stream()
						.reduce(DistributionState::plus)
						.map(DistributionState::summary)
						.orElse(DistributionSnapshot.EMPTY)));
		});
		return new StateMachineSnapshot(this.all.get(), states, steps);
	}

	/**
	 * How many are in one state, and how long those stayed that went elsewhere.
	 *
	 * @param <S> the states
	 */
	private static final class Stay<S extends Enum<S>> {

		private final AtomicInteger present = new AtomicInteger();

		private final LongAdder entered = new LongAdder();

		/** By the next state: never more than there are states. */
		private final Map<S, Distribution> times = new ConcurrentHashMap<>();

		private final AtomicReference<@Nullable Distribution> ends = new AtomicReference<>();

		void enter() {
			this.present.incrementAndGet();
			this.entered.increment();
		}

		void reset() {
			left().forEach(Distribution::reset);
		}

		double entered() {
			return this.entered.sum();
		}

		double presentCount() {
			return this.present.get();
		}

		long leftCount() {
			return left().mapToLong(Distribution::count).sum();
		}

		double leftNanos() {
			return left().mapToDouble(Distribution::sum).sum();
		}

		private Stream<Distribution> left() {
			return Stream.concat(this.times.values().stream(), Stream.ofNullable(this.ends.get()));
		}

		Distribution times(S next, Clock clock) {
			Distribution times = this.times.get(next);
			return (times != null) ? times : this.times.computeIfAbsent(next, (key) -> new Distribution(clock));
		}

		Distribution ends(Clock clock) {
			Distribution ends = this.ends.get();
			if (ends != null) {
				return ends;
			}
			Distribution created = new Distribution(clock);
			Distribution witness = this.ends.compareAndExchange(null, created);
			return (witness != null) ? witness : created;
		}

		void addTo(List<DistributionState> left, List<StateMachineSnapshot.Step> steps, S from, @Nullable S to) {
			Distribution distribution = (to != null) ? this.times.get(to) : this.ends.get();
			if (distribution != null) {
				DistributionState times = distribution.state();
				left.add(times);
				steps.add(new StateMachineSnapshot.Step(from.name(), (to != null) ? to.name() : null,
						times.moments().count(), times.meanInterval(), times.lastAt()));
			}
		}

	}

	/**
	 * Something that is followed. Thread-safe.
	 *
	 * @param <S> the states
	 */
	public static final class Followed<S extends Enum<S>> {

		private final StateMachineStats<S> statistics;

		private @Nullable S state;

		private long sinceNanos;

		private Followed(StateMachineStats<S> statistics, S state, long sinceNanos) {
			this.statistics = statistics;
			this.state = state;
			this.sinceNanos = sinceNanos;
		}

		/**
		 * Is told that it goes to another state. Where it is in that state already, or
		 * has ended, nothing happens.
		 * @param next the state
		 */
		public void to(S next) {
			step(next);
		}

		/**
		 * Is told that it ends. The second time nothing happens.
		 */
		public void end() {
			step(null);
		}

		private synchronized void step(@Nullable S next) {
			S from = this.state;
			if (from == null || from == next) {
				return;
			}
			long now = this.statistics.clock.monotonicTime();
			this.statistics.step(from, next, now - this.sinceNanos, now);
			this.state = next;
			this.sinceNanos = now;
		}

		/**
		 * Returns for how long it has been in its state.
		 * @param unit the unit of the time
		 * @return the time; 0 if it has ended
		 */
		public synchronized long time(TimeUnit unit) {
			return (this.state == null) ? 0
					: unit.convert(this.statistics.clock.monotonicTime() - this.sinceNanos, TimeUnit.NANOSECONDS);
		}

	}

}
