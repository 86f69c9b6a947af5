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
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A client of SMTP, in the blocking style.
 */
final class SmtpClient {

	private static final byte[] CRLF = { '\r', '\n' };

	private final BufferedSocket socket;

	SmtpClient(BufferedSocket socket) throws IOException {
		this.socket = socket;
		expect(220);
	}

	/**
	 * Introduces itself.
	 * @return what the server can do
	 * @throws IOException if that fails
	 */
	List<String> hello() throws IOException {
		return command("EHLO client.test", 250);
	}

	void send(String from, String to, String text) throws IOException {
		command("MAIL FROM:<" + from + ">", 250);
		command("RCPT TO:<" + to + ">", 250);
		command("DATA", 354);
		for (String line : text.split("\r\n", -1)) {
			this.socket.buffer(ascii((line.startsWith(".") ? "." : "") + line + "\r\n"));
		}
		this.socket.send(ascii(".\r\n"));
		expect(250);
	}

	void quit() throws IOException {
		command("QUIT", 221);
	}

	List<String> command(String command, int code) throws IOException {
		this.socket.send(ascii(command + "\r\n"));
		return expect(code);
	}

	private List<String> expect(int code) throws IOException {
		List<String> lines = new ArrayList<>();
		String line;
		do {
			line = new String(this.socket.receiveUntil(CRLF), StandardCharsets.US_ASCII);
			lines.add(line.substring(4));
			if (!line.startsWith(String.valueOf(code))) {
				throw new ProtocolException(line);
			}
		}
		while (line.charAt(3) == '-');
		return lines;
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
