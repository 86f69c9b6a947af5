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

import java.io.IOException;
import java.net.ProtocolException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * Where what has arrived meets those who wait for it, first come, first served.
 * <p>
 * Nobody waits for a lock here, neither the event loop for those who take nor the other
 * way round. The buffer belongs to the thread that turns {@link #work} from 0 to 1;
 * others leave what they have in a queue and count up, and the owner goes round once more
 * before it leaves. So bytes that are there are taken on the thread that asks for them.
 * <p>
 * Bounded: the connection is read until {@link #FULL} bytes are there, or as many as the
 * first of those who wait can need, who has a bound, and then not before a quarter of
 * them is taken. As many as one read brings may come on top. As many may wait as
 * {@link #MAX_WAITING}.
 */
final class ReceiveQueue {

	static final int MAX_WAITING = 1024;

	static final int FULL = 256 * 1024;

	/** Below this the connection is read again: soon, as that takes its time to begin. */
	private static final int LOW = FULL / 4 * 3;

	/** With so many bytes a thread that waits is woken in the middle of a read. */
	private static final int MUCH = FULL / 2;

	private static final int SPINS = 50;

	private final String peer;

	private final EventLoop loop;

	private final ReadGate gate;

	private final Runnable signal = this::signal;

	private final Runnable lateSignal = this::lateSignal;

	private final AtomicInteger work = new AtomicInteger();

	private final Queue<ByteBuf> arrived = new ConcurrentLinkedQueue<>();

	private final WaitingReceivers waiting;

	private final ReceiveBuffer buffer = new ReceiveBuffer();

	/** Changed by the event loop. */
	private volatile long arrivedBytes;

	/** Changed by the owner of the buffer. */
	private final AtomicLong takenBytes = new AtomicLong();

	/** What has been moved into the buffer. Of its owner. */
	private long absorbedBytes;

	/** Whether those who wait have not been told of what has come. On the event loop. */
	private boolean untold;

	/** On the event loop. */
	private boolean lateSignalScheduled;

	private volatile @Nullable StreamEnd end;

	ReceiveQueue(Channel channel) {
		this.peer = Peer.name(channel);
		this.loop = channel.eventLoop();
		this.waiting = new WaitingReceivers(SocketFigures.of(channel));
		this.gate = new ReadGate(channel, this::isWanted);
	}

	String peer() {
		return this.peer;
	}

	/**
	 * Returns how many bytes are there.
	 * @return their number
	 */
	int available() {
		return (int) Math.min(unread(), Integer.MAX_VALUE);
	}

	/*
	 * In this order: what is taken meanwhile has arrived before.
	 */
	private long unread() {
		long taken = this.takenBytes.get();
		return this.arrivedBytes - taken;
	}

	int waiting() {
		return this.waiting.count();
	}

	String rest() {
		int available = available();
		return (available > 0) ? available + " bytes that have come stay buffered" : "nothing that has come is left";
	}

	/**
	 * Says whether nothing is there and nobody waits, of a stream that goes on.
	 * @return whether that is so
	 */
	boolean isIdle() {
		return this.end == null && available() == 0 && this.waiting.isEmpty();
	}

	private boolean isWanted() {
		long unread = unread();
		return this.end == null && (unread <= LOW || unread < demand());
	}

	/*
	 * With so many bytes it is sure what becomes of the first of those who wait, also if
	 * nobody has looked yet.
	 */
	private long demand() {
		Receiver<?> next = this.waiting.first();
		return (next != null) ? next.frame().demand() : 0;
	}

	/**
	 * Adds what has arrived, unless the stream has ended: there may be a gap before what
	 * comes behind its end. On the event loop.
	 * @param bytes the bytes, which this queue owns from now on
	 */
	void arrive(ByteBuf bytes) {
		if (this.end != null || !bytes.isReadable()) {
			bytes.release();
			return;
		}
		long total = this.arrivedBytes + bytes.readableBytes();
		this.arrivedBytes = total;
		this.arrived.add(bytes);
		if (isWorthWaiting()) {
			this.untold = true;
			signalLater();
		}
		else {
			signal();
		}
		if (unread() >= Math.max(FULL, demand())) {
			this.gate.close();
		}
	}

	/*
	 * Another thread that waits is woken once for all that a read brings, not for each
	 * part of it: that is what costs most where much comes.
	 */
	private boolean isWorthWaiting() {
		Receiver<?> next = this.waiting.first();
		return next != null && !next.call().isServedOnLoop() && unread() < MUCH;
	}

	/*
	 * In case that nobody tells of the end of the read, which other handlers may forget.
	 */
	private void signalLater() {
		if (!this.lateSignalScheduled) {
			try {
				this.loop.execute(this.lateSignal);
				this.lateSignalScheduled = true;
			}
			catch (RejectedExecutionException ex) {
				signalUntold();
			}
		}
	}

	private void lateSignal() {
		this.lateSignalScheduled = false;
		signalUntold();
	}

	private void signalUntold() {
		if (this.untold) {
			this.untold = false;
			signal();
		}
	}

	/**
	 * Learns that a read is over. On the event loop.
	 */
	void readComplete() {
		signalUntold();
	}

	/**
	 * Ends the stream, unless it has ended. On the event loop.
	 * @param end how it ends
	 */
	void end(StreamEnd end) {
		if (this.end == null) {
			this.end = end;
			signal();
		}
	}

	/**
	 * Takes a frame if it is there, and nobody waits.
	 * @param <T> the form
	 * @param frame the frame
	 * @param form in which form
	 * @return its content, or {@code null} if it has to be waited for
	 * @throws IOException if it will never be there
	 */
	<T> @Nullable T receiveNow(Frame frame, Form<T> form) throws IOException {
		if (!tryOwn()) {
			return null;
		}
		try {
			if (this.waiting.count() > 0 || !isComplete(frame)) {
				return null;
			}
			return cut(frame, form);
		}
		finally {
			leave();
			this.gate.openIfWanted();
		}
	}

	/*
	 * Who owns the buffer mostly leaves it sooner than another thread could be woken.
	 */
	private boolean tryOwn() {
		for (int spins = 0; spins < SPINS; spins++) {
			if (this.work.compareAndSet(0, 1)) {
				return true;
			}
			Thread.onSpinWait();
		}
		return false;
	}

	/**
	 * Waits for a frame.
	 * @param <T> the form
	 * @param frame the frame
	 * @param form in which form
	 * @param call who waits
	 * @return its turn
	 */
	<T> Turn receive(Frame frame, Form<T> form, Call<T> call) {
		Receiver<T> receiver = new Receiver<>(this, frame, form, call);
		this.waiting.add(receiver, this.peer);
		signal();
		return receiver;
	}

	/**
	 * Lets one leave that does not wait any more: those behind it may be served.
	 * @param receiver the one
	 */
	void giveUp(Receiver<?> receiver) {
		this.waiting.remove(receiver);
		signal();
	}

	private void signal() {
		if (this.work.getAndIncrement() == 0) {
			try {
				serveAll();
			}
			finally {
				leave();
			}
		}
		this.gate.openIfWanted();
	}

	private void leave() {
		int seen = 1;
		int left = this.work.addAndGet(-seen);
		while (left != 0) {
			seen = left;
			serveAll();
			left = this.work.addAndGet(-seen);
		}
	}

	private void serveAll() {
		StreamEnd end = this.end;
		absorb();
		Receiver<?> next = this.waiting.first();
		while (next != null && serve(next)) {
			next = this.waiting.first();
		}
		if (end != null) {
			this.buffer.moveToHeap();
		}
	}

	/*
	 * Returns whether the next one's turn has come.
	 */
	private <T> boolean serve(Receiver<T> next) {
		if (next.call().isServedOnLoop() && !this.loop.inEventLoop() && askLoop()) {
			return false;
		}
		Throwable failure = null;
		try {
			if (!next.call().isDecided() && !isComplete(next.frame())) {
				return false;
			}
		}
		catch (IOException | RuntimeException ex) {
			failure = ex;
		}
		this.waiting.remove(next);
		if (next.call().decide()) {
			settle(next, failure);
		}
		return true;
	}

	private <T> void settle(Receiver<T> receiver, @Nullable Throwable failure) {
		if (failure != null) {
			receiver.call().fail(failure);
			return;
		}
		T content;
		try {
			content = cut(receiver.frame(), receiver.form());
		}
		catch (Throwable ex) {
			// Not enough memory for a copy, above all: it stays buffered.
			receiver.call().fail(ex);
			return;
		}
		receiver.call().succeed(content);
	}

	private boolean askLoop() {
		try {
			this.loop.execute(this.signal);
			return true;
		}
		catch (RejectedExecutionException ex) {
			// It has ended; there is no other thread that could come in between.
			return false;
		}
	}

	private boolean isComplete(Frame frame) throws IOException {
		// Before the bytes: what came before the end is there then.
		StreamEnd end = this.end;
		absorb();
		return switch (frame.seek(this.buffer, end != null && end.orderly())) {
			case COMPLETE -> true;
			case INCOMPLETE -> {
				if (end != null) {
					throw end.exception(this.peer, frame.toString(), rest());
				}
				yield false;
			}
			case TOO_LONG -> throw new MessageTooLongException(this.peer + ": " + frame + " failed: "
					+ frame.complaint() + "; " + rest() + "; allow for more by withMaxSize, or close the connection");
			case MALFORMED -> throw new ProtocolException(this.peer + ": " + frame + " failed: " + frame.complaint()
					+ "; " + rest() + "; close the connection");
		};
	}

	private void absorb() {
		if (this.absorbedBytes == this.arrivedBytes) {
			return;
		}
		ByteBuf bytes = this.arrived.poll();
		while (bytes != null) {
			this.absorbedBytes += bytes.readableBytes();
			this.buffer.append(bytes);
			bytes = this.arrived.poll();
		}
	}

	private <T> T cut(Frame frame, Form<T> form) {
		T content = frame.cut(this.buffer, form);
		// Seen by all when the owner leaves, which is a barrier.
		this.takenBytes.lazySet(this.buffer.taken());
		return content;
	}

}
