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

package io.support.admission;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.MeterRegistry;

import io.support.overload.AdaptiveLimit;
import io.support.overload.Priority;
import io.support.stats.MeterTag;

/**
 * What admission counts. Thread-safe.
 */
final class AdmissionStatistics {

	private final LongAdder admitted = new LongAdder();

	private final AtomicInteger inFlight = new AtomicInteger();

	private final Map<Verdict, Map<Priority, LongAdder>> refused = new EnumMap<>(Verdict.class);

	AdmissionStatistics() {
		for (Verdict verdict : Verdict.values()) {
			Map<Priority, LongAdder> counts = new EnumMap<>(Priority.class);
			for (Priority priority : Priority.values()) {
				counts.put(priority, new LongAdder());
			}
			this.refused.put(verdict, counts);
		}
	}

	void admitted() {
		this.admitted.increment();
	}

	void started() {
		this.admitted.increment();
		this.inFlight.incrementAndGet();
	}

	void ended() {
		this.inFlight.decrementAndGet();
	}

	@SuppressWarnings("NullAway") // there is a counter for each
	void refused(Verdict verdict, Priority priority) {
		this.refused.get(verdict).get(priority).increment();
	}

	long admittedCount() {
		return this.admitted.sum();
	}

	int inFlight() {
		return this.inFlight.get();
	}

	/**
	 * Returns how many have been refused.
	 * @return by reason and priority, those that are not zero
	 */
	Map<String, Map<String, Long>> refusedCounts() {
		Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
		this.refused.forEach((verdict, byPriority) -> byPriority.forEach((priority, count) -> {
			if (count.sum() > 0) {
				counts.computeIfAbsent(verdict.tag(), (reason) -> new LinkedHashMap<>())
					.put(name(priority), count.sum());
			}
		}));
		return counts;
	}

	void bindTo(MeterRegistry registry, Judge judge) {
		AdmissionMeters.ADMITTED.counter(this.admitted).register(registry);
		AdmissionMeters.IN_FLIGHT.gauge(this.inFlight, AtomicInteger::get).register(registry);
		AdaptiveLimit limit = judge.limit();
		if (limit != null) {
			AdmissionMeters.LIMIT.gauge(limit, AdaptiveLimit::limit).register(registry);
		}
		this.refused.forEach((verdict, byPriority) -> {
			if (verdict.isRefusal()) {
				byPriority.forEach((priority, count) -> AdmissionMeters.REFUSED.counter(count)
					.tag(MeterTag.REASON.asString(), verdict.tag())
					.tag(MeterTag.PRIORITY.asString(), name(priority))
					.register(registry));
			}
		});
	}

	private static String name(Priority priority) {
		return priority.name().toLowerCase(Locale.ROOT);
	}

}
