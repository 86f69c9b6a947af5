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

import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.netty.channel.Channel;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

import io.support.event.Operation;
import io.support.event.Operations;
import io.support.stats.MeterTag;
import io.support.stats.Sketches;

/**
 * What the acceptor counts. It counts by itself, so that the server can start before
 * there is a registry, and shows the same figures there once it is bound to one.
 * Thread-safe.
 */
final class AcceptorStatistics {

	/**
	 * The name of the stream of client addresses.
	 */
	static final String CLIENTS = "clients";

	private static final KeyValues SERVER = KeyValues.of("side", "server");

	private final Consumer<String> clients;

	private final Operations operations;

	private final LongAdder accepted = new LongAdder();

	private final LongAdder pauses = new LongAdder();

	private final LongAdder idleClosed = new LongAdder();

	private final LongAdder abandoned = new LongAdder();

	private final LongAdder handshakeFailures = new LongAdder();

	private final Map<RefusalReason, LongAdder> refused = new EnumMap<>(RefusalReason.class);

	private final KernelBacklog backlog = KernelBacklog.ofThisHost();

	private volatile @Nullable Timer queueAge;

	private volatile @Nullable Timer handshake;

	/**
	 * Creates statistics that start at zero.
	 * @param sketches where the addresses of clients are counted
	 * @param operations what is told of TLS handshakes
	 */
	AcceptorStatistics(Sketches sketches, Operations operations) {
		this.clients = sketches.stream(CLIENTS);
		this.operations = operations;
		for (RefusalReason reason : RefusalReason.values()) {
			this.refused.put(reason, new LongAdder());
		}
	}

	void accepted(Channel connection) {
		this.accepted.increment();
		if (connection.remoteAddress() instanceof InetSocketAddress remote && remote.getAddress() != null) {
			this.clients.accept(remote.getAddress().getHostAddress());
		}
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

	void abandoned() {
		this.abandoned.increment();
	}

	Operation handshake(Channel connection) {
		Operation operation = this.operations.begin("support.tls", SERVER);
		return (connection.remoteAddress() instanceof InetSocketAddress remote)
				? operation.with("peer", NetUtil.toSocketAddressString(remote)) : operation;
	}

	void handshakeFailed() {
		this.handshakeFailures.increment();
	}

	void shookHands(long nanos) {
		record(this.handshake, nanos);
	}

	void taken(long ageNanos) {
		record(this.queueAge, ageNanos);
	}

	private static void record(@Nullable Timer timer, long nanos) {
		if (timer != null) {
			timer.record(nanos, TimeUnit.NANOSECONDS);
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

	long abandonedCount() {
		return this.abandoned.sum();
	}

	long handshakeFailureCount() {
		return this.handshakeFailures.sum();
	}

	@Nullable Long kernelOverflows() {
		OptionalLong overflows = this.backlog.overflows();
		return overflows.isPresent() ? overflows.getAsLong() : null;
	}

	Map<String, Long> refusedCounts() {
		Map<String, Long> counts = new LinkedHashMap<>();
		this.refused.forEach((reason, adder) -> counts.put(reason.tag(), adder.sum()));
		return counts;
	}

	void bindTo(MeterRegistry registry, AcceptQueue queue, ConnectionPermits permits) {
		AcceptorMeters.ACCEPTED.counter(this.accepted).register(registry);
		AcceptorMeters.PAUSES.counter(this.pauses).register(registry);
		AcceptorMeters.IDLE_CLOSED.counter(this.idleClosed).register(registry);
		this.refused.forEach((reason, adder) -> AcceptorMeters.REFUSED.counter(adder)
			.tag(MeterTag.REASON.asString(), reason.tag())
			.register(registry));
		AcceptorMeters.QUEUE_DEPTH.gauge(queue, AcceptQueue::depth).register(registry);
		AcceptorMeters.CONNECTIONS.gauge(permits, ConnectionPermits::inUse).register(registry);
		AcceptorMeters.ABANDONED.counter(this.abandoned).register(registry);
		AcceptorMeters.HANDSHAKE_FAILURES.counter(this.handshakeFailures).register(registry);
		if (this.backlog.overflows().isPresent()) {
			AcceptorMeters.KERNEL_OVERFLOWS.counter(this.backlog, (kernel) -> kernel.overflows().orElse(0))
				.register(registry);
		}
		this.handshake = AcceptorMeters.HANDSHAKE.timer().register(registry);
		this.queueAge = AcceptorMeters.QUEUE_AGE.timer().register(registry);
	}

	private LongAdder adder(RefusalReason reason) {
		LongAdder adder = this.refused.get(reason);
		if (adder == null) {
			throw new IllegalStateException("No counter for " + reason);
		}
		return adder;
	}

}
