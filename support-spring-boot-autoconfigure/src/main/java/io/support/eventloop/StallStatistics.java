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

package io.support.eventloop;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.MeterRegistry;

import io.support.eventloop.EventLoopStall.Kind;
import io.support.stats.MeterTag;

/**
 * What is remembered of stalls that are over: how many there were, and of the last
 * {@value #MAX_GROUPS} different stacks how often and for how long. Thread-safe.
 */
final class StallStatistics {

	static final int MAX_GROUPS = 64;

	private final Map<Kind, LongAdder> counts = new EnumMap<>(Kind.class);

	/*
	 * The group that was seen last comes last.
	 */
	private final Map<Identity, Group> groups = new LinkedHashMap<>(16, 0.75f, true);

	private long dropped;

	StallStatistics() {
		for (Kind kind : Kind.values()) {
			this.counts.put(kind, new LongAdder());
		}
	}

	@SuppressWarnings("NullAway") // there is a counter for each
	void add(EventLoopStall stall) {
		this.counts.get(stall.kind()).increment();
		if (stall.kind() == Kind.PAUSE) {
			return;
		}
		Identity identity = new Identity(stall.kind(), ApplicationFrames.identity(stall.stack()));
		synchronized (this.groups) {
			this.groups.computeIfAbsent(identity, (key) -> new Group(stall)).add(stall);
			if (this.groups.size() > MAX_GROUPS) {
				this.groups.remove(this.groups.keySet().iterator().next());
				this.dropped++;
			}
		}
	}

	Map<String, Long> counts() {
		Map<String, Long> counts = new LinkedHashMap<>();
		this.counts.forEach((kind, count) -> counts.put(kind.tag(), count.sum()));
		return counts;
	}

	/**
	 * Returns the groups.
	 * @return a copy, what was seen last first
	 */
	List<EventLoopsSnapshot.Group> groups() {
		synchronized (this.groups) {
			List<EventLoopsSnapshot.Group> groups = new ArrayList<>();
			this.groups.values().forEach((group) -> groups.add(group.snapshot()));
			Collections.reverse(groups);
			return groups;
		}
	}

	long dropped() {
		synchronized (this.groups) {
			return this.dropped;
		}
	}

	void bindTo(MeterRegistry registry) {
		this.counts.forEach((kind, count) -> EventLoopMeters.STALLS.counter(count)
			.tag(MeterTag.KIND.asString(), kind.tag())
			.register(registry));
	}

	/**
	 * What makes two stalls the same.
	 *
	 * @param kind what the loop did
	 * @param frames where
	 */
	private record Identity(Kind kind, List<StackTraceElement> frames) {

	}

	/**
	 * Stalls that are the same.
	 */
	private static final class Group {

		private EventLoopStall last;

		private long count;

		private long longestNanos;

		private long totalNanos;

		Group(EventLoopStall first) {
			this.last = first;
		}

		void add(EventLoopStall stall) {
			this.last = stall;
			this.count++;
			this.longestNanos = Math.max(this.longestNanos, stall.durationNanos());
			this.totalNanos += stall.durationNanos();
		}

		EventLoopsSnapshot.Group snapshot() {
			StackTraceElement frame = this.last.dominantFrame();
			return new EventLoopsSnapshot.Group((frame != null) ? frame.toString() : null, this.last.kind().tag(),
					this.count, this.longestNanos, this.totalNanos, this.last.loop(), this.last.request(),
					this.last.startedAt(), this.last.stack().stream().map(StackTraceElement::toString).toList());
		}

	}

}
