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
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.resolver.AddressResolverGroup;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.MonoSink;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.transport.TransportConfig;
import reactor.util.context.Context;

/**
 * A request for a connection: an idle one if one is fit to be used, else a new one. It is
 * told of everything that happens to the connection as long as it has it.
 */
final class Acquisition implements ConnectionObserver {

	/*
	 * As often may others be faster to take the place that was made, or peers close a
	 * connection at once.
	 */
	private static final int MAX_TRIES = 8;

	private static final Object ENDED = new Object();

	private final ConnectionPool pool;

	private final TransportConfig config;

	private final ConnectionObserver observer;

	private final AddressResolverGroup<?> resolvers;

	private final Reuse reuse;

	private final MonoSink<Connection> sink;

	private final Context context;

	private final int key;

	private final AtomicReference<@Nullable Object> outcome = new AtomicReference<>();

	private int tries;

	Acquisition(ConnectionPool pool, TransportConfig config, ConnectionObserver observer,
			AddressResolverGroup<?> resolvers, Reuse reuse, MonoSink<Connection> sink) {
		this.pool = pool;
		this.config = config;
		this.observer = observer;
		this.resolvers = resolvers;
		this.reuse = reuse;
		this.sink = sink;
		this.context = Context.of(sink.contextView());
		this.key = config.channelHash();
	}

	TransportConfig config() {
		return this.config;
	}

	AddressResolverGroup<?> resolvers() {
		return this.resolvers;
	}

	/*
	 * Requests of differently refined clients must not meet on a connection: TLS is one
	 * of the differences.
	 */
	int key() {
		return this.key;
	}

	@Override
	public Context currentContext() {
		return this.context;
	}

	void begin() {
		this.sink.onCancel(this::cancelled);
		if (this.reuse == Reuse.REFUSED) {
			// Nobody else should find out in turn that the peer has closed them.
			this.pool.closeIdle();
		}
		next();
	}

	/**
	 * Tries an idle connection, or a new one.
	 */
	void next() {
		PooledConnection idle = (this.reuse == Reuse.ALLOWED) ? this.pool.poll(this.key) : null;
		if (idle != null) {
			idle.serve(this);
		}
		else {
			this.pool.open(this);
		}
	}

	/**
	 * Takes an idle connection. Runs on its event loop.
	 * @param connection the connection, which is fit to be used
	 */
	void take(PooledConnection connection) {
		this.observer.onStateChange(connection, State.ACQUIRED);
		ChannelOperations<?, ?> operations = Objects
			.requireNonNull(this.config.channelOperationsProvider().create(connection, connection, null));
		operations.bind();
		// Before anything is done with it: a caller who is gone disposes of it.
		deliver(operations);
		this.observer.onStateChange(operations, State.CONFIGURED);
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
	 * Comes before the connection has reached the caller or not at all. A connection that
	 * is being opened goes on: whether its address can be connected to is worth knowing.
	 */
	private void cancelled() {
		if (this.outcome.getAndSet(ENDED) instanceof Connection lost) {
			lost.dispose();
		}
	}

	/*
	 * A new connection was closed before it could be used.
	 */
	private void lost() {
		if (this.outcome.get() != null) {
			return;
		}
		if (this.tries++ < MAX_TRIES) {
			next();
		}
		else {
			end(new IOException("The peer closes every connection before it can be used"));
		}
	}

	/**
	 * No connection could be opened.
	 * @param error why
	 */
	void failed(Throwable error) {
		Throwable cause = Exceptions.unwrap(error);
		if (!(cause instanceof OutOfSocketsException)) {
			end(cause);
		}
		else if (this.tries++ < MAX_TRIES) {
			this.pool.makeRoom().subscribe(this::madeRoom, this::end);
		}
		else {
			end(this.pool.refuse());
		}
	}

	private void madeRoom(boolean made) {
		if (made) {
			next();
		}
		else {
			end(this.pool.refuse());
		}
	}

	private boolean end(Throwable error) {
		boolean first = this.outcome.compareAndSet(null, ENDED);
		if (first) {
			this.sink.error(error);
		}
		return first;
	}

	/*
	 * Before it is there nobody else closes it.
	 */
	@Override
	@SuppressWarnings("FutureReturnValueIgnored") // a close that fails has closed
	public void onUncaughtException(Connection connection, Throwable error) {
		boolean opening = end(error);
		this.observer.onUncaughtException(connection, error);
		if (opening) {
			connection.channel().close();
		}
	}

	/**
	 * Fails a request that has a connection and has not been sent, because something of
	 * the application's that is told of connections has thrown.
	 * @param connection the connection, which nobody would close
	 * @param error what was thrown
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // a close that fails has closed
	void broken(Connection connection, RuntimeException error) {
		end(error);
		this.observer.onUncaughtException(connection, error);
		connection.channel().close();
	}

	@Override
	public void onStateChange(Connection connection, State state) {
		if (state == State.CONFIGURED) {
			try {
				deliver(connection);
				this.observer.onStateChange(connection, state);
			}
			catch (RuntimeException ex) {
				broken(connection, ex);
			}
			return;
		}
		this.observer.onStateChange(connection, state);
		if (state == State.DISCONNECTING) {
			lost();
		}
	}

}
