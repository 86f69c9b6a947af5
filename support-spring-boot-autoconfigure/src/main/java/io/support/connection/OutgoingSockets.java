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

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;

import io.support.context.SocketOwner;
import io.support.context.WarningSource;
import io.support.socket.SocketFigures;
import io.support.stats.StateMachineStats;
import io.support.stats.StateMachines;

/**
 * The connections of all groups together: how many there may be, and in which state they
 * are. Thread-safe.
 */
final class OutgoingSockets implements SocketOwner, WarningSource {

	private final SocketLimit limit;

	private final StateMachineStats<OutgoingState> states;

	private final SocketProbe probe = new SocketProbe();

	private final LongAdder culled = new LongAdder();

	private final SocketFigures raw = new SocketFigures();

	/** One for each open group. */
	private final List<ConnectionLimit> groups = new CopyOnWriteArrayList<>();

	private final LeastRecentlyUsed leastRecentlyUsed = new LeastRecentlyUsed(
			() -> this.groups.stream().flatMap(ConnectionLimit::idle));

	OutgoingSockets(int maximum, MeterRegistry meters, StateMachines machines) {
		this.limit = new SocketLimit(maximum);
		this.states = machines.create("outgoing", OutgoingState.class);
		ConnectionMeters.OPEN.gauge(this.limit, SocketLimit::open).register(meters);
		ConnectionMeters.LIMIT.gauge(this.limit, SocketLimit::maximum).register(meters);
		ConnectionMeters.CULLED.counter(this.culled).register(meters);
		ConnectionMeters.RAW_WAITING.gauge(this.raw, SocketFigures::waiting).register(meters);
		ConnectionMeters.RAW_REFUSED.counter(this.raw, SocketFigures::refused).register(meters);
	}

	void add(ConnectionLimit group) {
		this.groups.add(group);
	}

	void remove(ConnectionLimit group) {
		this.groups.remove(group);
	}

	@Override
	public void forEachSocket(Sockets sockets) {
		this.groups.forEach((group) -> group.forEachSocket(sockets));
	}

	@Override
	public void forEachWarning(Consumer<Found> found) {
		this.groups.forEach((group) -> group.forEachWarning(found));
	}

	SocketLimit limit() {
		return this.limit;
	}

	StateMachineStats<OutgoingState> states() {
		return this.states;
	}

	SocketProbe probe() {
		return this.probe;
	}

	Mono<Boolean> makeRoom() {
		return this.limit.isFull() ? this.leastRecentlyUsed.closeOne() : Mono.just(true);
	}

	/**
	 * Returns where the sockets of raw connections count.
	 * @return what is known of all of them
	 */
	SocketFigures raw() {
		return this.raw;
	}

	void culled() {
		this.culled.increment();
	}

}
