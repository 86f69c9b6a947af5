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

package io.support.testing;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * One connection of a client that speaks HTTP/1.1 and hides nothing: what is sent when,
 * and whether the peer ends it. Waits for ten seconds at the most.
 */
public final class HttpConnection implements Closeable {

	private static final int PATIENCE_MILLIS = 10_000;

	private final Socket socket = new Socket();

	/**
	 * Connects to a port of this machine.
	 * @param port the port
	 * @return the connection
	 * @throws IOException if it cannot be made
	 */
	public static HttpConnection to(int port) throws IOException {
		HttpConnection connection = new HttpConnection();
		try {
			connection.socket.setSoTimeout(PATIENCE_MILLIS);
			connection.socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
			return connection;
		}
		catch (IOException ex) {
			connection.close();
			throw ex;
		}
	}

	/**
	 * Waits so long for what comes, instead of ten seconds.
	 * @param patience the time, in whole milliseconds
	 * @return this connection
	 * @throws IOException if that cannot be set
	 */
	public HttpConnection patience(Duration patience) throws IOException {
		this.socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
		return this;
	}

	/**
	 * Sends requests without waiting for answers, all of them in one write.
	 * @param paths the path of each
	 * @return this connection
	 * @throws IOException if that fails
	 */
	public HttpConnection send(String... paths) throws IOException {
		return write(Arrays.stream(paths)
			.map((path) -> "GET " + path + " HTTP/1.1\r\nHost: test\r\n\r\n")
			.collect(Collectors.joining()));
	}

	/**
	 * Sends a request with a header.
	 * @param header name and value
	 * @param path the path
	 * @return this connection
	 * @throws IOException if that fails
	 */
	public HttpConnection sendWith(String header, String path) throws IOException {
		return write("GET " + path + " HTTP/1.1\r\nHost: test\r\n" + header + "\r\n\r\n");
	}

	public HttpConnection post(String path, String body) throws IOException {
		return write(
				"POST " + path + " HTTP/1.1\r\nHost: test\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
	}

	private HttpConnection write(String request) throws IOException {
		this.socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
		return this;
	}

	/**
	 * Reads one response with a length.
	 * @return its head and body as they came
	 * @throws IOException if the connection is reset, or nothing comes
	 */
	public String receive() throws IOException {
		StringBuilder response = new StringBuilder(receiveHead());
		int length = contentLength(response.toString());
		for (int i = 0; i < length; i++) {
			response.append((char) readByte(response));
		}
		return response.toString();
	}

	/**
	 * Reads the head of one response.
	 * @return the head with the empty line behind it
	 * @throws IOException if the connection is reset, or nothing comes
	 */
	public String receiveHead() throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			head.append((char) readByte(head));
		}
		return head.toString();
	}

	private int readByte(CharSequence soFar) throws IOException {
		int read = this.socket.getInputStream().read();
		if (read < 0) {
			throw new IOException("The peer has closed the connection after: '" + soFar + "'");
		}
		return read;
	}

	private static int contentLength(String head) {
		return head.lines()
			.map(String::toLowerCase)
			.filter((line) -> line.startsWith("content-length:"))
			.mapToInt((line) -> Integer.parseInt(line.substring(line.indexOf(':') + 1).trim()))
			.findFirst()
			.orElse(0);
	}

	public String get(String path) throws IOException {
		return send(path).receive();
	}

	public String getWith(String header, String path) throws IOException {
		return sendWith(header, path).receive();
	}

	/**
	 * Waits for the end of the connection.
	 * @return whether the peer has closed it in order, with nothing sent before
	 * @throws IOException if it was reset
	 */
	public boolean isClosedByPeer() throws IOException {
		return this.socket.getInputStream().read() == -1;
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
