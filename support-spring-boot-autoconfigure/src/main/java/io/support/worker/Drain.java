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

package io.support.worker;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.http.server.HttpServer;

import io.support.acceptor.ServerConnections;
import io.support.stats.StateMachineStats;

/**
 * Takes a server out of service without losing a request: it stops accepting, says
 * {@code Connection: close} on every response, goes on serving connections that are idle
 * for a grace period, then closes them, and waits for the requests in flight. It ends as
 * soon as no connection is left, or at its time-out.
 * <p>
 * Happens once. Thread-safe.
 */
public final class Drain {

	private static final Logger logger = LoggerFactory.getLogger(Drain.class);

	private static final long LOOK_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

	private final ServerConnections connections;

	private final WorkerSettings settings;

	private final LongSupplier clock;

	private final AtomicInteger idleClosed = new AtomicInteger();

	private final StateMachineStats.Followed<State> followed;

	private volatile State state = State.STARTING;

	private volatile @Nullable Channel listener;

	/**
	 * Creates a drain that has not begun.
	 * @param connections the server's connections
	 * @param settings how long it may take
	 * @param states what is told of what becomes of the process
	 * @param clock gives the time in nanoseconds, such as {@code System::nanoTime}
	 */
	public Drain(ServerConnections connections, WorkerSettings settings, StateMachineStats<State> states,
			LongSupplier clock) {
		this.followed = states.begin(State.STARTING);
		this.connections = connections;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Gets to know the server's listening socket.
	 * @param server the server
	 * @return the server, known
	 */
	public HttpServer watch(HttpServer server) {
		return server.doOnBound((bound) -> this.listener = bound.channel());
	}

	/**
	 * Is told that the application has started.
	 */
	synchronized void started() {
		if (this.state == State.STARTING) {
			become(State.SERVING);
		}
	}

	private void become(State state) {
		this.state = state;
		this.followed.to(state);
	}

	/**
	 * Drains the server, and waits for it. Not called on an event loop.
	 */
	public void run() {
		long start = this.clock.getAsLong();
		synchronized (this) {
			if (hasBegun()) {
				return;
			}
			become(State.DRAINING);
		}
		int open = this.connections.open();
		stopAccepting();
		this.connections.endAfterResponses();
		awaitEnd(start);
		become(State.DRAINED);
		if (open > 0) {
			logger.info(
					"Drained {} connections in {} ms: {} were idle for the grace period and have been closed, "
							+ "{} are still open",
					open, TimeUnit.NANOSECONDS.toMillis(this.clock.getAsLong() - start), this.idleClosed,
					this.connections.open());
		}
	}

	@SuppressWarnings("FutureReturnValueIgnored") // a close that fails has closed
	private void stopAccepting() {
		Channel listener = this.listener;
		if (listener != null) {
			listener.close();
		}
	}

	private void awaitEnd(long start) {
		while (this.connections.open() > 0) {
			long elapsed = this.clock.getAsLong() - start;
			if (elapsed >= this.settings.drainTimeout().toNanos()) {
				return;
			}
			if (elapsed >= this.settings.idleGrace().toNanos()) {
				this.connections.closeIdle(Integer.MAX_VALUE, 0, 0, this.idleClosed::incrementAndGet);
			}
			LockSupport.parkNanos(LOOK_INTERVAL_NANOS);
			if (Thread.currentThread().isInterrupted()) {
				return;
			}
		}
	}

	/**
	 * Returns whether the drain has begun.
	 * @return whether responses are the last on their connections
	 */
	public boolean hasBegun() {
		return this.state == State.DRAINING || this.state == State.DRAINED;
	}

	State state() {
		return this.state;
	}

	int idleClosed() {
		return this.idleClosed.get();
	}

	Duration timeout() {
		return this.settings.drainTimeout();
	}

	/**
	 * What becomes of the process, as far as its clients are concerned.
	 */
	public enum State {

		/**
		 * It starts.
		 */
		STARTING,

		/**
		 * It serves, and has not begun to drain.
		 */
		SERVING,

		/**
		 * Connections are still open.
		 */
		DRAINING,

		/**
		 * It is over.
		 */
		DRAINED

	}

}
