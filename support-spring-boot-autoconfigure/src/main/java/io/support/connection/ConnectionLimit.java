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
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;

import io.support.context.SocketOwner;
import io.support.context.WarningSource;
import io.support.stats.MeterTag;

/**
 * How many connections a group may have, over all its addresses, within what the process
 * may have. What counts is the socket, from before it is opened until it is closed.
 */
final class ConnectionLimit implements SocketOwner, WarningSource {

	/** So near the limit is trouble. */
	private static final double NEAR = 0.9;

	private final String group;

	private final SocketLimit sockets;

	private final OutgoingSockets process;

	/** Bounded: never more than there are sockets. */
	private final Set<OutgoingConnection> open = ConcurrentHashMap.newKeySet();

	private final LeastRecentlyUsed leastRecentlyUsed = new LeastRecentlyUsed(this::idle);

	private volatile Map<Scope, Counter> refused = Map.of();

	ConnectionLimit(String group, int maximum, OutgoingSockets process) {
		this.group = group;
		this.sockets = new SocketLimit(maximum);
		this.process = process;
	}

	/**
	 * Takes part in making room from now on, because the group is open.
	 * @param meters where refusals are counted
	 */
	void join(MeterRegistry meters) {
		Map<Scope, Counter> counters = new EnumMap<>(Scope.class);
		for (Scope scope : Scope.values()) {
			counters.put(scope,
					ConnectionMeters.REFUSED.counter()
						.tag(MeterTag.GROUP.asString(), this.group)
						.tag(MeterTag.REASON.asString(), scope.tag())
						.register(meters));
		}
		this.refused = counters;
		this.process.add(this);
	}

	/**
	 * Takes no part any more. Sockets that are still open are counted until they are
	 * closed.
	 */
	void leave() {
		this.process.remove(this);
	}

	/**
	 * Counts a socket that is about to be opened.
	 * @throws OutOfSocketsException if it must not be
	 */
	void open() throws OutOfSocketsException {
		if (!this.sockets.tryOpen()) {
			throw outOfSockets(Scope.GROUP);
		}
		if (!this.process.limit().tryOpen()) {
			this.sockets.closed();
			throw outOfSockets(Scope.PROCESS);
		}
	}

	/**
	 * Counts a socket no longer.
	 */
	void closed() {
		this.process.limit().closed();
		this.sockets.closed();
	}

	/**
	 * Closes the connection that has been idle for longest, if one has to be closed
	 * before another can be opened: one of this group where the group is full, of any
	 * where the process is.
	 * @return whether there may be room now
	 */
	Mono<Boolean> makeRoom() {
		if (this.sockets.isFull()) {
			return this.leastRecentlyUsed.closeOne();
		}
		return this.process.makeRoom();
	}

	/**
	 * Counts a refusal.
	 * @return why
	 */
	OutOfSocketsException refuse() {
		Scope scope = this.sockets.isFull() ? Scope.GROUP : Scope.PROCESS;
		Counter counter = this.refused.get(scope);
		if (counter != null) {
			counter.increment();
		}
		return outOfSockets(scope);
	}

	private OutOfSocketsException outOfSockets(Scope scope) {
		return (scope == Scope.GROUP) ? OutOfSocketsException.ofGroup(this.group, this.sockets.maximum())
				: OutOfSocketsException.ofProcess(this.group, this.process.limit().maximum());
	}

	void opened(OutgoingConnection connection) {
		this.open.add(connection);
	}

	void ended(OutgoingConnection connection) {
		this.open.remove(connection);
	}

	Stream<OutgoingConnection> idle() {
		return this.open.stream().filter(OutgoingConnection::isIdle);
	}

	@Override
	public void forEachSocket(Sockets sockets) {
		this.open.forEach((connection) -> connection.tell(sockets));
	}

	@Override
	public void forEachWarning(Consumer<Found> found) {
		int open = this.sockets.open();
		if (open > 0 && open >= NEAR * this.sockets.maximum()) {
			found
				.accept(new Found(Severity.WARNING,
						"A group has nearly all connections that it may have: " + open + " of "
								+ this.sockets.maximum(),
						Map.of(MeterTag.GROUP.asString(), this.group), (double) open,
						"The service is slower than usual, or the group's max-connections is too small for it",
						"connections", "support.connections.groups." + this.group + ".max-connections"));
		}
	}

	void culled() {
		this.process.culled();
	}

	/**
	 * Says whether no further connection can be opened, unless one is closed.
	 * @return whether the group or the process has as many as it may have
	 */
	boolean isFull() {
		return this.sockets.isFull() || this.process.limit().isFull();
	}

	int openSockets() {
		return this.sockets.open();
	}

	/**
	 * Which limit has been reached.
	 */
	private enum Scope {

		GROUP, PROCESS;

		String tag() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
