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

import java.nio.channels.ClosedChannelException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * The messages that are to be sent, first come, first served and each in one piece, until
 * the connection takes them, which it does while it is writable.
 * <p>
 * Bounded: as long as less than {@link #FULL} bytes are on their way, a message is
 * accepted at once; beyond that its sender waits, and as many may wait as
 * {@link #MAX_WAITING}. What is held back has the bound of the socket. Thread-safe;
 * everything is written by the event loop.
 */
final class SendQueue {

	static final int MAX_WAITING = 1024;

	static final int FULL = 64 * 1024;

	/** What a message takes beside its bytes. */
	private static final int OVERHEAD = 128;

	private final Channel channel;

	private final String peer;

	private final Queue<Sender> queue = new ConcurrentLinkedQueue<>();

	private final AtomicLong pendingBytes = new AtomicLong();

	private final AtomicLong heldBytes = new AtomicLong();

	/** How many in the queue are not held back. */
	private final AtomicInteger requested = new AtomicInteger();

	private final AtomicInteger waitingCount = new AtomicInteger();

	private final SocketFigures figures;

	private final AtomicBoolean scheduled = new AtomicBoolean();

	private final Runnable drain = this::drain;

	private final Consumer<StreamEnd> whenBroken;

	private volatile @Nullable StreamEnd end;

	/**
	 * Creates a queue.
	 * @param channel the connection
	 * @param whenBroken is told that something could not be written, after which nothing
	 * must be
	 */
	SendQueue(Channel channel, Consumer<StreamEnd> whenBroken) {
		this.channel = channel;
		this.whenBroken = whenBroken;
		this.peer = Peer.name(channel);
		this.figures = SocketFigures.of(channel);
	}

	String peer() {
		return this.peer;
	}

	int waiting() {
		return this.waitingCount.get();
	}

	/**
	 * Says whether nothing is on its way, on a connection that is there.
	 * @return whether that is so
	 */
	boolean isIdle() {
		return this.end == null && this.pendingBytes.get() == 0;
	}

	/**
	 * Keeps a message until another one is sent.
	 * @param message the message, which this queue owns from now on
	 * @param maxSize how many bytes may be kept
	 * @throws MessageTooLongException if that is too much
	 * @throws ConnectionClosedException if it will never be sent
	 */
	void hold(ByteBuf message, int maxSize) throws MessageTooLongException, ConnectionClosedException {
		Sender sender = new Sender(this, message, Sender.Kind.HELD, null);
		long held = this.heldBytes.addAndGet(sender.size());
		if (held > maxSize) {
			this.heldBytes.addAndGet(-sender.size());
			message.release();
			throw new MessageTooLongException(
					this.peer + ": " + sender + " failed: " + held + " bytes would be kept, and they may be " + maxSize
							+ "; flush before, or allow for more by withMaxSize");
		}
		StreamEnd end = this.end;
		if (end != null) {
			this.heldBytes.addAndGet(-sender.size());
			message.release();
			throw closed(sender, end);
		}
		if (sender.size() == 0) {
			// Without end, as the bound is on bytes.
			message.release();
			return;
		}
		this.pendingBytes.addAndGet(cost(sender));
		this.queue.add(sender);
		if (this.end != null) {
			// The last round may have been before.
			schedule();
		}
	}

	/**
	 * Sends a message, and what is kept before it.
	 * @param message the message, which this queue owns from now on
	 * @param kind what is waited for
	 * @param call who waits
	 * @return its turn
	 */
	Turn send(ByteBuf message, Sender.Kind kind, Call<Void> call) {
		Sender sender = new Sender(this, message, kind, call);
		if (this.waitingCount.incrementAndGet() > MAX_WAITING) {
			this.waitingCount.decrementAndGet();
			this.figures.refuse();
			message.release();
			throw new RejectedExecutionException(this.peer + ": " + sender + " was refused: " + MAX_WAITING
					+ " messages wait already; send less at a time");
		}
		this.figures.came();
		boolean accepted = this.pendingBytes.getAndAdd(cost(sender)) < FULL;
		this.queue.add(sender);
		this.requested.incrementAndGet();
		schedule();
		if (accepted && kind == Sender.Kind.TAKEN && this.end == null && this.channel.isActive()) {
			sender.succeed();
		}
		return sender;
	}

	/**
	 * Waits until all is written.
	 * @param call who waits
	 * @return its turn
	 */
	Turn flush(Call<Void> call) {
		return send(Unpooled.EMPTY_BUFFER, Sender.Kind.FLUSHED, call);
	}

	/**
	 * Takes a message back, unless it is too late.
	 * @param sender the one whose message it is
	 * @return whether nothing of it will be sent
	 */
	boolean withdraw(Sender sender) {
		if (!sender.claim()) {
			return false;
		}
		if (this.queue.remove(sender)) {
			left(sender);
		}
		drop(sender);
		return true;
	}

	/**
	 * Goes on, if the connection is writable again. On the event loop.
	 */
	void resume() {
		if (this.requested.get() > 0) {
			schedule();
		}
	}

	/**
	 * Ends: nothing will be sent any more. On the event loop.
	 * @param end how the stream ends
	 */
	void end(StreamEnd end) {
		if (this.end == null) {
			this.end = end;
			failAll(end);
		}
	}

	/*
	 * After what else the loop has to do, so that messages sent together are written
	 * together.
	 */
	private void schedule() {
		if (this.scheduled.compareAndSet(false, true)) {
			try {
				this.channel.eventLoop().execute(this.drain);
			}
			catch (RejectedExecutionException ex) {
				this.scheduled.set(false);
				failAll(StreamEnd.broken(ex));
			}
		}
	}

	private void drain() {
		this.scheduled.set(false);
		StreamEnd end = this.end;
		if (end != null) {
			failAll(end);
			return;
		}
		boolean written = false;
		Sender next = next();
		while (next != null) {
			left(next);
			if (next.claim()) {
				write(next);
				written = true;
			}
			next = next();
		}
		if (written) {
			this.channel.flush();
		}
	}

	private @Nullable Sender next() {
		return (this.requested.get() > 0 && this.channel.isWritable()) ? this.queue.poll() : null;
	}

	private void left(Sender sender) {
		if (sender.kind() == Sender.Kind.HELD) {
			this.heldBytes.addAndGet(-sender.size());
		}
		else {
			this.requested.decrementAndGet();
			this.waitingCount.decrementAndGet();
			this.figures.left();
		}
	}

	private void write(Sender sender) {
		this.channel.write(sender.message()).addListener((written) -> {
			this.pendingBytes.addAndGet(-cost(sender));
			if (written.isSuccess()) {
				sender.succeed();
			}
			else {
				fail(sender, written.cause());
			}
		});
		if (sender.kind() == Sender.Kind.TAKEN) {
			sender.succeed();
		}
	}

	private void fail(Sender sender, Throwable failure) {
		StreamEnd end = this.end;
		if (end == null) {
			end = (failure instanceof ClosedChannelException) ? StreamEnd.HERE : StreamEnd.broken(failure);
			this.whenBroken.accept(end);
		}
		sender.fail(closed(sender, end));
	}

	private void failAll(StreamEnd end) {
		Sender next = this.queue.poll();
		while (next != null) {
			left(next);
			if (next.claim()) {
				drop(next);
				next.fail(closed(next, end));
			}
			next = this.queue.poll();
		}
	}

	private void drop(Sender sender) {
		this.pendingBytes.addAndGet(-cost(sender));
		sender.message().release();
	}

	private ConnectionClosedException closed(Sender sender, StreamEnd end) {
		return end.exception(this.peer, sender.toString(), "nothing can be sent");
	}

	private static int cost(Sender sender) {
		return sender.size() + OVERHEAD;
	}

}
