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

package io.support.acceptor;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * What the acceptor counts. It counts by itself, so that the server can start before
 * there is a registry, and shows the same figures there once it is bound to one.
 * Thread-safe.
 */
final class AcceptorStatistics {

	private final LongAdder accepted = new LongAdder();

	private final LongAdder pauses = new LongAdder();

	private final LongAdder idleClosed = new LongAdder();

	private final Map<RefusalReason, LongAdder> refused = new EnumMap<>(RefusalReason.class);

	private volatile @Nullable Timer queueAge;

	AcceptorStatistics() {
		for (RefusalReason reason : RefusalReason.values()) {
			this.refused.put(reason, new LongAdder());
		}
	}

	void accepted() {
		this.accepted.increment();
	}

	void refused(RefusalReason reason) {
		adder(reason).increment();
	}

	void paused() {
		this.pauses.increment();
	}

	void idleClosed() {
		this.idleClosed.increment();
	}

	void taken(long ageNanos) {
		Timer timer = this.queueAge;
		if (timer != null) {
			timer.record(ageNanos, TimeUnit.NANOSECONDS);
		}
	}

	long acceptedCount() {
		return this.accepted.sum();
	}

	long pauseCount() {
		return this.pauses.sum();
	}

	long idleClosedCount() {
		return this.idleClosed.sum();
	}

	Map<String, Long> refusedCounts() {
		Map<String, Long> counts = new LinkedHashMap<>();
		this.refused.forEach((reason, adder) -> counts.put(reason.tag(), adder.sum()));
		return counts;
	}

	void bindTo(MeterRegistry registry, AcceptQueue queue, ServedConnections served) {
		counter(AcceptorMeters.ACCEPTED, this.accepted).register(registry);
		counter(AcceptorMeters.PAUSES, this.pauses).register(registry);
		counter(AcceptorMeters.IDLE_CLOSED, this.idleClosed).register(registry);
		this.refused.forEach((reason, adder) -> counter(AcceptorMeters.REFUSED, adder)
			.tag(AcceptorMeters.Tags.REASON.asString(), reason.tag())
			.register(registry));
		Gauge.builder(AcceptorMeters.QUEUE_DEPTH.getName(), queue, AcceptQueue::depth)
			.baseUnit(AcceptorMeters.QUEUE_DEPTH.getBaseUnit())
			.register(registry);
		Gauge.builder(AcceptorMeters.CONNECTIONS.getName(), served, ServedConnections::count)
			.baseUnit(AcceptorMeters.CONNECTIONS.getBaseUnit())
			.register(registry);
		this.queueAge = Timer.builder(AcceptorMeters.QUEUE_AGE.getName()).register(registry);
	}

	private FunctionCounter.Builder<LongAdder> counter(AcceptorMeters meter, LongAdder adder) {
		return FunctionCounter.builder(meter.getName(), adder, LongAdder::sum).baseUnit(meter.getBaseUnit());
	}

	private LongAdder adder(RefusalReason reason) {
		LongAdder adder = this.refused.get(reason);
		if (adder == null) {
			throw new IllegalStateException("No counter for " + reason);
		}
		return adder;
	}

}
