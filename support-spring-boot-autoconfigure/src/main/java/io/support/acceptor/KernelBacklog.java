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

import java.nio.file.Path;
import java.util.OptionalLong;

import io.support.proc.ProcFile;

/**
 * Connections that the kernel could not put into a listener's backlog, and that this
 * process therefore never sees. Counted by Linux for all listeners of the network
 * namespace, and here from the start of the acceptor on. Thread-safe.
 */
final class KernelBacklog {

	private final ProcFile file;

	private final long before;

	KernelBacklog(Path file) {
		this.file = new ProcFile(file);
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

	private OptionalLong read() {
		Long overflows = this.file.counters("TcpExt").get("ListenOverflows");
		return (overflows != null) ? OptionalLong.of(overflows) : OptionalLong.empty();
	}

}
