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
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.support.proc.ProcFile;

/**
 * Knows which threads use the processor: those of Java from the JVM, and on Linux those
 * of the JVM itself, garbage collection and compilers among them, from {@code /proc}.
 * Remembers what they had used when somebody looked last. Bounded to
 * {@value #MAX_THREADS} threads of each kind; thread-safe.
 */
final class ThreadTimes {

	static final int MAX_THREADS = 1024;

	static final int SHOWN = 20;

	/** The kernel keeps so many bytes of a name. */
	private static final int KERNEL_NAME = 15;

	private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

	private final LongSupplier nanoTime;

	private final Path tasks;

	private Map<String, Long> last = Map.of();

	private long lastNanos;

	ThreadTimes(LongSupplier nanoTime) {
		this(nanoTime, Path.of("/proc/self/task"));
	}

	ThreadTimes(LongSupplier nanoTime, Path tasks) {
		this.nanoTime = nanoTime;
		this.tasks = tasks;
		this.lastNanos = nanoTime.getAsLong();
	}

	Look look() {
		List<Used> used = new ArrayList<>();
		Set<String> names = javaThreads(used);
		Sum sum = tasks(used, names);
		Map<String, Long> times = new HashMap<>();
		used.forEach((one) -> times.put(one.key(), one.cpuNanos()));
		long now = this.nanoTime.getAsLong();
		Map<String, Long> before;
		long elapsed;
		synchronized (this) {
			before = this.last;
			elapsed = now - this.lastNanos;
			this.last = times;
			this.lastNanos = now;
		}
		List<ProcessSnapshot.ThreadTime> top = used.stream()
			.map((one) -> one.since(before.getOrDefault(one.key(), 0L), elapsed))
			.sorted(Comparator.comparingDouble(ProcessSnapshot.ThreadTime::order).reversed())
			.limit(SHOWN)
			.toList();
		return new Look(top, sum.voluntary, sum.involuntary, sum.waitedNanos);
	}

	/*
	 * Returns the names of the threads as the kernel has them.
	 */
	private Set<String> javaThreads(List<Used> used) {
		Set<String> names = new HashSet<>();
		if (!this.threads.isThreadCpuTimeSupported() || !this.threads.isThreadCpuTimeEnabled()) {
			return names;
		}
		long[] ids = this.threads.getAllThreadIds();
		for (ThreadInfo info : this.threads.getThreadInfo(Arrays.copyOf(ids, Math.min(ids.length, MAX_THREADS)))) {
			long cpu = (info != null) ? this.threads.getThreadCpuTime(info.getThreadId()) : -1;
			if (info != null && cpu >= 0) {
				names.addAll(kernelNames(info.getThreadName()));
				used.add(new Used("java " + info.getThreadId(), info.getThreadName(), "java", cpu, null));
			}
		}
		return names;
	}

	/* The JVM writes the end of a long name, too; older ones do not. */
	private static List<String> kernelNames(String name) {
		if (name.length() <= KERNEL_NAME) {
			return List.of(name);
		}
		return List.of(name.substring(0, KERNEL_NAME), name.substring(0, 7) + ".." + name.substring(name.length() - 6));
	}

	private Sum tasks(List<Used> used, Set<String> javaNames) {
		Sum sum = new Sum();
		int left = MAX_THREADS;
		try (DirectoryStream<Path> directories = Files.newDirectoryStream(this.tasks)) {
			for (Path task : directories) {
				if (left-- == 0) {
					break;
				}
				Map<String, String> status = new ProcFile(task.resolve("status")).fields();
				String[] times = String.valueOf(new ProcFile(task.resolve("schedstat")).text()).split(" ", -1);
				Long cpu = ProcFile.number(times[0]);
				Long waited = (times.length > 1) ? ProcFile.number(times[1]) : null;
				sum.add(status, waited);
				String name = status.get("Name");
				if (name != null && cpu != null && !javaNames.contains(name)) {
					used.add(new Used("task " + task.getFileName(), name, "jvm", cpu, waited));
				}
			}
		}
		catch (IOException | DirectoryIteratorException ex) {
			// Not Linux.
		}
		return sum;
	}

	/**
	 * The threads at one moment.
	 *
	 * @param top those that used most since somebody looked last
	 * @param voluntarySwitches how often all of them gave up the processor
	 * @param involuntarySwitches how often it was taken from them
	 * @param waitedNanos for how long they were ready to run and had none
	 */
	record Look(List<ProcessSnapshot.ThreadTime> top, @Nullable Long voluntarySwitches,
			@Nullable Long involuntarySwitches, @Nullable Long waitedNanos) {

	}

	/**
	 * What one thread has used.
	 */
	private record Used(String key, String name, String kind, long cpuNanos, @Nullable Long waitedNanos) {

		ProcessSnapshot.ThreadTime since(long before, long elapsed) {
			double ratio = (elapsed > 0) ? Math.max(0, this.cpuNanos - before) / (double) elapsed : 0;
			return new ProcessSnapshot.ThreadTime(this.name, this.kind, this.cpuNanos, Math.min(1, ratio),
					this.waitedNanos);
		}

	}

	/**
	 * What is added over the threads; {@code null} until there is one that says it.
	 */
	private static final class Sum {

		private @Nullable Long voluntary;

		private @Nullable Long involuntary;

		private @Nullable Long waitedNanos;

		void add(Map<String, String> status, @Nullable Long waited) {
			this.voluntary = sum(this.voluntary, ProcFile.number(status.get("voluntary_ctxt_switches")));
			this.involuntary = sum(this.involuntary, ProcFile.number(status.get("nonvoluntary_ctxt_switches")));
			this.waitedNanos = sum(this.waitedNanos, waited);
		}

		private static @Nullable Long sum(@Nullable Long one, @Nullable Long other) {
			return (one != null && other != null) ? Long.valueOf(one + other) : (one != null) ? one : other;
		}

	}

}
