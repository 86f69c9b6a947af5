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

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.support.proc.ProcFile;
import io.support.proc.TcpStates;

/**
 * Reads what Linux counts of TCP, for the whole of the network namespace: the sockets in
 * each state, retransmissions and what was dropped. In a container that is this process.
 *
 * @param net the directory, such as {@code /proc/self/net}
 */
record NetworkReader(Path net) {

	/** More sockets than this are not counted. */
	static final int MAX_SOCKETS = 100_000;

	private static final int STATE = 3;

	static NetworkReader ofThisHost() {
		return new NetworkReader(Path.of("/proc/self/net"));
	}

	ProcessSnapshot.@Nullable Network read() {
		Map<String, Long> tcp = file("snmp").counters("Tcp");
		if (tcp.isEmpty()) {
			return null;
		}
		Map<String, Long> more = file("netstat").counters("TcpExt");
		Map<String, Integer> states = new TreeMap<>();
		int sockets = count("tcp", states, 0);
		sockets = count("tcp6", states, sockets);
		List<ProcessSnapshot.TcpState> counts = states.entrySet()
			.stream()
			.map((entry) -> new ProcessSnapshot.TcpState(entry.getKey(), entry.getValue()))
			.toList();
		Long sent = tcp.get("OutSegs");
		Long again = tcp.get("RetransSegs");
		Double ratio = (sent != null && again != null && sent > 0) ? Double.valueOf((double) again / sent) : null;
		return new ProcessSnapshot.Network(counts, sockets >= MAX_SOCKETS, tcp.get("ActiveOpens"),
				tcp.get("PassiveOpens"), tcp.get("AttemptFails"), tcp.get("EstabResets"), sent, again, ratio,
				more.get("TCPTimeouts"), more.get("ListenOverflows"), more.get("ListenDrops"), tcp.get("OutRsts"));
	}

	private ProcFile file(String name) {
		return new ProcFile(this.net.resolve(name));
	}

	/*
	 * 0: 0100007F:1F90 00000000:0000 0A ...
	 */
	private int count(String protocol, Map<String, Integer> states, int before) {
		int sockets = before;
		try (BufferedReader lines = Files.newBufferedReader(this.net.resolve(protocol), StandardCharsets.US_ASCII)) {
			lines.readLine();
			String line = lines.readLine();
			while (line != null && sockets < MAX_SOCKETS) {
				String[] fields = line.strip().split("\\s+", STATE + 2);
				String state = (fields.length > STATE) ? TcpStates.name(fields[STATE]) : null;
				states.merge((state != null) ? state : "other", 1, Integer::sum);
				sockets++;
				line = lines.readLine();
			}
		}
		catch (IOException | NumberFormatException ex) {
			// IPv6 may be off, or its file different in a later kernel.
		}
		return sockets;
	}

}
