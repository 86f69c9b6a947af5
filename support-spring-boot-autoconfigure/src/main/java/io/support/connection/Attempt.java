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

import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.HttpOperations;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.http.client.HttpClientState;
import reactor.util.context.Context;

/**
 * One request at one address. Travels in the Reactor context from the group, which starts
 * and judges it, to the pool, which tells it how far it has come. Ends exactly once.
 */
final class Attempt {

	private static final @Nullable String BEFORE_SEND = AbortedException.beforeSend().getMessage();

	private final ManagedAddress address;

	private final boolean probe;

	private final long startNanos;

	private final AtomicBoolean ended = new AtomicBoolean();

	private volatile boolean reused = true;

	private volatile boolean redirected;

	private volatile boolean misused;

	private volatile @Nullable StreamEnd streamEnd;

	private volatile @Nullable HttpClientRequest request;

	Attempt(ManagedAddress address, boolean probe, long startNanos) {
		this.address = address;
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
				else if (state == HttpClientState.REQUEST_PREPARED
						&& connection instanceof HttpClientRequest prepared) {
					Attempt.this.request = prepared;
				}
				delegate.onStateChange(connection, state);
			}

		};
	}

}
