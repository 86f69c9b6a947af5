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

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.tcp.TcpClient;

/**
 * A connection as a buffered stream, for threads that may wait: virtual ones or platform
 * threads. On a thread that must not, an event loop above all, everything that could wait
 * fails at once with an {@link IllegalStateException}; {@link #reactive()} is for those.
 * <p>
 * Every operation has a time-out, 10 seconds unless {@link #withTimeout(Duration)} says
 * otherwise, and a bound on the size of a message, 32 KiB unless
 * {@link #withMaxSize(int)} does. Both make another view of the same socket, so they can
 * be set once or for one call:
 *
 * <pre class="code">
 * byte[] line = socket.withTimeout(Duration.ofSeconds(1)).receiveUntil(CRLF);
 * </pre>
 *
 * Errors are {@link SocketTimeoutException}, {@link ConnectionClosedException} and
 * {@link MessageTooLongException}; a thread that is interrupted while it waits gets an
 * {@link java.io.InterruptedIOException} and stays interrupted. <b>Whatever has been
 * received stays buffered after any of them</b>, and also when the connection has ended:
 * the next operation finds it.
 * <p>
 * Thread-safe. Those who receive are served in the order in which they have come, a
 * message that is sent goes out in one piece. At most 1024 may wait for each of the two;
 * one more is refused with a {@link java.util.concurrent.RejectedExecutionException}. The
 * connection is read ahead by some 256 KiB; beyond that the peer is kept waiting.
 * Arguments and results are never {@code null}.
 */
public final class BufferedSocket implements Closeable {

	private static final byte[] NOTHING = {};

	private final SocketHandler handler;

	private final SocketOptions options;

	/**
	 * The last thread that was found to be one that may wait; a stale value does no harm.
	 */
	private @Nullable Thread blocking;

	BufferedSocket(SocketHandler handler, SocketOptions options) {
		this.handler = handler;
		this.options = options;
	}

	/**
	 * Connects, and has the socket on the connection before anything can arrive there.
	 * Bytes are bytes where it is put, behind the handlers that the client has installed
	 * and those of its {@code doOnConnected}. The connection is not given back to a pool
	 * until it was {@linkplain #detach() detached}.
	 * @param client says where to and how
	 * @return the socket, a new one for each subscriber, on the event loop
	 */
	public static Mono<BufferedSocket> connect(TcpClient client) {
		return Mono.defer(() -> {
			Sinks.One<BufferedSocket> socket = Sinks.one();
			return client.doOnConnected((connection) -> {
				try {
					SocketHandler handler = SocketHandler.take(connection.channel());
					socket.tryEmitValue(new BufferedSocket(handler, SocketOptions.DEFAULTS));
				}
				catch (RuntimeException ex) {
					socket.tryEmitError(ex);
				}
			}).connect().then(socket.asMono());
		});
	}

	/**
	 * Takes a connection over that is there: what it receives from now on is received
	 * here and nowhere else. It may be one of Netty or that of a Reactor Netty
	 * {@link reactor.netty.Connection}, which is not given back to a pool until it was
	 * {@linkplain #detach() detached}. What the latter has received for its
	 * {@code inbound()} and nobody has asked for is received here, too, if the connection
	 * is still open; {@code inbound()} is of no use any more. To miss nothing in any case
	 * use {@link #connect(TcpClient)}, or call this on the event loop before something is
	 * read there.
	 * <p>
	 * If the peer closes its side, the connection is closed, unless its option
	 * {@code ALLOW_HALF_CLOSURE} is set: then it can be sent to until it is closed here.
	 * @param channel the connection, connected; bytes are bytes where the socket is put,
	 * behind all handlers that are there
	 * @return the socket
	 * @throws IllegalStateException if there is one on this connection already, or
	 * Reactor Netty has put the connection away, because it has ended
	 */
	public static BufferedSocket over(Channel channel) {
		SocketHandler handler = SocketHandler.takeOver(channel);
		if (handler.mayWait()) {
			handler.awaitAdded(SocketOptions.DEFAULTS.timeoutNanos());
		}
		return new BufferedSocket(handler, SocketOptions.DEFAULTS);
	}

	/**
	 * Returns this socket with another time-out.
	 * @param timeout how long an operation may take, from its call to its end
	 * @return the same socket, seen in another way
	 * @throws IllegalArgumentException if it is zero or negative
	 */
	public BufferedSocket withTimeout(Duration timeout) {
		return new BufferedSocket(this.handler, this.options.withTimeout(timeout));
	}

