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

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

import io.netty.channel.Channel;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.http.server.HttpServerState;

/**
 * The connections that are being served, of which there is a bounded number, and which of
 * them are idle. Has to observe a server before its handler does, so that a request is
 * known to have started before it can end. Thread-safe.
 */
final class ServedConnections implements ConnectionObserver {

	private final int limit;

	private final LongSupplier clock;

	private final AtomicInteger places = new AtomicInteger();

	private final Set<ServedConnection> connections = ConcurrentHashMap.newKeySet();

	ServedConnections(int limit, LongSupplier clock) {
		this.limit = limit;
		this.clock = clock;
	}

	/**
	 * Takes a place, to be {@link #serve filled} or {@link #giveBackPlace() given back}.
	 * @return whether there was one
	 */
	boolean takePlace() {
		int current = this.places.get();
		while (current < this.limit) {
			int witness = this.places.compareAndExchange(current, current + 1);
			if (witness == current) {
				return true;
			}
			current = witness;
		}
		return false;
	}

	void giveBackPlace() {
		this.places.decrementAndGet();
	}

	/**
	 * Fills a place that has been taken with a connection, until that is closed.
	 * @param channel the connection's channel
	 * @param whenClosed called when the place is free again
	 */
	void serve(Channel channel, Runnable whenClosed) {
		ServedConnection connection = new ServedConnection(channel, this.clock);
		this.connections.add(connection);
		channel.closeFuture().addListener((future) -> {
			this.connections.remove(connection);
			giveBackPlace();
			whenClosed.run();
		});
	}

	@Override
	public void onStateChange(Connection connection, State state) {
		if (state == HttpServerState.REQUEST_RECEIVED) {
			ServedConnection served = ServedConnection.of(connection.channel());
			if (served != null) {
				served.requestStarted();
			}
		}
		else if (state == State.DISCONNECTING) {
			ServedConnection served = ServedConnection.of(connection.channel());
			if (served != null) {
				served.requestEnded();
			}
		}
	}

	/**
	 * Closes connections that have been idle, the longest idle first.
	 * @param count how many at the most
	 * @param minIdleNanos how long they must have been idle
	 * @param whenClosed called for each that is closed
	 */
	void closeIdle(int count, long minIdleNanos, Runnable whenClosed) {
		long now = this.clock.getAsLong();
		for (Candidate candidate : candidates(count, minIdleNanos, now)) {
			candidate.connection.closeIfIdle(whenClosed);
		}
	}

	private List<Candidate> candidates(int count, long minIdleNanos, long now) {
		return this.connections.stream()
			.map((connection) -> new Candidate(connection, connection.idleNanos(now)))
			.filter((candidate) -> candidate.idleNanos >= minIdleNanos)
			.sorted(Comparator.comparingLong(Candidate::idleNanos).reversed())
			.limit(count)
			.toList();
	}

	boolean isFull() {
		return this.places.get() >= this.limit;
	}

	int count() {
		return this.places.get();
	}

	int limit() {
		return this.limit;
	}

	/**
	 * A connection with its idle time as read once, so that sorting sees a constant.
	 *
	 * @param connection the connection
	 * @param idleNanos how long it has been idle
	 */
	private record Candidate(ServedConnection connection, long idleNanos) {

	}

}
