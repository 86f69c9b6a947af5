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

package io.support.acceptor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * Connections that the kernel could not put into a listener's backlog, and that this
 * process therefore never sees. Counted by Linux for all listeners of the network
 * namespace, and here from the start of the acceptor on. Thread-safe.
 */
final class KernelBacklog {

	private static final String PREFIX = "TcpExt:";

	private final Path file;

	private final long before;

	KernelBacklog(Path file) {
		this.file = file;
		this.before = read().orElse(0);
	}

	static KernelBacklog ofThisHost() {
		return new KernelBacklog(Path.of("/proc/net/netstat"));
	}

	/**
	 * Returns how often a backlog was full.
	 * @return {@code ListenOverflows}; empty where that cannot be read
	 */
	OptionalLong overflows() {
		OptionalLong now = read();
		return now.isPresent() ? OptionalLong.of(now.getAsLong() - this.before) : now;
	}

	/*
	 * A line of names, and below it one of values in the same order.
	 */
	private OptionalLong read() {
		try {
			List<String> lines = Files.readAllLines(this.file)
				.stream()
				.filter((line) -> line.startsWith(PREFIX))
				.toList();
			if (lines.size() == 2) {
				int index = List.of(lines.get(0).split(" ", -1)).indexOf("ListenOverflows");
				String[] values = lines.get(1).split(" ", -1);
				if (index > 0 && index < values.length) {
					return OptionalLong.of(Long.parseLong(values[index]));
				}
			}
		}
		catch (IOException | NumberFormatException ex) {
			// Not Linux, or not permitted.
		}
		return OptionalLong.empty();
	}

}