	/**
	 * Returns this socket with another bound.
	 * @param maxSize how long a message may be, in bytes
	 * @return the same socket, seen in another way
	 * @throws IllegalArgumentException if it is zero or negative
	 */
	public BufferedSocket withMaxSize(int maxSize) {
		return new BufferedSocket(this.handler, this.options.withMaxSize(maxSize));
	}

	/**
	 * Returns this socket for threads that must not wait.
	 * @return the same socket with the same time-out and bound
	 */
	public ReactiveBufferedSocket reactive() {
		return new ReactiveBufferedSocket(this.handler, this.options);
	}

	/**
	 * Receives what is there, and waits only if nothing is.
	 * @param size at most so many bytes; never more than the bound
	 * @return a copy of the bytes, at least one, or none if the peer has closed the
	 * connection or {@code size} is 0
	 * @throws SocketTimeoutException if nothing comes in time
	 * @throws ConnectionClosedException if the connection has ended in another way
	 * @throws IOException if the thread is interrupted
	 */
	public byte[] receive(int size) throws IOException {
		checkSize(size);
		return (size > 0) ? receive(Frame.some(Math.min(size, this.options.maxSize())), Form.BYTES) : NOTHING;
	}

	/**
	 * Shows what will be received next, which stays buffered.
	 * @param size so many bytes
	 * @return a copy of exactly so many bytes
	 * @throws SocketTimeoutException if they do not come in time
	 * @throws ConnectionClosedException if the connection ends before
	 * @throws MessageTooLongException if they are more than the bound
	 * @throws IOException if the thread is interrupted
	 */
	public byte[] peek(int size) throws IOException {
		checkSize(size);
		return (size > 0) ? receive(Frame.exactly("peek", size, this.options.maxSize()), Form.PEEKED_BYTES) : NOTHING;
	}

	/**
	 * Receives so many bytes.
	 * @param size how many; 0 returns at once
	 * @return a copy of exactly so many bytes
	 * @throws SocketTimeoutException if they do not come in time
	 * @throws ConnectionClosedException if the connection ends before
	 * @throws MessageTooLongException if they are more than the bound
	 * @throws IOException if the thread is interrupted
	 */
	public byte[] receiveExactly(int size) throws IOException {
		checkSize(size);
		return (size > 0) ? receive(Frame.exactly("receiveExactly", size, this.options.maxSize()), Form.BYTES)
				: NOTHING;
	}

	/**
	 * Receives what comes before a delimiter, and the delimiter, which is not in the
	 * result.
	 * @param delimiter the delimiter, at least one byte
	 * @return a copy of the bytes before the delimiter, at most as many as the bound
	 * @throws SocketTimeoutException if the delimiter does not come in time
	 * @throws ConnectionClosedException if the connection ends before
	 * @throws MessageTooLongException if more bytes than the bound come before it
	 * @throws IOException if the thread is interrupted
	 */
	public byte[] receiveUntil(byte[] delimiter) throws IOException {
		checkDelimiter(delimiter);
		return receive(Frame.until(delimiter, this.options.maxSize()), Form.BYTES);
	}

	/**
	 * Receives all that comes until the peer closes the connection.
	 * @return a copy of the bytes, at most as many as the bound; none if the peer has
	 * closed the connection before
	 * @throws SocketTimeoutException if the peer does not close it in time
	 * @throws ConnectionClosedException if the connection ends in another way, by which
	 * something may be missing
	 * @throws MessageTooLongException if more bytes than the bound come
	 * @throws IOException if the thread is interrupted
	 */
	public byte[] receiveToEnd() throws IOException {
		return receive(Frame.toEnd(this.options.maxSize()), Form.BYTES);
	}

	<T> T receive(Frame frame, Form<T> form) throws IOException {
		refuseNonBlockingThread(frame);
		T content = this.handler.receives().receiveNow(frame, form);
		return (content != null) ? content : await(frame, form);
	}

	private <T> T await(Frame frame, Form<T> form) throws IOException {
		Operation<T> receive = (call) -> this.handler.receives().receive(frame, form, call);
		return Objects.requireNonNull(BlockingCall.run(receive, this.options.timeoutNanos()));
	}

	/**
	 * Returns how many bytes can be received without waiting. On any thread.
	 * @return how many have been received and not been taken
	 */
	public int available() {
		return this.handler.receives().available();
	}

	/**
	 * Keeps bytes back until others are sent or until {@link #flush()}, so that they go
	 * out together. On any thread.
	 * @param data the bytes, which are copied
	 * @throws MessageTooLongException if more bytes than the bound would be kept back
	 * @throws ConnectionClosedException if the connection has ended
	 */
	public void buffer(byte[] data) throws MessageTooLongException, ConnectionClosedException {
		this.handler.sends().hold(copy(data), this.options.maxSize());
	}

