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

package io.support.system;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.support.context.ContextContributor;
import io.support.context.TaskInFlight;
import io.support.context.TaskSource;

/**
 * What is in flight in the process at the moment, as the {@link TaskSource}s know it: the
 * oldest of it, and how much there is in all. One in full comes with the stack of its
 * thread. Nothing is kept: it is looked for when somebody asks. Thread-safe.
 */
public final class TasksContributor implements ContextContributor {

	/** So many are shown, the oldest ones; all are counted. */
	static final int MAX_SHOWN = 500;

	private static final Comparator<TaskInFlight> BY_AGE = Comparator.comparingLong(TaskInFlight::ageNanos);

	private final Supplier<Stream<TaskSource>> sources;

	/**
	 * Creates a contributor.
	 * @param sources gives those who know what is in flight, asked each time
	 */
	public TasksContributor(Supplier<Stream<TaskSource>> sources) {
		this.sources = sources;
	}

	@Override
	public String name() {
		return "tasks";
	}

	@Override
	public Snapshot snapshot() {
		PriorityQueue<TaskInFlight> oldest = new PriorityQueue<>(BY_AGE);
		Map<String, Count> counts = new TreeMap<>();
		this.sources.get().forEach((source) -> source.forEachTask((task) -> {
			counts.computeIfAbsent(task.kind(), Count::new).add(task);
			if (oldest.size() < MAX_SHOWN) {
				oldest.add(task);
			}
			else if (BY_AGE.compare(task, oldest.element()) > 0) {
				oldest.remove();
				oldest.add(task);
			}
		}));
		List<TaskInFlight> shown = new ArrayList<>(oldest);
		shown.sort(BY_AGE.reversed());
		List<Kind> kinds = counts.values().stream().map(Count::kind).toList();
		return new Snapshot(kinds.stream().mapToInt(Kind::inFlight).sum(), MAX_SHOWN, kinds,
				shown.stream().map(Row::of).toList(), "tasks.id");
	}

	/**
	 * Returns one of what is in flight, with the stack of its thread.
	 * @param id what it is called
	 * @return the task; empty if it has ended
	 */
	@Override
	public Optional<Object> detail(String id) {
		return find(id).map((task) -> {
			Thread thread = task.thread();
			if (thread == null) {
				return new Detail(Row.of(task), null, List.of(), "No thread has it at the moment: it waits in a queue, "
						+ "or for something that will be told to an event loop");
			}
			StackTraceElement[] stack = thread.getStackTrace();
			String state = thread.getState().name().toLowerCase(Locale.ROOT).replace('_', '-');
			// It may have gone on to something else while it was looked at.
			if (task.thread() != thread) {
				return new Detail(Row.of(task), null, List.of(), "It has just ended");
			}
			return new Detail(Row.of(task), state, Frames.of(stack), null);
		});
	}

	private Optional<TaskInFlight> find(String id) {
		AtomicReference<@Nullable TaskInFlight> found = new AtomicReference<>();
		this.sources.get().forEach((source) -> source.forEachTask((task) -> {
			if (task.id().equals(id)) {
				found.set(task);
			}
		}));
		return Optional.ofNullable(found.get());
	}

	/**
	 * What is in flight at one moment.
	 *
	 * @param inFlight how much there is
	 * @param maxShown how much is shown at the most
	 * @param kinds how much of each kind
	 * @param tasks the oldest of it, the oldest first
	 * @param details which of these can be had in full, and by what
	 */
	public record Snapshot(int inFlight, int maxShown, List<Kind> kinds, List<Row> tasks, String details) {

	}

	/**
	 * How much of a kind is in flight.
	 *
	 * @param kind the kind
	 * @param inFlight how much
	 * @param queued how much of it waits to be started
	 * @param oldestNanos how long ago the oldest was begun
	 */
	public record Kind(String kind, int inFlight, int queued, long oldestNanos) {

	}

	/**
	 * One thing in flight.
	 *
	 * @param id its name, for as long as it is there
	 * @param kind what sort of thing it is
	 * @param what what is done
	 * @param state {@code queued} or {@code running}
	 * @param ageNanos how long ago it was begun
	 * @param queuedNanos how long it has waited, or had before it was started
	 * @param runningNanos how long ago it was started
	 * @param timeoutLeftNanos how long until it is given up
	 * @param startedBy who has asked for it: a request, a client
	 * @param caller the thread that has asked for it
	 * @param thread the thread that does it
	 */
	public record Row(String id, String kind, String what, String state, long ageNanos, @Nullable Long queuedNanos,
			@Nullable Long runningNanos, @Nullable Long timeoutLeftNanos, @Nullable String startedBy,
			@Nullable String caller, @Nullable String thread) {

		private static Row of(TaskInFlight task) {
			// One that waited when it was looked at may have a thread by now.
			Thread thread = task.state().equals(TaskInFlight.QUEUED) ? null : task.thread();
			return new Row(task.id(), task.kind(), task.what(), task.state(), task.ageNanos(), task.queuedNanos(),
					task.runningNanos(), task.timeoutLeftNanos(), task.startedBy(), task.caller(),
					(thread != null) ? thread.getName() : null);
		}

	}

	/**
	 * One thing in flight, in full.
	 *
	 * @param task what it is
	 * @param threadState what its thread does, as the JVM has it; {@code null} if it has
	 * none
	 * @param stack where the thread is, the innermost frame first
	 * @param unavailable why there is no stack; {@code null} if there is one
	 */
	public record Detail(Row task, @Nullable String threadState, List<String> stack, @Nullable String unavailable) {

	}

	/**
	 * Counts what is in flight of one kind.
	 */
	private static final class Count {

		private final String kind;

		private int inFlight;

		private int queued;

		private long oldestNanos;

		Count(String kind) {
			this.kind = kind;
		}

		void add(TaskInFlight task) {
			this.inFlight++;
			this.queued += task.state().equals(TaskInFlight.QUEUED) ? 1 : 0;
			this.oldestNanos = Math.max(this.oldestNanos, task.ageNanos());
		}

		Kind kind() {
			return new Kind(this.kind, this.inFlight, this.queued, this.oldestNanos);
		}

	}

}
