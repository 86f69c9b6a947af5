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

package io.support.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

import io.netty.buffer.ByteBuf;

/**
 * Reads just enough of an HTTP/1.1 response to know its status and where it ends. Bodies
 * end by {@code Content-Length} or with the connection; a chunked body is malformed here:
 * the servers that are measured do not send any.
 */
final class ResponseParser {

	private static final byte[] HTTP_1 = "HTTP/1.".getBytes(StandardCharsets.ISO_8859_1);

	private static final int STATUS_LENGTH = "HTTP/1.1 200".length();

	private static final int MAX_LINE = 256;

	private static final long UNTIL_CLOSE = -1;

	private final byte[] line = new byte[MAX_LINE];

	private int lineLength;

	private State state = State.STATUS;

	private int status;

	private long remaining;

	private boolean lastOfConnection;

	/**
	 * Takes what has arrived.
	 * @param in the bytes; all of them are read
	 * @return whether the response is complete, which a malformed one is at once
	 */
	boolean feed(ByteBuf in) {
		while (in.isReadable() && !isComplete()) {
			if (this.state == State.BODY) {
				readBody(in);
			}
			else {
				readByte(in.readByte());
			}
		}
		if (in.isReadable()) {
			this.lastOfConnection = true;
		}
		return isComplete();
	}

	/**
	 * Takes the end of the connection.
	 * @return whether the response is complete by it
	 */
	boolean end() {
		if (this.state == State.BODY && this.remaining == UNTIL_CLOSE) {
			this.state = State.COMPLETE;
		}
		return isComplete();
	}

	/**
	 * Returns whether nothing of the response has arrived.
	 * @return whether no byte was taken
	 */
	boolean isUntouched() {
		return this.state == State.STATUS && this.lineLength == 0;
	}

	/**
	 * Returns the status of a complete response.
	 * @return the status, 0 if it is malformed
	 */
	int status() {
		return (this.state == State.COMPLETE) ? this.status : 0;
	}

	/**
	 * Returns whether the connection must not be used again.
	 * @return whether the server said so, or the response does not end properly
	 */
	boolean isLastOfConnection() {
		return this.lastOfConnection || this.state != State.COMPLETE;
	}

	void reset() {
		this.state = State.STATUS;
		this.lineLength = 0;
		this.status = 0;
		this.remaining = UNTIL_CLOSE;
		this.lastOfConnection = false;
	}

	private boolean isComplete() {
		return this.state == State.COMPLETE || this.state == State.MALFORMED;
	}

	private void readBody(ByteBuf in) {
		int length = in.readableBytes();
		if (this.remaining == UNTIL_CLOSE) {
			in.skipBytes(length);
			return;
		}
		length = (int) Math.min(length, this.remaining);
		in.skipBytes(length);
		this.remaining -= length;
		if (this.remaining == 0) {
			this.state = State.COMPLETE;
		}
	}

	private void readByte(byte value) {
		if (value != '\n') {
			if (this.lineLength < MAX_LINE) {
				this.line[this.lineLength++] = value;
			}
			return;
		}
		int length = this.lineLength;
		if (length > 0 && this.line[length - 1] == '\r') {
			length--;
		}
		this.lineLength = 0;
		if (this.state == State.STATUS) {
			readStatus(length);
		}
		else if (length == 0) {
			endHeaders();
		}
		else {
			readHeader(length);
		}
	}

	private void readStatus(int length) {
		this.remaining = UNTIL_CLOSE;
		if (length < STATUS_LENGTH || !Arrays.equals(this.line, 0, HTTP_1.length, HTTP_1, 0, HTTP_1.length)) {
			this.state = State.MALFORMED;
			return;
		}
		this.status = digit(9) * 100 + digit(10) * 10 + digit(11);
		this.lastOfConnection = this.line[HTTP_1.length] == '0';
		this.state = State.HEADERS;
	}

	private void readHeader(int length) {
		byte first = this.line[0];
		if (first != 'c' && first != 'C' && first != 't' && first != 'T') {
			return;
		}
		String header = new String(this.line, 0, length, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
		if (header.startsWith("content-length:")) {
			readLength(header.substring("content-length:".length()).trim());
		}
		else if (header.startsWith("connection:")) {
			this.lastOfConnection |= header.contains("close");
		}
		else if (header.startsWith("transfer-encoding:")) {
			this.state = State.MALFORMED;
		}
	}

	private void readLength(String value) {
		try {
			this.remaining = Long.parseUnsignedLong(value);
		}
		catch (NumberFormatException ex) {
			this.state = State.MALFORMED;
		}
	}

	private int digit(int index) {
		return this.line[index] - '0';
	}

	private void endHeaders() {
		if (this.status < 200) {
			this.state = State.STATUS;
			return;
		}
		if (this.status == 204 || this.status == 304) {
			this.remaining = 0;
		}
		if (this.remaining == UNTIL_CLOSE) {
			this.lastOfConnection = true;
		}
		this.state = (this.remaining == 0) ? State.COMPLETE : State.BODY;
	}

	private enum State {

		STATUS, HEADERS, BODY, COMPLETE, MALFORMED

	}

}
