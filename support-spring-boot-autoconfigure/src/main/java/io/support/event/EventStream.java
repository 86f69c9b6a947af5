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

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The events of one operation: all of them counted and, where somebody wants them, in the
 * log; the last of each outcome kept. Thread-safe, and without a lock.
 */
final class EventStream {

	private final String operation;

	private final InstantSource time;

	private final Logger logger;

	private final Map<Outcome, Kept> kept = new EnumMap<>(Outcome.class);

	EventStream(String operation, InstantSource time, long nowNanos) {
		this.operation = operation;
		this.time = time;
		this.logger = LoggerFactory.getLogger(EventLog.LOGGER + '.' + operation);
		for (Outcome outcome : Outcome.values()) {
			this.kept.put(outcome, new Kept(new Thinning(nowNanos)));
		}
	}

	/*
	 * What is known about it is only asked for where somebody will see it.
	 */
	<T> void record(Outcome outcome, long nowNanos, long durationNanos, T source,
			Function<? super T, KeyValues> attributes, @Nullable Throwable error) {
		Kept kept = kept(outcome);
		kept.count.increment();
		boolean logged = this.logger.isDebugEnabled();
		boolean remembered = kept.thinning.letsThrough(nowNanos);
		if (!remembered) {
			kept.thinned.increment();
		}
		if (!logged && !remembered) {
			return;
		}
		Event event = new Event(this.time.instant(), this.operation, outcome.label(), durationNanos,
				map(attributes.apply(source)), (error != null) ? error.getClass().getName() : null);
		if (remembered) {
			kept.ring.add(event);
		}
		if (logged) {
			log(event);
		}
	}

	@SuppressWarnings("NullAway") // every outcome has one
	private Kept kept(Outcome outcome) {
		return this.kept.get(outcome);
	}

	private static Map<String, String> map(KeyValues attributes) {
		Map<String, String> map = new LinkedHashMap<>();
		for (KeyValue attribute : attributes) {
			map.put(attribute.getKey(), attribute.getValue());
		}
		return Collections.unmodifiableMap(map);
	}

	/*
	 * The names are those of the Elastic Common Schema.
	 */
	private void log(Event event) {
		LoggingEventBuilder line = this.logger.atDebug()
			.addKeyValue("event.action", event.operation())
			.addKeyValue("event.outcome", event.outcome())
			.addKeyValue("event.duration", event.durationNanos());
		if (event.error() != null) {
			line = line.addKeyValue("error.type", event.error());
		}
		for (Map.Entry<String, String> attribute : event.attributes().entrySet()) {
			line = line.addKeyValue(attribute.getKey(), attribute.getValue());
		}
		line.log("{} {} in {} ms", event.operation(), event.outcome(), millis(event.durationNanos()));
	}

	private static double millis(long nanos) {
		return TimeUnit.NANOSECONDS.toMicros(nanos) / 1e3;
	}

	/**
	 * Returns what is kept.
	 * @return the events, the latest first
	 */
	List<Event> recent() {
		List<Event> recent = new ArrayList<>();
		this.kept.values().forEach((kept) -> recent.addAll(kept.ring.toList()));
		recent.sort(Comparator.comparing(Event::at).reversed());
		return recent;
	}

	EventsSnapshot.Stream snapshot() {
		long thinned = this.kept.values().stream().mapToLong((kept) -> kept.thinned.sum()).sum();
		return new EventsSnapshot.Stream(this.operation, count(Outcome.SUCCESS), count(Outcome.FAILURE),
				count(Outcome.CANCELLED), thinned, last(Outcome.SUCCESS), last(Outcome.FAILURE));
	}

	private long count(Outcome outcome) {
		return kept(outcome).count.sum();
	}

	private @Nullable Instant last(Outcome outcome) {
		return kept(outcome).ring.toList().stream().map(Event::at).max(Comparator.naturalOrder()).orElse(null);
	}

	void reset() {
		this.kept.values().forEach(Kept::reset);
	}

	/**
	 * What is kept of one outcome, so that a flood of one does not wash away the others.
	 *
	 * @param thinning which of many are kept
	 * @param ring those that are
	 * @param count how many there were
	 * @param thinned how many of them are not kept
	 */
	private record Kept(Thinning thinning, EventRing ring, LongAdder count, LongAdder thinned) {

		Kept(Thinning thinning) {
			this(thinning, new EventRing(), new LongAdder(), new LongAdder());
		}

		void reset() {
			this.ring.clear();
			this.count.reset();
			this.thinned.reset();
		}

	}

}
