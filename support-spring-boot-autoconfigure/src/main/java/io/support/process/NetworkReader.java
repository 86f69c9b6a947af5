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

package io.support.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.support.proc.ProcFile;
import io.support.proc.SocketFile;
import io.support.proc.TcpStates;

/**
 * Reads what Linux counts of TCP, for the whole of the network namespace: the sockets in
 * each state, retransmissions and what was dropped. In a container that is this process.
 *
 * @param net the directory, such as {@code /proc/self/net}
 */
record NetworkReader(Path net) {

	static NetworkReader ofThisHost() {
		return new NetworkReader(Path.of("/proc/self/net"));
	}

	ProcessSnapshot.@Nullable Network read() {
		Map<String, Long> tcp = file("snmp").counters("Tcp");
		if (tcp.isEmpty()) {
			return null;
		}
		Map<String, Long> more = file("netstat").counters("TcpExt");
		Map<String, Long> sockets = file("sockstat").pairs("TCP");
		Long newer = file("sockstat6").pairs("TCP6").get("inuse");
		Long inUse = sockets.get("inuse");
		Long sent = tcp.get("OutSegs");
		Long again = tcp.get("RetransSegs");
		Double ratio = (sent != null && again != null && sent > 0) ? Double.valueOf((double) again / sent) : null;
		return new ProcessSnapshot.Network((inUse != null && newer != null) ? Long.valueOf(inUse + newer) : inUse,
				sockets.get("tw"), sockets.get("orphan"), tcp.get("ActiveOpens"), tcp.get("PassiveOpens"),
				tcp.get("AttemptFails"), tcp.get("EstabResets"), sent, again, ratio, more.get("TCPTimeouts"),
				more.get("ListenOverflows"), more.get("ListenDrops"), tcp.get("OutRsts"));
	}

	private ProcFile file(String name) {
		return new ProcFile(this.net.resolve(name));
	}

	/**
	 * Counts the sockets in each state, for which the kernel writes a line for each of
	 * them.
	 * @return the counts by state, or why there are none
	 */
	Map<String, Object> states() {
		Map<String, Integer> states = new TreeMap<>();
		boolean more4 = count("tcp", states);
		boolean more6 = count("tcp6", states);
		Map<String, Object> sockets = new LinkedHashMap<>();
		if (states.isEmpty()) {
			sockets.put("unavailable", this.net.resolve("tcp") + " cannot be read: sockets are known on Linux only");
			return sockets;
		}
		sockets.put("states",
				states.entrySet()
					.stream()
					.map((entry) -> new ProcessSnapshot.TcpState(entry.getKey(), entry.getValue()))
					.toList());
		sockets.put("more", more4 || more6);
		return sockets;
	}

	/*
	 * Returns whether there are more than were counted.
	 */
	private boolean count(String protocol, Map<String, Integer> states) {
		try {
			return SocketFile.read(this.net.resolve(protocol), (socket) -> {
				String state = TcpStates.name(socket.state());
				states.merge((state != null) ? state : "other", 1, Integer::sum);
			}) >= SocketFile.MAX_SOCKETS;
		}
		catch (IOException ex) {
			// IPv6 may be off.
			return false;
		}
	}

}
