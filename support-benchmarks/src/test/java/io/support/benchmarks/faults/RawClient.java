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

package io.support.benchmarks.faults;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A connection to a peer that shows every byte, for tests.
 */
final class RawClient implements AutoCloseable {

	private static final int TIMEOUT_MILLIS = 10_000;

	private final Socket socket;

	RawClient(InetSocketAddress address) throws IOException {
		this(address, TIMEOUT_MILLIS);
	}

	RawClient(InetSocketAddress address, int connectTimeoutMillis) throws IOException {
		this.socket = new Socket();
		try {
			this.socket.setSoTimeout(TIMEOUT_MILLIS);
			this.socket.connect(address, connectTimeoutMillis);
		}
		catch (IOException ex) {
			this.socket.close();
			throw ex;
		}
	}

	static InetSocketAddress first(PeerAddresses addresses) throws IOException {
		return new InetSocketAddress(InetAddress.getByName(addresses.tiers().get(0).get(0)), addresses.port());
	}

	RawClient get(int call) throws IOException {
		send("GET /calls/" + call + " HTTP/1.1\r\nHost: peers\r\n\r\n");
		return this;
	}

	RawClient post(int call) throws IOException {
		String body = Integer.toString(call);
		send("POST /calls HTTP/1.1\r\nHost: peers\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
		return this;
	}

	private void send(String bytes) throws IOException {
		this.socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
	}

	/**
	 * Reads a response as it is sent by peers, whose bodies have no line ends.
	 * @param bodyLength the length of the body
	 * @return head and body
	 * @throws IOException if the connection ends before
	 */
	String response(int bodyLength) throws IOException {
		StringBuilder text = new StringBuilder();
		while (text.indexOf("\r\n\r\n") < 0 || text.length() < text.indexOf("\r\n\r\n") + 4 + bodyLength) {
			int next = this.socket.getInputStream().read();
			if (next < 0) {
				throw new IOException("Ended after: " + text);
			}
			text.append((char) next);
		}
		return text.toString();
	}

	/**
	 * Reads to the end.
	 * @return what came before the peer closed
	 * @throws IOException if the peer reset the connection, or is mute
	 */
	String rest() throws IOException {
		InputStream in = this.socket.getInputStream();
		return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
	}

	void patience(int millis) throws IOException {
		this.socket.setSoTimeout(millis);
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
