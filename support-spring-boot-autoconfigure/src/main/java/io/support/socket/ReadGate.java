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
 * by whoever makes that necessary.
 * <p>
 * With one exception: epoll reads once more when the peer has closed its side, also if
 * nobody wants to, and then Netty 4.2 forgets the connection unless reading goes on: it
 * could never be read again. So what the system has received until then is read at once.
 */
final class ReadGate {

	private final Channel channel;

	private final BooleanSupplier wanted;

	private final Runnable opening = this::open;

	private final AtomicBoolean scheduled = new AtomicBoolean();

	private volatile boolean closed;

	/** Whether the read is over in which it was closed. On the event loop. */
	private boolean settled;

	/** On the event loop. */
	private boolean openForGood;

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
	 * Learns that something has come. On the event loop.
	 */
	void arrived() {
		if (this.closed && this.settled && PeerEnd.isSeen(this.channel)) {
			this.openForGood = true;
			this.closed = false;
			this.channel.config().setAutoRead(true);
		}
	}

	/**
	 * Learns that a read is over. On the event loop.
	 */
	void readComplete() {
		this.settled = this.closed;
	}

	/**
	 * Closes the gate, unless bytes are wanted again meanwhile. On the event loop.
	 */
	void close() {
		this.openForGood = this.openForGood || PeerEnd.isSeen(this.channel);
		if (this.openForGood) {
			return;
		}
		this.closed = true;
		this.settled = false;
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
