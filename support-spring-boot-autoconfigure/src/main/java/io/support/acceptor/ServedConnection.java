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

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

/**
 * A connection that a worker loop serves, and whether it has a request in flight. Changed
 * on the connection's loop only, read from any thread.
 */
final class ServedConnection {

	private static final AttributeKey<ServedConnection> KEY = AttributeKey.valueOf(ServedConnection.class, "KEY");

	private final Channel channel;

	private final LongSupplier clock;

	private final AtomicInteger requests = new AtomicInteger();

	private volatile long idleSinceNanos;

	ServedConnection(Channel channel, LongSupplier clock) {
		this.channel = channel;
		this.clock = clock;
		this.idleSinceNanos = clock.getAsLong();
		channel.attr(KEY).set(this);
	}

	/**
	 * Finds the connection that a channel belongs to.
	 * @param channel a connection's channel, or the channel of a stream in it
	 * @return the connection, or {@code null} if it did not pass the accept queue
	 */
	static @Nullable ServedConnection of(Channel channel) {
		ServedConnection connection = channel.attr(KEY).get();
		if (connection == null && channel.parent() != null) {
			return channel.parent().attr(KEY).get();
		}
		return connection;
	}

	void requestStarted() {
		this.requests.incrementAndGet();
	}

	void requestEnded() {
		if (this.requests.updateAndGet((count) -> Math.max(0, count - 1)) == 0) {
			this.idleSinceNanos = this.clock.getAsLong();
		}
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
		try {
			this.channel.eventLoop().execute(() -> closeNowIfIdle(whenClosed));
		}
		catch (RejectedExecutionException ex) {
			// The loop has been shut down and has closed its connections.
		}
	}

	@SuppressWarnings("FutureReturnValueIgnored") // a close that fails has closed
	private void closeNowIfIdle(Runnable whenClosed) {
		if (this.requests.get() == 0 && this.channel.isActive()) {
			this.channel.close();
			whenClosed.run();
		}
	}

}
