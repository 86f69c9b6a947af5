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

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.LongSupplier;

import io.support.context.ContextContributor;
import io.support.proc.ProcFile;

/**
 * The process as the operating system sees it: identity, processor time, memory, input
 * and output, limits, control group, threads, and the JVM's own pools and flags. What the
 * platform does not tell is {@code null} or says why.
 * <p>
 * Reads two small files for each thread, up to {@value ThreadTimes#MAX_THREADS} of them;
 * not for event loops. Thread-safe.
 */
public final class ProcessContributor implements ContextContributor {

	static final String PAGES = "pages";

	static final String SOCKETS = "sockets";

	private static final List<ProcessSnapshot.Part> PARTS = List.of(
			new ProcessSnapshot.Part(PAGES,
					"The resident pages by kind, shared ones in proportion; the kernel looks at each of them for it"),
			new ProcessSnapshot.Part(SOCKETS,
					"The TCP sockets by state; the kernel writes a line for each of them for it"));

	private final ProcessReader process;

	private final CpuReader cpu;

	private final ThreadTimes threads;

	private final NetworkReader network;

	private final ControlGroup group = ControlGroup.ofThisProcess();

	private final JvmReader jvm;

	/**
	 * Creates a contributor for this process.
	 * @param mask says what may be shown of a value: of its name, which is empty for
	 * plain text, and its value
	 * @param nanoTime the time in nanoseconds
	 */
	public ProcessContributor(BinaryOperator<String> mask, LongSupplier nanoTime) {
		this.process = new ProcessReader(new CommandLine(mask));
		this.cpu = new CpuReader(nanoTime);
		this.threads = new ThreadTimes(nanoTime);
		this.network = NetworkReader.ofThisHost();
		this.jvm = new JvmReader(new CommandLine(mask));
	}

	@Override
	public String name() {
		return "process";
	}

	@Override
	public ProcessSnapshot snapshot() {
		Map<String, String> status = ProcFile.of("/proc/self/status").fields();
		ThreadTimes.Look look = this.threads.look();
		return new ProcessSnapshot(this.process.identity(status), this.cpu.read(look), this.process.memory(status),
				this.process.io(), this.process.scheduling(status), this.group.read(), look.top(),
				this.process.limits(status), this.network.read(), this.jvm.read(), PARTS, "parts.name");
	}

	/**
	 * Returns what takes the kernel longer to tell.
	 * @param name {@code pages} or {@code sockets}
	 * @return the resident pages by kind, or the TCP sockets by state; empty for other
	 * names
	 */
	@Override
	public Optional<Object> detail(String name) {
		return switch (name) {
			case PAGES -> Optional.of(ProcessReader.pages());
			case SOCKETS -> Optional.of(this.network.states());
			default -> Optional.empty();
		};
	}

}
