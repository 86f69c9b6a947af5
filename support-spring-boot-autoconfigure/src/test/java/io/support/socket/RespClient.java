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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A client of Redis, with its protocol RESP 2, in the blocking style.
 */
final class RespClient {

	private static final byte[] CRLF = { '\r', '\n' };

	private final BufferedSocket socket;

	RespClient(BufferedSocket socket) {
		this.socket = socket;
	}

	/**
	 * Sends a command and waits for the reply.
	 * @param command the command and its arguments
	 * @return a string, a number, a list of replies or {@code null}
	 * @throws IOException if that fails, or the reply is an error
	 */
	Object call(Object... command) throws IOException {
		this.socket.send(encoded(command));
		return reply();
	}

	/**
	 * Sends commands together and waits for all replies.
	 * @param commands the commands
	 * @return the replies
	 * @throws IOException if that fails, or a reply is an error
	 */
	List<Object> pipeline(List<Object[]> commands) throws IOException {
		for (Object[] command : commands) {
			this.socket.buffer(encoded(command));
		}
		this.socket.flush();
		List<Object> replies = new ArrayList<>();
		for (int i = 0; i < commands.size(); i++) {
			replies.add(reply());
		}
		return replies;
	}

	static byte[] encoded(Object... command) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		bytes.writeBytes(ascii("*" + command.length + "\r\n"));
		for (Object argument : command) {
			byte[] content = (argument instanceof byte[] binary) ? binary : ascii(argument.toString());
			bytes.writeBytes(ascii("$" + content.length + "\r\n"));
			bytes.writeBytes(content);
			bytes.writeBytes(CRLF);
		}
		return bytes.toByteArray();
	}

	Object reply() throws IOException {
		String line = text(this.socket.receiveUntil(CRLF));
		String rest = line.substring(1);
		return switch (line.charAt(0)) {
			case '+' -> rest;
			case '-' -> throw new IOException(rest);
			case ':' -> Long.parseLong(rest);
			case '$' -> bulk(Integer.parseInt(rest));
			case '*' -> list(Integer.parseInt(rest));
			default -> throw new ProtocolException(line);
		};
	}

	private Object bulk(int length) throws IOException {
		if (length < 0) {
			return null;
		}
		String content = text(this.socket.receiveExactly(length));
		if (this.socket.receiveUntil(CRLF).length > 0) {
			throw new ProtocolException("longer than " + length);
		}
		return content;
	}

	private List<Object> list(int size) throws IOException {
		if (size < 0) {
			return null;
		}
		List<Object> list = new ArrayList<>();
		for (int i = 0; i < size; i++) {
			list.add(reply());
		}
		return list;
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.ISO_8859_1);
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

}
