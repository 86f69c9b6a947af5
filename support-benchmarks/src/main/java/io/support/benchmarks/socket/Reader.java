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

package io.support.benchmarks.socket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;

import io.netty.buffer.ByteBuf;
import okio.BufferedSource;
import okio.ByteString;
import okio.Okio;
import org.openjdk.jmh.infra.Blackhole;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.tcp.TcpClient;

import io.support.socket.BufferedSocket;
import io.support.socket.ReactiveBufferedSocket;

/**
 * Who reads, one message after the other.
 */
public enum Reader {

	/** A {@code BufferedSocket}, copies on the thread that asks, each with a time-out. */
	BUFFERED_SOCKET {

		@Override
		Messages open(InetSocketAddress address, Framing framing) {
			Connection connection = TcpClient.newConnection()
				.remoteAddress(() -> address)
				.connectNow(Duration.ofSeconds(10));
			BufferedSocket socket = BufferedSocket.over(connection.channel());
			return switch (framing) {
				case LINE_FEED -> each(() -> socket.receiveUntil(LINE_FEED));
				case CRLF -> each(() -> socket.receiveUntil(CRLF));
				case LENGTH -> each(() -> socket.receiveExactly(ByteBuffer.wrap(socket.receiveExactly(4)).getInt()));
			};
		}

	},

	/** The same for subscribers, on the event loop and without a copy. */
	REACTIVE {

		@Override
		Messages open(InetSocketAddress address, Framing framing) {
			BufferedSocket connected = BufferedSocket.connect(TcpClient.newConnection().remoteAddress(() -> address))
				.block(Duration.ofSeconds(10));
			ReactiveBufferedSocket socket = Objects.requireNonNull(connected).reactive();
			Mono<ByteBuf> message = switch (framing) {
				case LINE_FEED -> socket.receiveUntil(LINE_FEED);
				case CRLF -> socket.receiveUntil(CRLF);
				case LENGTH -> socket.receiveExactly(4).flatMap((length) -> {
					int size = length.readInt();
					length.release();
					return socket.receiveExactly(size);
				});
			};
			return (count, hole) -> message.doOnNext((content) -> {
				hole.consume(content);
				content.release();
			}).repeat(count - 1L).blockLast();
		}

	},

	/**
	 * Okio over a socket of the JDK, copies on the thread that asks, without time-out.
	 */
	OKIO {

		@Override
		Messages open(InetSocketAddress address, Framing framing) throws IOException {
			Socket socket = new Socket(address.getAddress(), address.getPort());
			BufferedSource source = Okio.buffer(Okio.source(socket));
			return switch (framing) {
				case LINE_FEED -> each(() -> {
					byte[] message = source.readByteArray(source.indexOf(LINE_FEED[0]));
					source.skip(1);
					return message;
				});
				case CRLF -> each(() -> {
					byte[] message = source.readByteArray(source.indexOf(OKIO_CRLF));
					source.skip(2);
					return message;
				});
				case LENGTH -> each(() -> source.readByteArray(source.readInt()));
			};
		}

	};

	private static final byte[] LINE_FEED = { '\n' };

	private static final byte[] CRLF = { '\r', '\n' };

	private static final ByteString OKIO_CRLF = ByteString.of(CRLF);

	abstract Messages open(InetSocketAddress address, Framing framing) throws IOException;

	private static Messages each(Message message) {
		return (count, hole) -> {
			for (int i = 0; i < count; i++) {
				hole.consume(message.next());
			}
		};
	}

	/**
	 * The messages of a connection.
	 */
	@FunctionalInterface
	interface Messages {

		void receive(int count, Blackhole hole) throws IOException;

	}

	/**
	 * The next message of a connection.
	 */
	@FunctionalInterface
	private interface Message {

		byte[] next() throws IOException;

	}

}
