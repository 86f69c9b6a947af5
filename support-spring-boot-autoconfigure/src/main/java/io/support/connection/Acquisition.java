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

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.util.context.Context;

/**
 * How one caller gets a connection from a pool: one that is fit to be used, and one at
 * all, after others that were idle have been closed for it. A connection that is not fit
 * is closed and the next one is asked for; neither the caller nor its observer learns of
 * it.
 */
final class Acquisition {

	/*
	 * As often may others be faster to take the place that was made.
	 */
	private static final int MAX_TRIES = 8;

	/*
	 * What Reactor Netty says when the peer has closed two connections in a row between
	 * their check and their use.
	 */
	private static final String LOST = "Error while acquiring from";

	private static final Object CANCELLED = new Object();

	private final Function<ConnectionObserver, Mono<? extends Connection>> pool;

	private final ConnectionLimit limit;

	private final ConnectionObserver observer;

	private final MonoSink<Connection> sink;

	private final AtomicReference<@Nullable Object> outcome = new AtomicReference<>();

	private int tries;

	private Acquisition(Function<ConnectionObserver, Mono<? extends Connection>> pool, ConnectionLimit limit,
			ConnectionObserver observer, MonoSink<Connection> sink) {
		this.pool = pool;
		this.limit = limit;
		this.observer = observer;
		this.sink = sink;
	}

	/**
	 * Gets a connection, each time it is subscribed to.
	 * @param pool the pool, asked with the observer of the connection
	 * @param limit makes room where there is none
	 * @param observer what is told of the connection
	 * @return the connection, or an {@link OutOfSocketsException}, or what the pool
	 * failed with
	 */
	static Mono<Connection> from(Function<ConnectionObserver, Mono<? extends Connection>> pool, ConnectionLimit limit,
			ConnectionObserver observer) {
		return Mono.create((sink) -> {
			Acquisition acquisition = new Acquisition(pool, limit, observer, sink);
			sink.onCancel(acquisition::cancelled);
			acquisition.next();
		});
	}

	private void next() {
		Try next = new Try();
		this.pool.apply(next).subscribe(next::arrived, this::failed, null, Context.of(this.sink.contextView()));
	}

	private void deliver(Connection connection) {
		if (this.outcome.compareAndSet(null, connection)) {
			this.sink.success(connection);
		}
		else {
			connection.dispose();
		}
	}

	/*
	 * Comes before the connection has reached the caller or not at all. What the pool has
	 * begun is not stopped: it would lose a connection that is on its way.
	 */
	private void cancelled() {
		if (this.outcome.getAndSet(CANCELLED) instanceof Connection lost) {
			lost.dispose();
		}
	}

	private void failed(Throwable error) {
		Throwable cause = Exceptions.unwrap(error);
		if (cause instanceof PoolAcquirePendingLimitException || cause instanceof OutOfSocketsException) {
			if (this.tries++ < MAX_TRIES) {
				this.limit.makeRoom().subscribe(this::madeRoom, this::end);
			}
			else {
				end(this.limit.refuse());
			}
		}
		else if (isLost(cause) && this.tries++ < MAX_TRIES) {
			next();
		}
		else {
			end(cause);
		}
	}

	private void madeRoom(boolean made) {
		if (made) {
			next();
		}
		else {
			end(this.limit.refuse());
		}
	}

	private void end(Throwable error) {
		if (this.outcome.get() == null) {
			this.sink.error(error);
		}
	}

	private static boolean isLost(Throwable error) {
		return error instanceof IOException && error.getMessage() != null && error.getMessage().startsWith(LOST);
	}

	/**
	 * One connection, which is not told to anybody if it turns out not to be fit.
	 */
	private final class Try implements ConnectionObserver {

		private @Nullable Connection unfit;

		@Override
		public Context currentContext() {
			return Acquisition.this.observer.currentContext();
		}

		void arrived(Connection connection) {
			if (this.unfit == null) {
				deliver(connection);
			}
		}

		@Override
		public void onUncaughtException(Connection connection, Throwable error) {
			if (this.unfit == null) {
				Acquisition.this.observer.onUncaughtException(connection, error);
			}
		}

		/*
		 * One that comes from the pool is told first as ACQUIRED, then it arrives, then
		 * it is CONFIGURED: all in one go on its loop. A new one is not told as ACQUIRED.
		 */
		@Override
		public void onStateChange(Connection connection, State state) {
			if (this.unfit != null) {
				if (state == State.CONFIGURED) {
					abandon(this.unfit);
				}
				return;
			}
			OutgoingConnection outgoing = OutgoingConnection.of(connection.channel());
			if (outgoing != null) {
				if (state == State.ACQUIRED && !outgoing.take()) {
					this.unfit = connection;
					return;
				}
				if (state == State.CONFIGURED && !outgoing.isInUse()) {
					outgoing.use();
				}
				else if (state == State.RELEASED) {
					outgoing.pooled();
				}
			}
			Acquisition.this.observer.onStateChange(connection, state);
		}

		/*
		 * Takes the connection away from what was made for its use, so that its end is
		 * nobody's failure.
		 */
		@SuppressWarnings("FutureReturnValueIgnored") // a close that fails has closed
		private void abandon(Connection pooled) {
			pooled.bind();
			pooled.channel().close();
			next();
		}

	}

}
