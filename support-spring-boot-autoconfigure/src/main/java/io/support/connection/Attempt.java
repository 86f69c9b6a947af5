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

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http.HttpMethod;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.HttpOperations;
import reactor.netty.http.client.HttpClientConfig;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.http.client.HttpClientState;
import reactor.netty.transport.TransportConfig;
import reactor.util.context.Context;

/**
 * One request at one address. Travels in the Reactor context from the group, which starts
 * and judges it, to the pool, which tells it how far it has come. Ends exactly once.
 */
final class Attempt {

	private static final @Nullable String BEFORE_SEND = AbortedException.beforeSend().getMessage();

	private final ManagedAddress address;

	private final boolean probe;

	private final Reuse reuse;

	private final long startNanos;

	private final AtomicBoolean ended = new AtomicBoolean();

	private volatile boolean reused = true;

	private volatile boolean redirected;

	private volatile @Nullable HttpMethod method;

	private volatile boolean misused;

	private volatile @Nullable StreamEnd streamEnd;

	private volatile @Nullable HttpClientRequest request;

	private volatile @Nullable Exchange exchange;

	private volatile @Nullable Progress progress;

	Attempt(ManagedAddress address, Reuse reuse, boolean probe, long startNanos) {
		this.address = address;
		this.reuse = reuse;
		this.probe = probe;
		this.startNanos = startNanos;
	}

	ManagedAddress address() {
		return this.address;
	}

	/*
	 * Whether the outcome decides if a marked-down address is up again.
	 */
	boolean isProbe() {
		return this.probe;
	}

	Reuse reuse() {
		return this.reuse;
	}

	long startNanos() {
		return this.startNanos;
	}

	/*
	 * Whether the connection had served another request before.
	 */
	boolean isReused() {
		return this.reused;
	}

	/*
	 * Whether the peer sent the request to another host, which is none of ours.
	 */
	boolean isRedirected() {
		return this.redirected;
	}

	void redirected() {
		this.redirected = true;
	}

	/*
	 * The method of the request, or null as long as nobody has asked for a connection.
	 */
	@Nullable HttpMethod method() {
		HttpClientRequest request = this.request;
		return (request != null) ? request.method() : this.method;
	}

	/*
	 * Is told with what a connection is asked for.
	 */
	void asked(TransportConfig config) {
		if (config instanceof HttpClientConfig http) {
			this.method = http.method();
		}
		Progress progress = this.progress;
		if (progress != null) {
			progress.asked(config.loopResources().onClient(config.isPreferNative()));
		}
	}

	void tell(Progress progress) {
		this.progress = progress;
	}

	/*
	 * Whether the group cannot be asked as the request would have it, whatever address is
	 * asked.
	 */
	boolean isMisused() {
		return this.misused;
	}

	void misused() {
		this.misused = true;
	}

	/*
	 * How the stream of the request ended if the peer has not looked at the request, and
	 * null otherwise.
	 */
	@Nullable StreamEnd streamEnd() {
		return this.streamEnd;
	}

	/*
	 * The request, or null as long as there is no connection for it.
	 */
	@Nullable HttpClientRequest request() {
		return this.request;
	}

	/*
	 * Whether the peer may have seen anything of the request. The headers count as sent
	 * as soon as they are on their way; a connection that was found closed just before
	 * has them marked as sent too, and only its message tells.
	 */
	boolean mayHaveSent(Throwable error) {
		return this.request instanceof HttpOperations<?, ?> operations && operations.hasSentHeaders()
				&& !Objects.equals(BEFORE_SEND, error.getMessage());
	}

	/*
	 * Whether this call ends the attempt.
	 */
	boolean end() {
		return this.ended.compareAndSet(false, true);
	}

	/*
	 * Cancels an attempt where its response comes in, so that it is one or the other. In
	 * between the connection might be with the next request already, which would find it
	 * closed.
	 */
	void cancel(Runnable cancellation) {
		Exchange exchange = this.exchange;
		if (exchange != null) {
			exchange.run(cancellation);
		}
		else {
			cancellation.run();
		}
	}

	/*
	 * Closes the connection of an attempt that nobody waits for any more, unless its
	 * response is complete. That it was cancelled does not suffice: a response that has
	 * just come may be on its way through operators that drop what has been cancelled,
	 * and leave its connection open for ever.
	 */
	void close() {
		Exchange exchange = this.exchange;
		if (exchange != null) {
			exchange.run(exchange.connection()::dispose);
		}
	}

	/*
	 * A connection may come for an attempt that was given up, or has failed, meanwhile:
	 * another one may be on its way since then.
	 */
	private boolean mayBeSent() {
		Progress progress = this.progress;
		return !this.ended.get() && (progress == null || progress.mayBeSent());
	}

	ConnectionObserver observing(ConnectionObserver delegate) {
		return new ConnectionObserver() {

			@Override
			public Context currentContext() {
				return delegate.currentContext();
			}

			@Override
			public void onUncaughtException(Connection connection, Throwable error) {
				delegate.onUncaughtException(connection, error);
			}

			@Override
			public void onStateChange(Connection connection, State state) {
				if (state instanceof StreamEnd end) {
					Attempt.this.streamEnd = end;
					return;
				}
				if (state == State.CONNECTED) {
					Attempt.this.reused = false;
					Attempt.this.address.connected(Attempt.this);
				}
				else if (connection instanceof HttpClientRequest prepared) {
					if (state == State.CONFIGURED || state == HttpClientState.STREAM_CONFIGURED) {
						Attempt.this.exchange = new Exchange(connection, connection.channel().eventLoop());
						if (!mayBeSent()) {
							connection.dispose();
							return;
						}
					}
					else if (state == HttpClientState.REQUEST_PREPARED) {
						Attempt.this.request = prepared;
					}
				}
				delegate.onStateChange(connection, state);
			}

		};
	}

	/**
	 * Is told how far an attempt has come.
	 */
	interface Progress {

		/**
		 * A connection is asked for, and the method is known.
		 * @param eventLoops where it will be
		 */
		void asked(EventLoopGroup eventLoops);

		/**
		 * The connection is there, and nothing of the request has been sent or asked for.
		 * Called on its event loop.
		 * @return whether anything may be
		 */
		boolean mayBeSent();

	}

	/**
	 * The request on its connection, until its response is complete.
	 *
	 * @param connection the connection; does nothing any more when the response is
	 * complete
	 * @param eventLoop where all of that happens
	 */
	private record Exchange(Connection connection, EventLoop eventLoop) {

		/*
		 * Not at once, even there: an event for a connection that is closed while the
		 * loop goes through the events it has got would reach the next one that is opened
		 * meanwhile and gets the same file descriptor.
		 */
		void run(Runnable action) {
			this.eventLoop.execute(action);
		}

	}

}
