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

package io.support.event;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

import io.support.context.ContextContributor;
import io.support.context.Resettable;

/**
 * What the process has done: each operation that ended is one event, counted, kept for
 * the pages and, at level {@code DEBUG} of {@value #LOGGER} and of the operation's name
 * below it, one line in the log with key-value pairs that are named as in the Elastic
 * Common Schema.
 * <p>
 * Bounded: {@value #MAX_OPERATIONS} operations, the rest of which are {@value #OTHER};
 * and of each outcome of an operation the last 64 events, where more than 32 come in a
 * row only ten a second. Thread-safe. An event that is neither kept nor logged takes some
 * tens of nanoseconds.
 */
public final class EventLog implements ContextContributor, Resettable {

	/**
	 * The name of the logger.
	 */
	public static final String LOGGER = "io.support.event";

	/**
	 * How many operations are told apart.
	 */
	public static final int MAX_OPERATIONS = 64;

	/**
	 * The name of all operations that are not.
	 */
	public static final String OTHER = "other";

	private static final int SHOWN = 100;

	private final InstantSource time;

	private final LongSupplier clock;

	private final Map<String, EventStream> streams = new ConcurrentHashMap<>();

	/**
	 * Creates an empty log.
	 * @param time gives the time of events
	 * @param clock gives the time in nanoseconds, such as {@code System::nanoTime}
	 */
	public EventLog(InstantSource time, LongSupplier clock) {
		this.time = time;
		this.clock = clock;
	}

	/**
	 * Adds an operation that has just ended.
	 * @param operation what it is called; one of few, known when the code is written
	 * @param outcome how it ended
	 * @param durationNanos for how long it lasted
	 * @param attributes what else is known about it, nothing secret
	 * @param error what it failed with, of which the class is kept; {@code null} for
	 * nothing
	 */
	public void record(String operation, Outcome outcome, long durationNanos, KeyValues attributes,
			@Nullable Throwable error) {
		record(operation, outcome, durationNanos, attributes, Function.identity(), error);
	}

	<T> void record(String operation, Outcome outcome, long durationNanos, T source,
			Function<? super T, KeyValues> attributes, @Nullable Throwable error) {
		EventStream stream = this.streams.get(operation);
		if (stream == null) {
			stream = create(operation);
		}
		stream.record(outcome, this.clock.getAsLong(), durationNanos, source, attributes, error);
	}

	private EventStream create(String operation) {
		synchronized (this.streams) {
			boolean known = this.streams.containsKey(operation) || this.streams.size() < MAX_OPERATIONS - 1;
			return this.streams.computeIfAbsent(known ? operation : OTHER,
					(key) -> new EventStream(key, this.time, this.clock.getAsLong()));
		}
	}

	/**
	 * Returns the last events of an operation that are kept.
	 * @param operation what it is called
	 * @return the events, the latest first
	 */
	public List<Event> recent(String operation) {
		EventStream stream = this.streams.get(operation);
		return (stream != null) ? stream.recent() : List.of();
	}

	@Override
	public String name() {
		return "events";
	}

	@Override
	public Object snapshot() {
		List<Event> recent = this.streams.values()
			.stream()
			.flatMap((stream) -> stream.recent().stream())
			.sorted(Comparator.comparing(Event::at).reversed())
			.limit(SHOWN)
			.toList();
		List<EventsSnapshot.Stream> operations = this.streams.values()
			.stream()
			.map(EventStream::snapshot)
			.sorted(Comparator.comparing(EventsSnapshot.Stream::operation))
			.toList();
		return new EventsSnapshot(operations, recent, "operations.operation");
	}

	@Override
	public Optional<Object> detail(String name) {
		return Optional.ofNullable(this.streams.get(name))
			.map((stream) -> new EventsSnapshot.Detail(stream.snapshot(), stream.recent()));
	}

	@Override
	public void reset() {
		this.streams.values().forEach(EventStream::reset);
	}

}