	/**
	 * Sends what is kept back, and waits until that and all that was sent before is
	 * written, which means that the operating system has it.
	 * @throws SocketTimeoutException if the peer does not read it in time
	 * @throws ConnectionClosedException if the connection ends before
	 * @throws IOException if the thread is interrupted
	 */
	public void flush() throws IOException {
		refuseNonBlockingThread("flush()");
		BlockingCall.run(this.handler.sends()::flush, this.options.timeoutNanos());
	}

	/**
	 * Sends bytes in one piece, behind those that are kept back. Returns when they have
	 * been handed over, which is at once unless much is on its way already; whether they
	 * are written, {@link #flush()} tells.
	 * @param data the bytes, which are copied
	 * @throws SocketTimeoutException if the peer reads too slowly; nothing of them is
	 * sent
	 * @throws ConnectionClosedException if the connection has ended
	 * @throws MessageTooLongException if they are more than the bound
	 * @throws IOException if the thread is interrupted
	 */
	public void send(byte[] data) throws IOException {
		send(data.length, Sender.Kind.TAKEN, data);
	}

	/**
	 * Sends bytes in one piece, behind those that are kept back, and waits until all of
	 * them are written, which means that the operating system has them.
	 * @param data the bytes, which are copied
	 * @throws SocketTimeoutException if the peer reads too slowly; it says what has
	 * become of them
	 * @throws ConnectionClosedException if the connection ends before
	 * @throws MessageTooLongException if they are more than the bound
	 * @throws IOException if the thread is interrupted
	 */
	public void sendAll(byte[] data) throws IOException {
		send(data.length, Sender.Kind.WRITTEN, data);
	}

	/**
	 * Sends a message.
	 * @param size the size for which there is a bound
	 * @param kind what is waited for
	 * @param parts what goes over the connection
	 * @throws IOException if that fails
	 */
	void send(int size, Sender.Kind kind, byte[]... parts) throws IOException {
		refuseNonBlockingThread(kind);
		if (size > this.options.maxSize()) {
			throw this.options.tooLong(this.handler.sends().peer(), kind, size);
		}
		ByteBuf message = copy(parts);
		Operation<Void> send = (call) -> this.handler.sends().send(message, kind, call);
		BlockingCall.run(send, this.options.timeoutNanos());
	}

	private ByteBuf copy(byte[]... parts) {
		int size = 0;
		for (byte[] part : parts) {
			size += part.length;
		}
		ByteBuf message = this.handler.channel().alloc().directBuffer(size);
		for (byte[] part : parts) {
			message.writeBytes(part);
		}
		return message;
	}

	/**
	 * Gives the connection back, without closing it. Those who wait get a
	 * {@link ConnectionClosedException}; what was received stays buffered here.
	 * @return whether the connection can be used by others: it is open, all that was
	 * received was taken, all that was sent is written, and nobody waited. One that
	 * cannot must be closed, and never be pooled
	 * @throws IOException if the event loop is blocked, or the thread is interrupted
	 */
	public boolean detach() throws IOException {
		refuseNonBlockingThread("detach()");
		return Boolean.TRUE.equals(BlockingCall.run(this.handler::detach, this.options.timeoutNanos()));
	}

	/**
	 * Closes the connection. On any thread, and without waiting; what was sent and is not
	 * written is lost, unless {@link #flush()} was called before.
	 */
	@Override
	@SuppressWarnings("FutureReturnValueIgnored") // a close that fails has closed
	public void close() {
		this.handler.channel().close();
	}

	private void refuseNonBlockingThread(Object operation) {
		Thread thread = Thread.currentThread();
		if (thread == this.blocking) {
			return;
		}
		if (!this.handler.mayWait()) {
			throw new IllegalStateException(this.handler.receives().peer() + ": " + operation + " would block "
					+ Thread.currentThread().getName() + ", which must not wait: use BufferedSocket.reactive(), or a "
					+ "virtual or platform thread");
		}
		this.blocking = thread;
	}

	int maxSize() {
		return this.options.maxSize();
	}

	static void checkSize(int size) {
		if (size < 0) {
			throw new IllegalArgumentException("size must not be negative, was: " + size);
		}
	}

	static void checkDelimiter(byte[] delimiter) {
		if (delimiter.length == 0) {
			throw new IllegalArgumentException("delimiter must not be empty");
		}
	}

	@Override
	public String toString() {
		return "BufferedSocket to " + this.handler;
	}

}
