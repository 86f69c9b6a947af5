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

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

import io.netty.channel.Channel;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerResponse;

import io.support.context.RequestLine;
import io.support.context.SocketOwner;
import io.support.context.TaskInFlight;
import io.support.stats.StateMachineStats;

/**
 * A connection that the server has open, and whether it has a request in flight. Changed
 * on the connection's loop only, read from any thread.
 */
final class ServerConnection {

	private final Channel channel;

	private final LongSupplier clock;

	private final StateMachineStats.Followed<ConnectionState> followed;

	private final AtomicInteger requests = new AtomicInteger();

	private volatile long idleSinceNanos;

	private volatile boolean used;

	private volatile @Nullable HttpServerResponse response;

	ServerConnection(Channel channel, StateMachineStats<ConnectionState> states, LongSupplier clock) {
		this.followed = states.begin(ConnectionState.OPEN);
		this.channel = channel;
		this.clock = clock;
		this.idleSinceNanos = clock.getAsLong();
	}

	void requestStarted(@Nullable HttpServerResponse response) {
		this.response = response;
		if (!this.used) {
			this.used = true;
		}
		this.followed.to(ConnectionState.SERVING);
		this.requests.incrementAndGet();
	}

	void requestEnded() {
		this.response = null;
		if (this.requests.updateAndGet((count) -> Math.max(0, count - 1)) == 0) {
			this.idleSinceNanos = this.clock.getAsLong();
			this.followed.to(ConnectionState.IDLE);
		}
	}

	/**
	 * Describes the request in flight, of several on a connection of HTTP/2 the last one.
	 * @return the request; {@code null} if there is none
	 */
	@Nullable TaskInFlight request() {
		HttpServerResponse response = this.response;
		int requests = this.requests.get();
		if (response == null || requests == 0) {
			return null;
		}
		String line = RequestLine.of(response.method().name(), response.uri());
		long nanos = this.followed.time(TimeUnit.NANOSECONDS);
		return new TaskInFlight("http-" + Integer.toHexString(System.identityHashCode(response)), "http",
				(requests == 1) ? line : line + " and " + (requests - 1) + " more", TaskInFlight.RUNNING, nanos, null,
				nanos, null, client(), null, () -> null);
	}

	private @Nullable String client() {
		return (this.channel.remoteAddress() instanceof InetSocketAddress address)
				? NetUtil.toSocketAddressString(address) : null;
	}

	/**
	 * Tells of the connection's socket.
	 * @param sockets is told
	 */
	void tell(SocketOwner.Sockets sockets) {
		SocketAddress remote = this.channel.remoteAddress();
		if (remote != null) {
			HttpServerResponse response = this.response;
			sockets.add(this.channel.localAddress(), remote,
					(response != null && this.requests.get() > 0)
							? "server: " + RequestLine.of(response.method().name(), response.uri())
							: this.used ? "server: idle" : "server: no request yet");
		}
	}

	void closed() {
		this.followed.end();
	}

	/**
	 * Returns whether there has been a request.
	 * @return false while the first one, or the TLS handshake before it, is on its way
	 */
	boolean isUsed() {
		return this.used;
	}

	int requests() {
		return this.requests.get();
	}

	/**
	 * Returns for how long no request has been in flight.
	 * @param nowNanos the time now
	 * @return nanoseconds, negative while a request is in flight
	 */
	long idleNanos(long nowNanos) {
		return (this.requests.get() > 0) ? -1 : Math.max(0, nowNanos - this.idleSinceNanos);
	}

	/**
	 * Closes the connection, unless a request comes first.
	 * @param whenClosed called if it was closed for this
	 */
	void closeIfIdle(Runnable whenClosed) {
		onLoop(() -> closeNowIfIdle(whenClosed));
	}

	@SuppressWarnings("FutureReturnValueIgnored") // a close that fails has closed
	private void closeNowIfIdle(Runnable whenClosed) {
		if (this.requests.get() == 0 && this.channel.isActive()) {
			this.channel.close();
			whenClosed.run();
		}
	}

	/**
	 * Makes the response to the request in flight the last one, if its headers have not
	 * been sent yet.
	 */
	void endAfterResponse() {
		onLoop(() -> {
			HttpServerResponse current = this.response;
			if (current != null && !current.hasSentHeaders()) {
				current.keepAlive(false);
			}
		});
	}

	private void onLoop(Runnable task) {
		try {
			this.channel.eventLoop().execute(task);
		}
		catch (RejectedExecutionException ex) {
			// The loop has been shut down and has closed its connections.
		}
	}

}
