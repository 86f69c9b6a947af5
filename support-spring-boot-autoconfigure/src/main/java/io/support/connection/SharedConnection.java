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

import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;

import io.support.connection.traffic.Exchange;

/**
 * A connection of HTTP/2, which many requests share. The pool counts its streams and
 * guards all that is counted; what is done with the connection itself is done on its
 * event loop.
 */
final class SharedConnection {

	private final StreamPool pool;

	private final int key;

	/*
	 * Those who wait for the connection to be opened. The pool lets no more of them wait
	 * than there may be streams.
	 */
	private final Queue<StreamRequest> waiting = new ArrayDeque<>();

	private StreamState state = StreamState.OPENING;

	private int streams;

	private int maxStreams;

	private volatile @Nullable Channel channel;

	private volatile @Nullable Http2Connection protocol;

	private volatile @Nullable OutgoingConnection outgoing;

	private volatile @Nullable StalledStreams stalledStreams;

	private volatile boolean leaveWhenOpened;

	private long idleSinceNanos;

	private @Nullable Future<?> idleTimer;

	SharedConnection(StreamPool pool, int key) {
		this.pool = pool;
		this.key = key;
	}

	/**
	 * What becomes of the streams of a connection.
	 */
	enum StreamState {

		/** They will be there soon. */
		OPENING,

		/** There may be new ones. */
		OPEN,

		/** Those that there are may finish. */
		LEAVING,

		/** There are none. */
		CLOSED

	}

	// For the pool, which holds its lock.

	boolean isFor(int key) {
		return this.key == key;
	}

	StreamState state() {
		return this.state;
	}

	void enter(StreamState state) {
		this.state = state;
	}

	int streams() {
		return this.streams;
	}

	void maxStreams(int maxStreams) {
		this.maxStreams = maxStreams;
	}

	Queue<StreamRequest> waiting() {
		return this.waiting;
	}

	boolean takeStream() {
		if (this.state != StreamState.OPEN || this.streams >= this.maxStreams) {
			return false;
		}
		this.streams++;
		return true;
	}

	void returnStream() {
		this.streams--;
	}

	boolean isIdle() {
		return this.state == StreamState.OPEN && this.streams == 0;
	}

	// For everybody.

	void leaveWhenOpened() {
		this.leaveWhenOpened = true;
	}

	boolean isLeftWhenOpened() {
		return this.leaveWhenOpened;
	}

	/**
	 * Is told what follows it, as soon as that can.
	 * @param outgoing what is told of its use
	 */
	void follow(OutgoingConnection outgoing) {
		outgoing.retireBy(() -> this.pool.retire(this));
		this.outgoing = outgoing;
	}

	/*
	 * It can be used, and this is its channel.
	 */
	void opened(Channel channel, Http2Connection protocol) {
		this.protocol = protocol;
		this.stalledStreams = channel.pipeline().get(StalledStreams.class);
		this.channel = channel;
		channel.closeFuture().addListener((future) -> stopIdleTimer());
	}

	/*
	 * Lets no more requests use it.
	 */
	void leave() {
		this.pool.leave(this);
	}

	@SuppressWarnings("FutureReturnValueIgnored") // the pool is told when it is closed
	void close() {
		Channel channel = this.channel;
		if (channel != null) {
			channel.close();
		}
	}

	Connection transport() {
		return Connection.from(open());
	}

	private Channel open() {
		Channel channel = this.channel;
		if (channel == null) {
			throw new IllegalStateException("The connection has not been opened");
		}
		return channel;
	}

	/*
	 * Opens a stream that has been taken.
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // the pool is told when the stream is
													// closed
	void serve(StreamRequest request) {
		new Http2StreamChannelBootstrap(open()).open().addListener((Future<Http2StreamChannel> future) -> {
			if (!future.isSuccess()) {
				leave();
				this.pool.returned(this);
				this.pool.serveAgain(request);
				return;
			}
			Http2StreamChannel stream = future.getNow();
			stream.closeFuture().addListener((closed) -> this.pool.returned(this));
			if (request.isCancelled()) {
				stream.close();
			}
			else if (isUsable()) {
				use();
				Objects.requireNonNull(this.stalledStreams).watch(stream);
				request.serve(stream, this);
			}
			else {
				stream.close();
				this.pool.serveAgain(request);
			}
		});
	}

	private void use() {
		OutgoingConnection outgoing = this.outgoing;
		if (outgoing != null && !outgoing.isInUse()) {
			outgoing.use();
		}
	}

	/**
	 * Begins an exchange on a stream.
	 * @return the exchange; {@code null} if none are kept
	 */
	@Nullable Exchange exchange() {
		OutgoingConnection outgoing = this.outgoing;
		return (outgoing != null) ? outgoing.exchange("http/2") : null;
	}

	private boolean isUsable() {
		Http2Connection protocol = this.protocol;
		if (!open().isActive() || protocol == null || protocol.goAwayReceived()) {
			leave();
			return false;
		}
		return protocol.local().canOpenStream();
	}

	/*
	 * It has no stream any more, and is closed unless it has one again within a time.
	 * Runs on the event loop.
	 */
	void idle(long timeoutNanos) {
		OutgoingConnection outgoing = this.outgoing;
		if (outgoing != null) {
			outgoing.pooled();
		}
		EventLoop loop = open().eventLoop();
		this.idleSinceNanos = loop.ticker().nanoTime();
		if (this.idleTimer == null) {
			schedule(loop, timeoutNanos, timeoutNanos);
		}
	}

	private void schedule(EventLoop loop, long nanos, long timeoutNanos) {
		this.idleTimer = loop.schedule(() -> checkIdle(timeoutNanos), nanos, TimeUnit.NANOSECONDS);
	}

	private void checkIdle(long timeoutNanos) {
		EventLoop loop = open().eventLoop();
		long left = timeoutNanos - (loop.ticker().nanoTime() - this.idleSinceNanos);
		if (left > 0) {
			schedule(loop, left, timeoutNanos);
			return;
		}
		this.idleTimer = null;
		this.pool.leaveIfIdle(this);
	}

	/*
	 * Or the timer would hold it when it is closed.
	 */
	private void stopIdleTimer() {
		if (this.idleTimer != null) {
			this.idleTimer.cancel(false);
			this.idleTimer = null;
		}
	}

}
