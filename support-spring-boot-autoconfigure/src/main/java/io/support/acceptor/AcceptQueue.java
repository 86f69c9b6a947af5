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

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * A bounded FIFO of accepted connections. Lock-free, because event loops are at both of
 * its ends; thread-safe for any number of threads. Whoever gets a connection from
 * {@link #poll()} or {@link #pollOlderThan(long, long)} gets it alone.
 */
final class AcceptQueue {

	private final int capacity;

	/*
	 * Counts places rather than elements: a place is taken before the element is linked
	 * and given back after it is unlinked, so that the bound holds at every moment.
	 */
	private final AtomicInteger depth = new AtomicInteger();

	private final Deque<WaitingConnection> connections = new ConcurrentLinkedDeque<>();

	AcceptQueue(int capacity) {
		this.capacity = capacity;
	}

	/**
	 * Adds a connection.
	 * @param connection the connection
	 * @return whether there was room
	 */
	boolean offer(WaitingConnection connection) {
		if (this.depth.incrementAndGet() > this.capacity) {
			this.depth.decrementAndGet();
			return false;
		}
		this.connections.addLast(connection);
		return true;
	}

	/**
	 * Takes the connection that has waited longest.
	 * @return the connection, or {@code null} if none waits
	 */
	@Nullable WaitingConnection poll() {
		WaitingConnection connection = this.connections.pollFirst();
		if (connection != null) {
			this.depth.decrementAndGet();
		}
		return connection;
	}

	/**
	 * Takes the connection that has waited longest, if that is too long.
	 * @param maxAgeNanos the longest time to wait
	 * @param nowNanos the time now
	 * @return the connection, or {@code null} if none has waited longer
	 */
	@Nullable WaitingConnection pollOlderThan(long maxAgeNanos, long nowNanos) {
		while (true) {
			WaitingConnection oldest = this.connections.peekFirst();
			if (oldest == null || oldest.ageNanos(nowNanos) <= maxAgeNanos) {
				return null;
			}
			if (this.connections.removeFirstOccurrence(oldest)) {
				this.depth.decrementAndGet();
				return oldest;
			}
		}
	}

	/**
	 * Returns how long the connection has waited that has waited longest.
	 * @param nowNanos the time now
	 * @return its age; zero if none waits
	 */
	long oldestAgeNanos(long nowNanos) {
		WaitingConnection oldest = this.connections.peekFirst();
		return (oldest != null) ? oldest.ageNanos(nowNanos) : 0;
	}

	boolean isFull() {
		return this.depth.get() >= this.capacity;
	}

	boolean isEmpty() {
		return this.connections.isEmpty();
	}

	/**
	 * Returns how many connections wait.
	 * @return between zero and the capacity
	 */
	int depth() {
		return Math.min(this.depth.get(), this.capacity);
	}

	int capacity() {
		return this.capacity;
	}

}
