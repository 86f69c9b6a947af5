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

package io.support.connection.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import io.netty.channel.EventLoop;
import io.netty.handler.timeout.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.util.concurrent.Queues;

/**
 * The body of a response, for a thread that reads it. The peer is not asked for more than
 * is read soon.
 * <p>
 * What is left when it is closed is thrown away if that is not much and comes quickly, so
 * that the connection can be used again; nobody waits for it. Otherwise the connection is
 * closed.
 */
final class ResponseInputStream extends InputStream implements CoreSubscriber<byte[]> {

	private static final int PREFETCH = 16;

	private static final int MAX_THROWN_AWAY = 64 * 1024;

	private static final long MAX_THROWING_MILLIS = 1000;

	private static final Object COMPLETE = new Object();

	private final EventLoop loop;

	private final AtomicBoolean begun = new AtomicBoolean();

	private final Queue<byte[]> received = Queues.<byte[]>get(PREFETCH).get();

	private volatile @Nullable Subscription subscription;

	private volatile @Nullable Thread reader;

	/*
	 * That it is complete, or what failed.
	 */
	private volatile @Nullable Object end;

	private volatile boolean closed;

	// On the event loop.
	private int thrownAway;

	// For the thread that reads.
	private byte[] current = new byte[0];

	private int position;

	private int taken;

	ResponseInputStream(EventLoop loop) {
		this.loop = loop;
	}

	/*
	 * Whether the body has still to be subscribed to.
	 */
	boolean begin() {
		return this.begun.compareAndSet(false, true);
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		this.subscription = subscription;
		subscription.request(PREFETCH);
	}

	@Override
	public void onNext(byte[] bytes) {
		if (this.closed) {
			throwAway(bytes);
			return;
		}
		// There is room for what has been asked for.
		this.received.offer(bytes);
		wake();
	}

	@Override
	public void onError(Throwable failure) {
		this.end = failure;
		wake();
	}

	@Override
	public void onComplete() {
		this.end = COMPLETE;
		wake();
	}

	private void wake() {
		Thread reader = this.reader;
		if (reader != null) {
			LockSupport.unpark(reader);
		}
	}

	@Override
	public int read() throws IOException {
		return isAvailable() ? this.current[this.position++] & 0xFF : -1;
	}

	@Override
	public int read(byte[] target, int offset, int length) throws IOException {
		Objects.checkFromIndexSize(offset, length, target.length);
		if (length == 0) {
			return 0;
		}
		if (!isAvailable()) {
			return -1;
		}
		int count = Math.min(length, this.current.length - this.position);
		System.arraycopy(this.current, this.position, target, offset, count);
		this.position += count;
		return count;
	}

	@Override
	public int available() {
		return this.current.length - this.position;
	}

	private boolean isAvailable() throws IOException {
		while (this.position == this.current.length) {
			byte[] next = await();
			if (next == null) {
				return false;
			}
			this.current = next;
			this.position = 0;
		}
		return true;
	}

	private byte @Nullable [] await() throws IOException {
		this.reader = Thread.currentThread();
		try {
			while (true) {
				// In this order: the end comes after everything else.
				Object end = this.end;
				requireOpen();
				byte[] next = this.received.poll();
				if (next != null) {
					askForMore();
					return next;
				}
				if (end != null) {
					return atEnd(end);
				}
				if (Thread.currentThread().isInterrupted()) {
					cancel();
					throw new InterruptedIOException("Interrupted while reading the response");
				}
				LockSupport.park(this);
			}
		}
		finally {
			this.reader = null;
		}
	}

	private void requireOpen() throws IOException {
		if (this.closed) {
			throw new IOException("The response is closed");
		}
	}

	private void askForMore() {
		Subscription subscription = this.subscription;
		if (++this.taken == PREFETCH / 2 && subscription != null) {
			this.taken = 0;
			subscription.request(PREFETCH / 2);
		}
	}

	private static byte @Nullable [] atEnd(Object end) throws IOException {
		if (end instanceof IOException ex) {
			throw ex;
		}
		if (end instanceof TimeoutException ex) {
			throw BlockingExchange.timeout(ex);
		}
		if (end instanceof Throwable ex) {
			throw new IOException(ex.getMessage(), ex);
		}
		return null;
	}

	@Override
	public void close() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		wake();
		if (this.end == null) {
			try {
				this.loop.execute(this::throwAwayTheRest);
			}
			catch (RejectedExecutionException ex) {
				// The event loop has ended, and its connections with it.
			}
		}
	}

	@SuppressWarnings("FutureReturnValueIgnored") // finds out by itself that it is late
	private void throwAwayTheRest() {
		Subscription subscription = this.subscription;
		if (this.end == null && subscription != null) {
			this.loop.schedule(() -> {
				if (this.end == null) {
					cancel();
				}
			}, MAX_THROWING_MILLIS, TimeUnit.MILLISECONDS);
			subscription.request(Long.MAX_VALUE);
		}
	}

	private void throwAway(byte[] bytes) {
		this.thrownAway += bytes.length;
		if (this.thrownAway > MAX_THROWN_AWAY) {
			cancel();
		}
	}

	private void cancel() {
		Subscription subscription = this.subscription;
		if (subscription != null) {
			subscription.cancel();
		}
	}

}
