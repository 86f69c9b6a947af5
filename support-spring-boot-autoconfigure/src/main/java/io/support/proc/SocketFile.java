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

package io.support.proc;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The sockets of one protocol, as {@code /proc/net/tcp}, {@code tcp6}, {@code udp} and
 * {@code udp6} have them (proc_pid_net(5)), one in each line. There may be tens of
 * thousands of them, most of which nobody wants to know more of than their state: a line
 * is bytes until somebody asks for its text.
 */
public final class SocketFile {

	/** More sockets than this are not read. */
	public static final int MAX_SOCKETS = 100_000;

	private static final int STATE = 3;

	private static final int INODE = 9;

	private final byte[] buffer = new byte[8192];

	private int start;

	private int end;

	private SocketFile() {
	}

	/**
	 * Reads a file.
	 * @param file the file
	 * @param sockets is told of each socket, whose line is good until the next one comes
	 * @return how many there were
	 * @throws IOException if the file cannot be read, or a line of it is too long for one
	 */
	public static int read(Path file, Consumer<Line> sockets) throws IOException {
		return new SocketFile().readAll(file, sockets);
	}

	private int readAll(Path file, Consumer<Line> sockets) throws IOException {
		int count = -1;
		try (InputStream in = new FileInputStream(file.toFile())) {
			Line line = new Line(this.buffer);
			while (count < MAX_SOCKETS && fill(in)) {
				int lineEnd;
				while (count < MAX_SOCKETS && (lineEnd = lineEnd()) >= 0) {
					// The first line is the names of the columns.
					if (count++ >= 0) {
						line.start = this.start;
						line.end = lineEnd;
						sockets.accept(line);
					}
					this.start = lineEnd + 1;
				}
			}
		}
		return Math.max(0, count);
	}

	private boolean fill(InputStream in) throws IOException {
		System.arraycopy(this.buffer, this.start, this.buffer, 0, this.end - this.start);
		this.end -= this.start;
		this.start = 0;
		if (this.end == this.buffer.length) {
			throw new IOException("A line has more than " + this.buffer.length + " bytes");
		}
		int read = in.read(this.buffer, this.end, this.buffer.length - this.end);
		this.end += Math.max(0, read);
		return read > 0;
	}

	private int lineEnd() {
		for (int i = this.start; i < this.end; i++) {
			if (this.buffer[i] == '\n') {
				return i;
			}
		}
		return -1;
	}

	/**
	 * One socket.
	 *
	 * <pre>
	 * 0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 4711 ...
	 * </pre>
	 */
	public static final class Line {

		private final byte[] buffer;

		private int start;

		private int end;

		private Line(byte[] buffer) {
			this.buffer = buffer;
		}

		/**
		 * Returns what TCP does with the socket.
		 * @return the number of the state, 0 if it cannot be read
		 * @see TcpStates#name(int)
		 */
		public int state() {
			return (int) number(STATE, 16);
		}

		/**
		 * Returns the number by which descriptors lead to the socket.
		 * @return the inode, 0 of a socket that no descriptor leads to any more, or if it
		 * cannot be read
		 */
		public long inode() {
			return number(INODE, 10);
		}

		/**
		 * Returns the whole line.
		 * @return the text
		 */
		public String text() {
			return new String(this.buffer, this.start, this.end - this.start, StandardCharsets.US_ASCII);
		}

		private long number(int field, int radix) {
			int at = skip(this.start, true);
			for (int i = 0; i < field; i++) {
				at = skip(skip(at, false), true);
			}
			long number = 0;
			int digit;
			for (; at < this.end && (digit = Character.digit(this.buffer[at], radix)) >= 0; at++) {
				number = number * radix + digit;
			}
			return number;
		}

		private int skip(int from, boolean blanks) {
			int at = from;
			while (at < this.end && (this.buffer[at] == ' ') == blanks) {
				at++;
			}
			return at;
		}

	}

}
