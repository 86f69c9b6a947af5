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

package io.support.meta;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.lang.management.OperatingSystemMXBean;
import java.lang.management.RuntimeMXBean;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.sun.management.UnixOperatingSystemMXBean;
import org.jspecify.annotations.Nullable;

import io.support.proc.ProcFile;

/**
 * Reads the process from the JVM's own beans and, on Linux, from {@code /proc}. Costs a
 * fraction of a millisecond; reads files, so not for event loops.
 */
final class ProcessReader {

	private static final ProcFile STATUS = ProcFile.of("/proc/self/status");

	private final RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();

	private final OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();

	private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

	private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();

	private final List<BufferPoolMXBean> pools = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class);

	ProcessFacts facts(Map<String, String> availability) {
		return new ProcessFacts(this.runtime.getPid(), Instant.ofEpochMilli(this.runtime.getStartTime()),
				this.runtime.getUptime(), availability, new ProcessFacts.Jvm(this.runtime.getVmName(),
						this.runtime.getVmVersion(), this.runtime.getVmVendor()));
	}

	LoadFacts load() {
		return new LoadFacts(cpu(), heap(), memory(), threads(), garbageCollection(), fileDescriptors());
	}

	private LoadFacts.Cpu cpu() {
		Double processRatio = null;
		Double systemRatio = null;
		if (this.system instanceof com.sun.management.OperatingSystemMXBean detailed) {
			processRatio = ifKnown(detailed.getProcessCpuLoad());
			systemRatio = ifKnown(detailed.getCpuLoad());
		}
		return new LoadFacts.Cpu(this.system.getAvailableProcessors(), ifKnown(this.system.getSystemLoadAverage()),
				processRatio, systemRatio);
	}

	private LoadFacts.Heap heap() {
		MemoryUsage usage = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
		return new LoadFacts.Heap(usage.getUsed(), usage.getCommitted(),
				(usage.getMax() > 0) ? Long.valueOf(usage.getMax()) : null);
	}

	private LoadFacts.Memory memory() {
		Long direct = this.pools.stream()
			.filter((pool) -> pool.getName().equals("direct"))
			.map(BufferPoolMXBean::getMemoryUsed)
			.findFirst()
			.orElse(null);
		return new LoadFacts.Memory(ProcFile.bytes(STATUS.fields().get("VmRSS")),
				ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage().getUsed(), direct);
	}

	private LoadFacts.Threads threads() {
		return new LoadFacts.Threads(this.threads.getThreadCount(), this.threads.getDaemonThreadCount(),
				this.threads.getPeakThreadCount(), this.threads.getTotalStartedThreadCount());
	}

	private LoadFacts.GarbageCollection garbageCollection() {
		long collections = 0;
		long millis = 0;
		for (GarbageCollectorMXBean collector : this.collectors) {
			collections += Math.max(0, collector.getCollectionCount());
			millis += Math.max(0, collector.getCollectionTime());
		}
		return new LoadFacts.GarbageCollection(collections, millis);
	}

	private LoadFacts.@Nullable FileDescriptors fileDescriptors() {
		if (this.system instanceof UnixOperatingSystemMXBean unix) {
			return new LoadFacts.FileDescriptors(unix.getOpenFileDescriptorCount(), unix.getMaxFileDescriptorCount());
		}
		return null;
	}

	private static @Nullable Double ifKnown(double value) {
		return (value >= 0) ? Double.valueOf(value) : null;
	}

}
