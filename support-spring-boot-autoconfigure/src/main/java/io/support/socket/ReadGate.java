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

package io.support.socket;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

import io.netty.channel.Channel;

/**
 * Has a connection read only while the bytes are wanted. Closed on the event loop, opened
 * by whoever makes that necessary. What the system has received when the peer closes its
 * side comes in any case: epoll reads it then at once.
 */
final class ReadGate {

	private final Channel channel;

	private final BooleanSupplier wanted;

	private final Runnable opening = this::open;

	private final AtomicBoolean scheduled = new AtomicBoolean();

	private volatile boolean closed;

	/**
	 * Creates a gate that is open.
	 * @param channel the connection
	 * @param wanted whether bytes are wanted; becomes true only before a call of
	 * {@link #openIfWanted()}
	 */
	ReadGate(Channel channel, BooleanSupplier wanted) {
		this.channel = channel;
		this.wanted = wanted;
	}

	/**
	 * Closes the gate, unless bytes are wanted again meanwhile. On the event loop.
	 */
	void close() {
		this.closed = true;
		this.channel.config().setAutoRead(false);
		open();
	}

	/**
	 * Opens the gate soon, if it is closed and bytes are wanted. On any thread.
	 */
	void openIfWanted() {
		if (this.closed && this.wanted.getAsBoolean() && this.scheduled.compareAndSet(false, true)) {
			try {
				this.channel.eventLoop().execute(this.opening);
			}
			catch (RejectedExecutionException ex) {
				// The loop has ended, and the connection before it.
			}
		}
	}

	private void open() {
		this.scheduled.set(false);
		if (this.closed && this.wanted.getAsBoolean()) {
			this.closed = false;
			this.channel.config().setAutoRead(true);
		}
	}

}
