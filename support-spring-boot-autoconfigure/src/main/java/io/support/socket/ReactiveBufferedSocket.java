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

import java.time.Duration;
import java.util.function.Supplier;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import reactor.core.publisher.Mono;

/**
 * A {@link BufferedSocket} for threads that must not wait. Nothing happens before a
 * {@code Mono} is subscribed to; it is told of its result on the connection's event loop.
 * Time-outs, bounds and errors are those of {@link BufferedSocket}, and so is the order,
 * which is that of the subscriptions, over both faces of a socket.
 * <p>
 * A buffer that is received belongs to the subscriber, which releases it. A buffer that
 * is sent belongs to the socket from the subscription on, whatever becomes of it, so such
 * a {@code Mono} can be subscribed to once.
 * <p>
 * Who cancels loses nothing: what would have been received stays buffered, and what would
 * have been sent is not, or entirely if it was on its way. What has been handed out is
 * received, so for a time-out use {@link #withTimeout(Duration)}: an operator like
 * {@link Mono#timeout(Duration)} drops what comes at the same moment.
 * <p>
 * Thread-safe. Arguments and results are never {@code null}.
 */
public final class ReactiveBufferedSocket {

	private final SocketHandler handler;

	private final SocketOptions options;

	ReactiveBufferedSocket(SocketHandler handler, SocketOptions options) {
		this.handler = handler;
		this.options = options;
	}

	/**
	 * Returns this socket with another time-out.
	 * @param timeout how long an operation may take, from the request of the subscriber
	 * to its end
	 * @return the same socket, seen in another way
	 * @throws IllegalArgumentException if it is zero or negative
	 */
	public ReactiveBufferedSocket withTimeout(Duration timeout) {
		return new ReactiveBufferedSocket(this.handler, this.options.withTimeout(timeout));
	}

	/**
	 * Returns this socket with another bound.
	 * @param maxSize how long a message may be, in bytes
	 * @return the same socket, seen in another way
	 * @throws IllegalArgumentException if it is zero or negative
	 */
	public ReactiveBufferedSocket withMaxSize(int maxSize) {
		return new ReactiveBufferedSocket(this.handler, this.options.withMaxSize(maxSize));
	}

	/**
	 * Receives what is there, and waits only if nothing is.
	 * @param size at most so many bytes; never more than the bound
	 * @return the bytes, at least one, or an empty buffer if the peer has closed the
	 * connection or {@code size} is 0
	 */
	public Mono<ByteBuf> receive(int size) {
		BufferedSocket.checkSize(size);
		return (size > 0) ? receive(() -> Frame.some(Math.min(size, this.options.maxSize())), Form.BUFFER) : nothing();
	}

	/**
	 * Shows what will be received next, which stays buffered.
	 * @param size so many bytes
	 * @return exactly so many bytes, which must not be changed
	 */
	public Mono<ByteBuf> peek(int size) {
		BufferedSocket.checkSize(size);
		return (size > 0) ? receive(() -> Frame.exactly("peek", size, this.options.maxSize()), Form.PEEKED_BUFFER)
				: nothing();
	}

	/**
	 * Receives so many bytes.
	 * @param size how many; 0 is there at once
	 * @return exactly so many bytes
	 */
	public Mono<ByteBuf> receiveExactly(int size) {
		BufferedSocket.checkSize(size);
		return (size > 0) ? receive(() -> Frame.exactly("receiveExactly", size, this.options.maxSize()), Form.BUFFER)
				: nothing();
	}

	/**
	 * Receives what comes before a delimiter, and the delimiter, which is not in the
	 * result.
	 * @param delimiter the delimiter, at least one byte
	 * @return the bytes before it, at most as many as the bound
	 */
	public Mono<ByteBuf> receiveUntil(byte[] delimiter) {
		BufferedSocket.checkDelimiter(delimiter);
		byte[] copy = delimiter.clone();
		return receive(() -> Frame.until(copy, this.options.maxSize()), Form.BUFFER);
	}

	/**
	 * Receives all that comes until the peer closes the connection.
	 * @return the bytes, at most as many as the bound; an empty buffer if the peer has
	 * closed the connection before
	 */
	public Mono<ByteBuf> receiveToEnd() {
		return receive(() -> Frame.toEnd(this.options.maxSize()), Form.BUFFER);
	}

	Mono<ByteBuf> receive(Supplier<Frame> frames, Form<ByteBuf> form) {
		return mono(() -> {
			Frame frame = frames.get();
			return (call) -> this.handler.receives().receive(frame, form, call);
		});
	}

	private static Mono<ByteBuf> nothing() {
		return Mono.just(Unpooled.EMPTY_BUFFER);
	}

	/**
	 * Keeps bytes back until others are sent or until {@link #flush()}, so that they go
	 * out together.
	 * @param data the bytes
	 * @return completes at once
	 */
	public Mono<Void> buffer(ByteBuf data) {
		return mono(new Outgoing(data, (message, call) -> {
			this.handler.sends().hold(message, this.options.maxSize());
			if (call.decide()) {
				call.succeed(null);
			}
			return null;
		}));
	}

	/**
	 * Sends what is kept back.
	 * @return completes when that and all that was sent before is written
	 */
	public Mono<Void> flush() {
		return mono(() -> this.handler.sends()::flush);
	}

	/**
	 * Sends bytes in one piece, behind those that are kept back.
	 * @param data the bytes
	 * @return completes when they have been handed over
	 */
	public Mono<Void> send(ByteBuf data) {
		return send(data, data.readableBytes(), Sender.Kind.TAKEN);
	}

	/**
	 * Sends bytes in one piece, behind those that are kept back.
	 * @param data the bytes
	 * @return completes when all of them are written
	 */
	public Mono<Void> sendAll(ByteBuf data) {
		return send(data, data.readableBytes(), Sender.Kind.WRITTEN);
	}

	/**
	 * Sends a message.
	 * @param data the message as it goes over the connection
	 * @param size the size for which there is a bound
	 * @param kind what is waited for
	 * @return completes when that is so
	 */
	Mono<Void> send(ByteBuf data, int size, Sender.Kind kind) {
		return mono(new Outgoing(data, (message, call) -> {
			if (size > this.options.maxSize()) {
				message.release();
				throw this.options.tooLong(this.handler.sends().peer(), kind, size);
			}
			return this.handler.sends().send(message, kind, call);
		}));
	}

	/**
	 * Gives the connection back, without closing it. Those who wait get a
	 * {@link ConnectionClosedException}; what was received stays buffered here.
	 * @return whether the connection can be used by others: it is open, all that was
	 * received was taken, all that was sent is written, and nobody waited. One that
	 * cannot must be closed, and never be pooled
	 */
	public Mono<Boolean> detach() {
		return mono(() -> this.handler::detach);
	}

	private <T> Mono<T> mono(Supplier<Operation<T>> operations) {
		return CallMono.of(operations, this.handler.channel().eventLoop(), this.options.timeoutNanos());
	}

	int maxSize() {
		return this.options.maxSize();
	}

	@Override
	public String toString() {
		return "ReactiveBufferedSocket to " + this.handler;
	}

}
