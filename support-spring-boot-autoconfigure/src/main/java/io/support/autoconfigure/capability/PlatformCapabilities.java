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

package io.support.autoconfigure.capability;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

import io.support.autoconfigure.capability.CapabilitiesSnapshot.Capability;
import io.support.proc.DiagnosticCommand;
import io.support.proc.ProcFile;

/**
 * Finds out what the JVM and the operating system can do. Starts nothing for it: neither
 * a recording nor an event loop.
 */
final class PlatformCapabilities {

	private static final int VIRTUAL_THREADS = 21;

	private static final int CPU_TIME_SAMPLES = 25;

	static CapabilitiesSnapshot.Identity identity() {
		return new CapabilitiesSnapshot.Identity(System.getProperty("os.name"), System.getProperty("os.version"),
				System.getProperty("os.arch"), System.getProperty("java.version"), System.getProperty("java.vm.name")
						+ " " + System.getProperty("java.vm.version") + ", " + System.getProperty("java.vm.vendor"));
	}

	List<Capability> read() {
		int java = Runtime.version().feature();
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		return List.of(
				Capability.of("/proc", "process, files", ProcFile.of("/proc/self/status").text() != null,
						"Only Linux has it, or it is not mounted here"),
				controlGroups(),
				Capability.of("kernel counters", "acceptor, process",
						ProcFile.of("/proc/self/net/netstat").counters("TcpExt").containsKey("ListenOverflows"),
						"/proc/self/net/netstat has no ListenOverflows: another platform, or a sandbox that hides it"),
				transport("epoll", "io.netty.channel.epoll.Epoll", "netty-transport-native-epoll"),
				transport("io_uring", "io.netty.channel.uring.IoUring", "netty-transport-native-io_uring"),
				flightRecorder(),
				Capability.of("processor time samples", "profiler",
						flightRecorderMissing() == null && java >= CPU_TIME_SAMPLES && isLinux(),
						"jdk.CPUTimeSample is in Java " + CPU_TIME_SAMPLES + " on Linux, this is Java " + java),
				Capability.of("diagnostic commands", "heap, source, process",
						new DiagnosticCommand("gcClassHistogram").unavailable()),
				Capability.of("processor time of threads", "process",
						threads.isThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled(),
						"This JVM does not measure it, or it is switched off"),
				Capability.of("allocation of threads", "profiler",
						threads instanceof com.sun.management.ThreadMXBean detailed
								&& detailed.isThreadAllocatedMemorySupported()
								&& detailed.isThreadAllocatedMemoryEnabled(),
						"This JVM does not count it"),
				Capability.of("virtual threads", "dispatch", java >= VIRTUAL_THREADS,
						"They are in Java " + VIRTUAL_THREADS + ", this is Java " + java),
				Capability.of("native memory tracking", "process",
						ManagementFactory.getRuntimeMXBean()
							.getInputArguments()
							.stream()
							.anyMatch((argument) -> argument.matches("-XX:NativeMemoryTracking=(summary|detail)")),
						"Start the JVM with -XX:NativeMemoryTracking=summary; it costs some percent"));
	}

	private static Capability controlGroups() {
		if (Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"))) {
			return new Capability("control groups", true, "process", "version 2");
		}
		boolean first = Files.isDirectory(Path.of("/sys/fs/cgroup/memory"));
		return new Capability("control groups", first, "process",
				first ? "version 1" : "Only Linux has them, or they are not mounted at /sys/fs/cgroup");
	}

	private static boolean isLinux() {
		return System.getProperty("os.name", "").startsWith("Linux");
	}

	private static Capability flightRecorder() {
		return Capability.of("flight recorder", "profiler", flightRecorderMissing());
	}

	private static @Nullable String flightRecorderMissing() {
		Object available = call("jdk.jfr.FlightRecorder", "isAvailable");
		if (available == null) {
			return "The module jdk.jfr is missing";
		}
		return available.equals(true) ? null : "It is not available in this JVM";
	}

	/*
	 * Netty's classes are optional, and so are its libraries.
	 */
	private static Capability transport(String name, String type, String artifact) {
		Object available = call(type, "isAvailable");
		if (available == null) {
			return new Capability(name, false, "event loops", artifact + " is not on the class path");
		}
		if (available.equals(true)) {
			return new Capability(name, true, "event loops", null);
		}
		Object cause = call(type, "unavailabilityCause");
		return new Capability(name, false, "event loops", (cause instanceof Throwable failure) ? root(failure) : null);
	}

	private static String root(Throwable failure) {
		Throwable root = failure;
		while (root.getCause() != null && root.getCause() != root) {
			root = root.getCause();
		}
		return root.getClass().getSimpleName() + ((root.getMessage() != null) ? ": " + root.getMessage() : "");
	}

	private static @Nullable Object call(String type, String method) {
		try {
			ClassLoader loader = PlatformCapabilities.class.getClassLoader();
			return ClassUtils.forName(type, loader).getMethod(method).invoke(null);
		}
		catch (ClassNotFoundException | NoSuchMethodException | IllegalAccessException ex) {
			return null;
		}
		catch (InvocationTargetException | LinkageError ex) {
			return false;
		}
	}

}
