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

package io.support.connection;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import io.support.stats.MeterTag;

/**
 * Counts the connections to one address that must not be used again. Thread-safe.
 */
final class TaintCounts {

	private final Map<TaintReason, Counter> counters = new EnumMap<>(TaintReason.class);

	private final LongAdder sum = new LongAdder();

	TaintCounts(MeterRegistry meters, Tags tags) {
		for (TaintReason reason : TaintReason.values()) {
			this.counters.put(reason,
					ConnectionMeters.TAINTED.counter()
						.tags(tags)
						.tag(MeterTag.REASON.asString(), reason.tag())
						.register(meters));
		}
	}

	void add(TaintReason reason) {
		this.sum.increment();
		Counter counter = this.counters.get(reason);
		if (counter != null) {
			counter.increment();
		}
	}

	long sum() {
		return this.sum.sum();
	}

}
