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

package io.support.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.support.proc.ProcFile;
import io.support.proc.SocketFile;
import io.support.proc.TcpStates;

/**
 * The TCP and UDP sockets that Linux knows, by their inodes, as {@code /proc/net} has
 * them (proc_pid_net(5)). A copy as of one moment.
 */
final class SocketTable {

	private static final List<String> PROTOCOLS = List.of("tcp", "tcp6", "udp", "udp6");

	/** So many are kept; on a host those of other processes are among them. */
	static final int MAX_SOCKETS = 32 * 1024;

	/** Addresses are words of this many bytes, each in the order of the machine. */
	private static final int WORD = 4;

	private static final Pattern BLANKS = Pattern.compile("\\s+");

	/** As they were read: of ten thousand sockets only some are looked at. */
	private final Map<Long, Line> lines = new HashMap<>();

	private SocketTable() {
	}

	/**
	 * Reads the table.
	 * @param net the directory, such as {@code /proc/self/net}
	 * @return the sockets; what cannot be read is not in it
	 */
	static SocketTable read(Path net) {
		SocketTable table = new SocketTable();
		for (String protocol : PROTOCOLS) {
			try {
				SocketFile.read(net.resolve(protocol), (socket) -> table.add(protocol, socket));
			}
			catch (IOException ex) {
				// IPv6 may be off.
			}
		}
		return table;
	}

	private void add(String protocol, SocketFile.Line socket) {
		long inode = socket.inode();
		// Those that wait for stragglers belong to nobody any more.
		if (inode != 0 && this.lines.size() < MAX_SOCKETS) {
			this.lines.put(inode, new Line(protocol, socket.text()));
		}
	}

	private static @Nullable String remote(String field) {
		return field.endsWith(":0000") ? null : endpoint(field);
	}

	private static String endpoint(String field) {
		int colon = field.indexOf(':');
		byte[] bytes = HexFormat.of().parseHex(field.toLowerCase(Locale.ROOT), 0, colon);
		byte[] address = new byte[bytes.length];
		for (int i = 0; i < bytes.length; i++) {
			address[i] = bytes[i / WORD * WORD + (WORD - 1 - i % WORD)];
		}
		return host(address) + ':' + Integer.parseInt(field, colon + 1, field.length(), 16);
	}

	static String host(byte[] address) {
		try {
			String host = InetAddress.getByAddress(address).getHostAddress();
			return (host.indexOf(':') >= 0) ? '[' + host + ']' : host;
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException("Not an IP address: " + HexFormat.of().formatHex(address), ex);
		}
	}

	/**
	 * Returns how a socket speaks.
	 * @param inode its number
	 * @return the protocol, or {@code null} if it is neither TCP nor UDP
	 */
	@Nullable String protocol(String inode) {
		Line line = line(inode);
		return (line != null) ? line.protocol() : null;
	}

	/**
	 * Returns what is known of a socket.
	 * @param inode its number
	 * @return the socket, or {@code null} if it is neither TCP nor UDP
	 */
	@Nullable Entry get(String inode) {
		try {
			Line line = line(inode);
			return (line != null) ? line.entry() : null;
		}
		catch (RuntimeException ex) {
			// The file may be different in a later kernel.
			return null;
		}
	}

	private @Nullable Line line(String inode) {
		Long number = ProcFile.number(inode);
		return (number != null) ? this.lines.get(number) : null;
	}

	/**
	 * One line of a file.
	 */
	private record Line(String protocol, String text) {

		Entry entry() {
			List<String> fields = BLANKS.splitAsStream(this.text.strip()).toList();
			String name = this.protocol.startsWith("tcp") ? TcpStates.name(Integer.parseInt(fields.get(3), 16)) : null;
			String queues = fields.get(4);
			int colon = queues.indexOf(':');
			return new Entry(this.protocol, endpoint(fields.get(1)), remote(fields.get(2)), name,
					Long.parseLong(queues, 0, colon, 16), Long.parseLong(queues, colon + 1, queues.length(), 16));
		}

	}

	/**
	 * One socket.
	 *
	 * @param protocol how it speaks
	 * @param local its own end
	 * @param remote the other end; {@code null} if there is none
	 * @param state what TCP does
	 * @param unsentBytes what is to be sent, or has not been acknowledged
	 * @param unreadBytes what has come and nobody has read; of one that listens, the
	 * connections that nobody has accepted
	 */
	record Entry(String protocol, String local, @Nullable String remote, @Nullable String state, long unsentBytes,
			long unreadBytes) {

	}

}
