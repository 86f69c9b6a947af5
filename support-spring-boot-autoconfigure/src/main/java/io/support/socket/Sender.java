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

import java.io.InterruptedIOException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way to the connection, and who waits for it. It belongs to whoever
 * claims it: the event loop, which writes it, or its sender, who takes it back.
 */
final class Sender implements Turn {

	private final SendQueue queue;

	private final ByteBuf message;

	private final int size;

	private final Kind kind;

	private final @Nullable Call<Void> call;

	private final AtomicBoolean claimed = new AtomicBoolean();

	/**
	 * Creates a sender.
	 * @param queue its queue
	 * @param message the message, which it owns
	 * @param kind what it waits for
	 * @param call who waits, or {@code null} if nobody does
	 */
	Sender(SendQueue queue, ByteBuf message, Kind kind, @Nullable Call<Void> call) {
		this.queue = queue;
		this.message = message;
		this.size = message.readableBytes();
		this.kind = kind;
		this.call = call;
	}

	boolean claim() {
		return this.claimed.compareAndSet(false, true);
	}

	ByteBuf message() {
		return this.message;
	}

	int size() {
		return this.size;
	}

	Kind kind() {
		return this.kind;
	}

	/**
	 * Tells who waits that it is done.
	 */
	void succeed() {
		if (this.call != null && this.call.decide()) {
			this.call.succeed(null);
		}
	}

	/**
	 * Tells who waits that it has failed.
	 * @param failure why
	 */
	void fail(Throwable failure) {
		if (this.call != null && this.call.decide()) {
			this.call.fail(failure);
		}
	}

	@Override
	public void giveUp() {
		this.queue.withdraw(this);
	}

	@Override
	public SocketTimeoutException timedOut(long timeoutNanos) {
		boolean withdrawn = this.queue.withdraw(this);
		return new SocketTimeoutException(this.queue.peer() + ": " + this + " timed out after "
				+ Peer.time(timeoutNanos) + "; " + fate(withdrawn) + "; the peer does not read fast enough",
				withdrawn ? 0 : this.size);
	}

	@Override
	public InterruptedIOException interrupted() {
		boolean withdrawn = this.queue.withdraw(this);
		InterruptedIOException interrupted = new InterruptedIOException(
				this.queue.peer() + ": " + this + " was interrupted while it waited; " + fate(withdrawn));
		interrupted.bytesTransferred = withdrawn ? 0 : this.size;
		return interrupted;
	}

	private String fate(boolean withdrawn) {
		return withdrawn ? "nothing of it was sent, so call again"
				: "it goes out when the peer reads, so do not send it again, and call flush to wait for it";
	}

	@Override
	public String toString() {
		return (this.kind == Kind.FLUSHED) ? "flush()" : this.kind + "(" + this.size + " bytes)";
	}

	/**
	 * What is waited for.
	 */
	enum Kind {

		/** Nothing: the message is kept back until another one goes out. */
		HELD("buffer"),

		/** That the connection takes the message. */
		TAKEN("send"),

		/** That the message is written, and all before it. */
		WRITTEN("sendAll"),

		/** That all messages before are written. */
		FLUSHED("flush");

		private final String operation;

		Kind(String operation) {
			this.operation = operation;
		}

		@Override
		public String toString() {
			return this.operation;
		}

	}

}
