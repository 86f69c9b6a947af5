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

package io.support.dispatch;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.support.context.TaskInFlight;
import io.support.context.TaskSource;
import io.support.context.WarningSource;
import io.support.stats.MeterTag;

/**
 * What can be seen of a dispatcher from outside: its figures, what is in flight on it,
 * and how near its queue is to its end. Looks through the queue, and costs those who use
 * the dispatcher nothing. Thread-safe.
 */
final class DispatcherState implements TaskSource, WarningSource {

	/** So full is trouble. */
	private static final double NEAR = 0.9;

	private final String name;

	private final String prefix;

	private final String kind;

	private final DispatchExecutor executor;

	private final QueueDiscipline discipline;

	private final Map<String, CallStatistics> statistics;

	private final LongSupplier clock;

	DispatcherState(String name, DispatchExecutor executor, QueueDiscipline discipline,
			Map<String, CallStatistics> statistics, LongSupplier clock) {
		this.name = name;
		this.prefix = name + '-';
		this.kind = "dispatch " + name;
		this.executor = executor;
		this.discipline = discipline;
		this.statistics = statistics;
		this.clock = clock;
	}

	Snapshot snapshot() {
		long time = this.clock.getAsLong();
		Map<CallStatistics, InFlight> inFlight = new HashMap<>();
		this.executor.forEachTask(
				(task) -> inFlight.computeIfAbsent(task.statistics(), (calls) -> new InFlight()).add(task, time));
		Map<String, CallStatistics.Snapshot> methods = new TreeMap<>();
		long rejected = 0;
		for (CallStatistics calls : this.statistics.values()) {
			InFlight now = inFlight.getOrDefault(calls, InFlight.NOTHING);
			methods.put(calls.method(), calls.snapshot(now.queued, now.running, now.oldestNanos));
			rejected += calls.rejections();
		}
		return new Snapshot(this.executor.threads(), this.executor.active(), this.executor.depth(),
				this.executor.capacity(), this.discipline.isOverloaded(), this.discipline.maxAgeNanos(),
				this.discipline.oldestAgeNanos(), this.executor.completed(), rejected, methods);
	}

	@Override
	public void forEachTask(Consumer<TaskInFlight> tasks) {
		long now = this.clock.getAsLong();
		this.executor.forEachTask((task) -> {
			TaskInFlight described = task.describe(this.prefix, this.kind, now);
			if (described != null) {
				tasks.accept(described);
			}
		});
	}

	@Override
	public void forEachWarning(Consumer<Found> found) {
		int depth = this.executor.depth();
		int capacity = this.executor.capacity();
		if (depth > 0 && depth >= NEAR * capacity) {
			found.accept(new Found(Severity.WARNING,
					"The queue of a dispatcher is nearly full: " + depth + " of " + capacity + " calls wait",
					Map.of(MeterTag.DISPATCHER.asString(), this.name), (double) depth,
					"Calls come faster than they are done: the page tasks has the oldest ones, and what they wait for",
					"tasks", "support.dispatch.depth"));
		}
	}

	/**
	 * A dispatcher as it is now.
	 *
	 * @param threads how many calls may run at the same time
	 * @param active how many run
	 * @param queueDepth how many wait
	 * @param queueCapacity how many may wait
	 * @param overloaded whether those that belong to requests may only wait for a short
	 * time
	 * @param maxQueueAgeNanos how long they may wait now
	 * @param oldestAgeNanos how long the first in the queue has waited
	 * @param completed how many have run
	 * @param rejected how many were refused
	 * @param methods the annotated methods; {@code none} are the calls through
	 * {@link Dispatchers}
	 */
	record Snapshot(int threads, int active, int queueDepth, int queueCapacity, boolean overloaded,
			long maxQueueAgeNanos, long oldestAgeNanos, long completed, long rejected,
			Map<String, CallStatistics.Snapshot> methods) {

	}

	/**
	 * The calls of one method that have not ended, while they are counted.
	 */
	private static final class InFlight {

		private static final InFlight NOTHING = new InFlight();

		private int queued;

		private int running;

		private long oldestNanos;

		void add(DispatchTask<?> task, long time) {
			if (task.isRunning()) {
				this.running++;
			}
			else {
				this.queued++;
			}
			this.oldestNanos = Math.max(this.oldestNanos, task.ageNanos(time));
		}

	}

}
