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

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Closes idle connections, the one that was used least recently first. Nothing is kept in
 * order while there is room: when there is none, all idle connections are looked at once,
 * and the next {@value #AHEAD} to be closed are remembered. Those that have become idle
 * since then were used more recently, so the order holds. Thread-safe.
 */
final class LeastRecentlyUsed {

	private static final int AHEAD = 64;

	/*
	 * A loop that is held by something else cannot close its connections: others can.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(1);

	private final Supplier<Stream<OutgoingConnection>> idle;

	private final Deque<Candidate> ahead = new ArrayDeque<>(AHEAD + 1);

	/**
	 * Creates an order.
	 * @param idle gives the connections that are idle now
	 */
	LeastRecentlyUsed(Supplier<Stream<OutgoingConnection>> idle) {
		this.idle = idle;
	}

	/**
	 * Closes a connection.
	 * @return whether one was closed; its descriptor is free by then
	 */
	Mono<Boolean> closeOne() {
		return Mono.defer(() -> {
			OutgoingConnection candidate = next();
			if (candidate == null) {
				return Mono.just(false);
			}
			return candidate.closeIfIdle()
				.timeout(PATIENCE, Mono.just(false))
				.flatMap((closed) -> closed ? Mono.just(true) : closeOne());
		});
	}

	private synchronized @Nullable OutgoingConnection next() {
		OutgoingConnection known = poll();
		if (known != null) {
			return known;
		}
		fill();
		return poll();
	}

	private @Nullable OutgoingConnection poll() {
		Candidate candidate = this.ahead.pollFirst();
		while (candidate != null && !candidate.isStillIdle()) {
			candidate = this.ahead.pollFirst();
		}
		return (candidate != null) ? candidate.connection() : null;
	}

	private void fill() {
		PriorityQueue<Candidate> longest = new PriorityQueue<>(AHEAD + 1,
				Comparator.comparingLong(Candidate::idleNanos));
		this.idle.get().forEach((connection) -> {
			longest.add(Candidate.of(connection));
			if (longest.size() > AHEAD) {
				longest.poll();
			}
		});
		Candidate shortest = longest.poll();
		while (shortest != null) {
			this.ahead.addFirst(shortest);
			shortest = longest.poll();
		}
	}

	/**
	 * A connection with its idle time as read once, so that sorting sees a constant.
	 *
	 * @param connection the connection
	 * @param sinceNanos since when it was idle then
	 * @param idleNanos for how long
	 */
	private record Candidate(OutgoingConnection connection, long sinceNanos, long idleNanos) {

		static Candidate of(OutgoingConnection connection) {
			long since = connection.idleSinceNanos();
			return new Candidate(connection, since, connection.now() - since);
		}

		boolean isStillIdle() {
			return this.connection.isIdle() && this.connection.idleSinceNanos() == this.sinceNanos;
		}

	}

}
