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

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.LongSupplier;

import com.sun.management.OperatingSystemMXBean;
import org.jspecify.annotations.Nullable;

/**
 * Reads how much processor time the process has used, and how much of it since somebody
 * looked last. Thread-safe.
 */
final class CpuReader {

	/** What Linux counts in is a hundredth of a second, on all that Java runs on. */
	private static final long TICK_NANOS = 10_000_000;

	/** Of the fields of {@code /proc/self/stat}, counted from the state, which is 0. */
	private static final int MINOR_FAULTS = 7;

	private static final int MAJOR_FAULTS = 9;

	private static final int USER = 11;

	private static final int SYSTEM = 12;

	private static final int CHILDREN_USER = 13;

	private static final int CHILDREN_SYSTEM = 14;

	private final LongSupplier nanoTime;

	private long lastNanos;

	private long lastCpuNanos;

	CpuReader(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
		this.lastNanos = nanoTime.getAsLong();
		this.lastCpuNanos = cpuNanos();
	}

	ProcessSnapshot.Cpu read(ThreadTimes.Look look) {
		List<String> stat = ProcessReader.stat();
		int cpus = Runtime.getRuntime().availableProcessors();
		long now = this.nanoTime.getAsLong();
		long cpu = cpuNanos();
		Double cores = null;
		long since;
		synchronized (this) {
			since = now - this.lastNanos;
			if (since > 0 && cpu >= 0) {
				cores = (cpu - this.lastCpuNanos) / (double) since;
			}
			this.lastNanos = now;
			this.lastCpuNanos = cpu;
		}
		return new ProcessSnapshot.Cpu(cpus, (cpu >= 0) ? cpu : null, nanos(stat, USER), nanos(stat, SYSTEM),
				nanos(stat, CHILDREN_USER), nanos(stat, CHILDREN_SYSTEM), cores,
				(cores != null) ? Double.valueOf(cores / cpus) : null, since / 1_000_000,
				ProcessReader.field(stat, MINOR_FAULTS), ProcessReader.field(stat, MAJOR_FAULTS),
				look.voluntarySwitches(), look.involuntarySwitches(), look.waitedNanos());
	}

	private static @Nullable Long nanos(List<String> stat, int index) {
		Long ticks = ProcessReader.field(stat, index);
		return (ticks != null) ? ticks * TICK_NANOS : null;
	}

	private static long cpuNanos() {
		return (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean detailed)
				? detailed.getProcessCpuTime() : -1;
	}

}
