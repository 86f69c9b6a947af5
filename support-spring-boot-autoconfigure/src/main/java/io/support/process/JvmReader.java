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

import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.support.proc.DiagnosticCommand;

/**
 * Reads the JVM's memory pools, buffers, collectors and flags, and the native memory that
 * it tracks if it was told to.
 */
final class JvmReader {

	/** {@code -    Java Heap (reserved=123KB, committed=12KB)}. */
	private static final Pattern TRACKED = Pattern
		.compile("(?m)^-\\s+(.+?) \\(reserved=(\\d+)KB, committed=(\\d+)KB\\)");

	private static final Pattern BLANKS = Pattern.compile("\\s+");

	private static final long KIB = 1024;

	private final DiagnosticCommand flags = new DiagnosticCommand("vmFlags");

	private final DiagnosticCommand nativeMemory = new DiagnosticCommand("vmNativeMemory");

	private final CommandLine commandLine;

	JvmReader(CommandLine commandLine) {
		this.commandLine = commandLine;
	}

	ProcessSnapshot.Jvm read() {
		String tracking = this.nativeMemory.unavailable();
		List<ProcessSnapshot.Tracked> tracked = (tracking != null) ? List.of()
				: tracked(this.nativeMemory.run("summary"));
		if (tracking == null && tracked.isEmpty()) {
			tracking = "Off; to see it start the JVM with -XX:NativeMemoryTracking=summary, which costs some percent";
		}
		return new ProcessSnapshot.Jvm(pools(), buffers(), collectors(), tracked, tracking, flags(),
				this.commandLine.show(ManagementFactory.getRuntimeMXBean().getInputArguments()));
	}

	private static List<ProcessSnapshot.Pool> pools() {
		List<ProcessSnapshot.Pool> pools = new ArrayList<>();
		for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
			MemoryUsage usage = pool.getUsage();
			MemoryUsage peak = pool.getPeakUsage();
			MemoryUsage collected = pool.getCollectionUsage();
			if (usage != null) {
				pools.add(new ProcessSnapshot.Pool(pool.getName(),
						pool.getType().name().toLowerCase(Locale.ROOT).replace('_', '-'), usage.getUsed(),
						usage.getCommitted(), (usage.getMax() > 0) ? Long.valueOf(usage.getMax()) : null,
						(peak != null) ? peak.getUsed() : null, (collected != null) ? collected.getUsed() : null));
			}
		}
		return pools;
	}

	private static List<ProcessSnapshot.Buffers> buffers() {
		return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)
			.stream()
			.map((pool) -> new ProcessSnapshot.Buffers(pool.getName(), pool.getCount(), pool.getMemoryUsed(),
					pool.getTotalCapacity()))
			.toList();
	}

	private static List<ProcessSnapshot.Collector> collectors() {
		List<ProcessSnapshot.Collector> collectors = new ArrayList<>();
		for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
			long collections = Math.max(0, collector.getCollectionCount());
			long millis = Math.max(0, collector.getCollectionTime());
			collectors.add(new ProcessSnapshot.Collector(collector.getName(), collections, millis,
					(collections > 0) ? Double.valueOf((double) millis / collections) : null,
					List.of(collector.getMemoryPoolNames())));
		}
		return collectors;
	}

	static List<ProcessSnapshot.Tracked> tracked(String summary) {
		List<ProcessSnapshot.Tracked> tracked = new ArrayList<>();
		Matcher line = TRACKED.matcher(summary);
		while (line.find()) {
			tracked.add(new ProcessSnapshot.Tracked(line.group(1), Long.parseLong(line.group(2)) * KIB,
					Long.parseLong(line.group(3)) * KIB));
		}
		return tracked;
	}

	private @Nullable List<String> flags() {
		if (this.flags.unavailable() != null) {
			return null;
		}
		List<String> flags = Arrays.stream(BLANKS.split(this.flags.run().strip(), -1)).sorted().toList();
		return this.commandLine.show(flags);
	}

}
