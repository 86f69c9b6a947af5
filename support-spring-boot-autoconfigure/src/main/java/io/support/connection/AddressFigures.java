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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

import io.support.stats.MeterTag;

/**
 * The figures of one address: its meters, and the counts that are shown. Thread-safe.
 */
final class AddressFigures {

	private final MeterRegistry meters;

	private final Tags tags;

	private final Timer connect;

	private final Timer request;

	private final Timer overtaken;

	private final Timer handshakes;

	private final Counter markdownCounter;

	private final Counter outlierCounter;

	private final Counter onwardCounter;

	/** Held here, since a gauge holds nothing. */
	private final IntSupplier active;

	private final IntSupplier idle;

	private final Map<TaintReason, Counter> taintsByReason = new EnumMap<>(TaintReason.class);

	private final LongAdder attempts = new LongAdder();

	private final LongAdder failures = new LongAdder();

	private final LongAdder markdowns = new LongAdder();

	private final LongAdder taints = new LongAdder();

	private final LongAdder retries = new LongAdder();

	private final LongAdder hedges = new LongAdder();

	/**
	 * Registers the meters of an address.
	 * @param group the name of its group
	 * @param address the address
	 * @param meters where they are registered
	 * @param active how many connections are in use
	 * @param idle how many are not
	 */
	AddressFigures(String group, Address address, MeterRegistry meters, IntSupplier active, IntSupplier idle) {
		this.meters = meters;
		this.active = active;
		this.idle = idle;
		this.tags = Tags.of(MeterTag.GROUP.asString(), group, MeterTag.ADDRESS.asString(), address.toString());
		this.connect = ConnectionMeters.CONNECT.timer().tags(this.tags).register(meters);
		this.request = ConnectionMeters.REQUEST.timer().tags(this.tags).register(meters);
		this.overtaken = ConnectionMeters.OVERTAKEN.timer().tags(this.tags).register(meters);
		this.handshakes = ConnectionMeters.TLS.timer().tags(this.tags).register(meters);
		for (TaintReason reason : TaintReason.values()) {
			this.taintsByReason.put(reason,
					ConnectionMeters.TAINTED.counter()
						.tags(this.tags)
						.tag(MeterTag.REASON.asString(), reason.tag())
						.register(meters));
		}
		this.markdownCounter = ConnectionMeters.MARKDOWNS.counter().tags(this.tags).register(meters);
		this.outlierCounter = ConnectionMeters.OUTLIERS.counter().tags(this.tags).register(meters);
		this.onwardCounter = ConnectionMeters.CONNECT_ONWARD.counter().tags(this.tags).register(meters);
		ConnectionMeters.RETRIES.counter(this.retries).tags(this.tags).register(meters);
		ConnectionMeters.HEDGES.counter(this.hedges).tags(this.tags).register(meters);
		ConnectionMeters.ACTIVE.gauge(this.active, IntSupplier::getAsInt).tags(this.tags).register(meters);
		ConnectionMeters.IDLE.gauge(this.idle, IntSupplier::getAsInt).tags(this.tags).register(meters);
	}

	void remove() {
		ConnectionMeters.remove(this.meters, this.tags);
	}

	Timer handshakes() {
		return this.handshakes;
	}

	/**
	 * Registers a gauge of the requests that share connections.
	 * @param owner who knows them, and is held by somebody else
	 * @param streams asks how many there are
	 * @param <T> its type
	 */
	<T> void registerStreams(T owner, ToDoubleFunction<T> streams) {
		ConnectionMeters.STREAMS.gauge(owner, streams).tags(this.tags).register(this.meters);
	}

	void attempted() {
		this.attempts.increment();
	}

	void retried() {
		this.retries.increment();
	}

	void hedged() {
		this.hedges.increment();
	}

	void connectedOnward() {
		this.onwardCounter.increment();
	}

	void connected(long nanos) {
		this.connect.record(nanos, TimeUnit.NANOSECONDS);
	}

	void responded(long nanos) {
		this.request.record(nanos, TimeUnit.NANOSECONDS);
	}

	void overtaken(long nanos) {
		this.overtaken.record(nanos, TimeUnit.NANOSECONDS);
	}

	void failed(FailureReason reason) {
		this.failures.increment();
		ConnectionMeters.FAILURES.counter()
			.tags(this.tags)
			.tag(MeterTag.REASON.asString(), reason.tag())
			.register(this.meters)
			.increment();
	}

	void markedDown() {
		this.markdowns.increment();
		this.markdownCounter.increment();
	}

	void leftOut() {
		this.outlierCounter.increment();
	}

	void tainted(TaintReason reason) {
		this.taints.increment();
		Counter counter = this.taintsByReason.get(reason);
		if (counter != null) {
			counter.increment();
		}
	}

	long attempts() {
		return this.attempts.sum();
	}

	long failures() {
		return this.failures.sum();
	}

	long markdowns() {
		return this.markdowns.sum();
	}

	long taints() {
		return this.taints.sum();
	}

	long retries() {
		return this.retries.sum();
	}

	long hedges() {
		return this.hedges.sum();
	}

}
