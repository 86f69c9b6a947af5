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

import okio.BufferedSource;
import okio.ByteString;
import okio.Okio;
import reactor.netty.Connection;
import reactor.netty.tcp.TcpClient;

import io.support.socket.BufferedSocket;

/**
 * Who reads: one message after the other, as a copy, on the thread that asks for it.
 */
public enum Reader {

	/** A {@code BufferedSocket}, which has a time-out for each message. */
	BUFFERED_SOCKET {

		@Override
		Messages open(InetSocketAddress address, Framing framing) {
			Connection connection = TcpClient.newConnection()
				.remoteAddress(() -> address)
				.connectNow(Duration.ofSeconds(10));
			BufferedSocket socket = BufferedSocket.over(connection.channel());
			return switch (framing) {
				case LINE_FEED -> () -> socket.receiveUntil(LINE_FEED);
				case CRLF -> () -> socket.receiveUntil(CRLF);
				case LENGTH -> () -> socket.receiveExactly(ByteBuffer.wrap(socket.receiveExactly(4)).getInt());
			};
		}

	},

	/** Okio over a socket of the JDK, without a time-out. */
	OKIO {

		@Override
		Messages open(InetSocketAddress address, Framing framing) throws IOException {
			Socket socket = new Socket(address.getAddress(), address.getPort());
			BufferedSource source = Okio.buffer(Okio.source(socket));
			return switch (framing) {
				case LINE_FEED -> () -> {
					byte[] message = source.readByteArray(source.indexOf(LINE_FEED[0]));
					source.skip(1);
					return message;
				};
				case CRLF -> () -> {
					byte[] message = source.readByteArray(source.indexOf(OKIO_CRLF));
					source.skip(2);
					return message;
				};
				case LENGTH -> () -> source.readByteArray(source.readInt());
			};
		}

	};

	private static final byte[] LINE_FEED = { '\n' };

	private static final byte[] CRLF = { '\r', '\n' };

	private static final ByteString OKIO_CRLF = ByteString.of(CRLF);

	abstract Messages open(InetSocketAddress address, Framing framing) throws IOException;

	/**
	 * The messages of a connection.
	 */
	@FunctionalInterface
	interface Messages {

		byte[] next() throws IOException;

	}

}
