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

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A peer on a loopback port of its own that says what a test tells it to say, byte by
 * byte. Waits for ten seconds at the most.
 */
final class ScriptedPeer implements AutoCloseable {

	private static final int PATIENCE_MILLIS = 10_000;

	private final ServerSocket server = new ServerSocket();

	private final List<Line> lines = new ArrayList<>();

	ScriptedPeer() throws IOException {
		this.server.setSoTimeout(PATIENCE_MILLIS);
		this.server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
	}

	String address() {
		return "127.0.0.1:" + this.server.getLocalPort();
	}

	/**
	 * Waits for the next connection.
	 */
	Line accept() throws IOException {
		Line line = new Line(this.server.accept());
		this.lines.add(line);
		return line;
	}

	static String response(String body) {
		return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		for (Line line : this.lines) {
			line.close();
		}
	}

	/**
	 * One connection.
	 */
	static final class Line implements AutoCloseable {

		private final Socket socket;

		private Line(Socket socket) throws IOException {
			this.socket = socket;
			socket.setSoTimeout(PATIENCE_MILLIS);
			socket.setTcpNoDelay(true);
		}

		/**
		 * Reads the head of a request.
		 */
		String request() throws IOException {
			return until("\r\n\r\n");
		}

		String until(String end) throws IOException {
			StringBuilder text = new StringBuilder();
			while (text.indexOf(end) < 0) {
				int read = this.socket.getInputStream().read();
				if (read < 0) {
					throw new IOException("The end came after: " + text);
				}
				text.append((char) read);
			}
			return text.toString();
		}

		Line say(String text) throws IOException {
			this.socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
			return this;
		}

		/**
		 * Answers with a body of a length.
		 */
		Line answer(String body) throws IOException {
			return say(response(body));
		}

		/**
		 * Waits for the other side to close the connection, with a reset or without.
		 */
		boolean isEnded() throws IOException {
			try {
				return this.socket.getInputStream().read() < 0;
			}
			catch (SocketException ex) {
				return true;
			}
		}

		@Override
		public void close() throws IOException {
			this.socket.close();
		}

	}

}
