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
import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import reactor.core.publisher.Mono;

/**
 * Netstrings over a {@link BufferedSocket}: {@code 5:hello,} is the message
 * {@code hello}. The format is that of D. J. Bernstein; a length is written in one way
 * only, so {@code -1}, {@code +5}, {@code 1_0} and {@code 01} are refused.
 * <p>
 * A netstring is received as a whole or not at all: after any error it stays buffered
 * from its first byte on, and several receivers do not get into each other's way.
 * Time-out, bound, which is on the message without length and comma, and order are those
 * of the socket. What is not a netstring is a {@link java.net.ProtocolException}, after
 * which the connection is of no use.
 */
public final class Netstrings {

	private static final byte[] COMMA = { ',' };

	private Netstrings() {
	}

	/**
	 * Receives a message.
	 * @param socket where from
	 * @return a copy of the message
	 * @throws SocketTimeoutException if it does not come in time
	 * @throws ConnectionClosedException if the connection ends before
	 * @throws MessageTooLongException if it is longer than the bound
	 * @throws IOException if it is not a netstring, or the thread is interrupted
	 */
	public static byte[] receive(BufferedSocket socket) throws IOException {
		return socket.receive(new NetstringFrame(socket.maxSize()), Form.BYTES);
	}

	/**
	 * Receives a message.
	 * @param socket where from
	 * @return the message, which the subscriber releases
	 */
	public static Mono<ByteBuf> receive(ReactiveBufferedSocket socket) {
		return socket.receive(() -> new NetstringFrame(socket.maxSize()), Form.BUFFER);
	}

	/**
	 * Sends a message in one piece, as {@link BufferedSocket#send(byte[])} does.
	 * @param socket where to
	 * @param message the message
	 * @throws SocketTimeoutException if the peer reads too slowly; nothing of it is sent
	 * @throws ConnectionClosedException if the connection has ended
	 * @throws MessageTooLongException if it is longer than the bound
	 * @throws IOException if the thread is interrupted
	 */
	public static void send(BufferedSocket socket, byte[] message) throws IOException {
		socket.send(message.length, Sender.Kind.TAKEN, header(message.length), message, COMMA);
	}

	/**
	 * Sends a message in one piece, as {@link ReactiveBufferedSocket#send(ByteBuf)} does.
	 * @param socket where to
	 * @param message the message, which belongs to the socket from the subscription on
	 * @return completes when it has been handed over
	 */
	public static Mono<Void> send(ReactiveBufferedSocket socket, ByteBuf message) {
		int size = message.readableBytes();
		// Unlike a wrapped buffer this one leaves an empty message alone until it is
		// sent.
		ByteBuf netstring = new CompositeByteBuf(UnpooledByteBufAllocator.DEFAULT, message.isDirect(), 3)
			.addComponents(true, Unpooled.wrappedBuffer(header(size)), message, Unpooled.wrappedBuffer(COMMA));
		return socket.send(netstring, size, Sender.Kind.TAKEN);
	}

	private static byte[] header(int length) {
		return (length + ":").getBytes(StandardCharsets.US_ASCII);
	}

}
