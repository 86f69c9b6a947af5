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
import java.lang.management.RuntimeMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import com.sun.management.UnixOperatingSystemMXBean;
import org.jspecify.annotations.Nullable;

import io.support.proc.ProcFile;

/**
 * Reads who the process is, its memory, its input and output, and its limits.
 */
final class ProcessReader {

	/** {@code Max open files  20000  20000  files}; a name has single blanks in it. */
	private static final Pattern COLUMNS = Pattern.compile("\\s{2,}");

	/** Of the fields of {@code /proc/self/stat}, counted from the state, which is 0. */
	private static final int PRIORITY = 15;

	private static final int NICE = 16;

	private final RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();

	private final CommandLine commandLine;

	ProcessReader(CommandLine commandLine) {
		this.commandLine = commandLine;
	}

	ProcessSnapshot.Identity identity(Map<String, String> status) {
		ProcessHandle process = ProcessHandle.current();
		ProcessHandle parent = process.parent().orElse(null);
		String[] ids = status.getOrDefault("Uid", "").split("\\s+", -1);
		return new ProcessSnapshot.Identity(process.pid(), (parent != null) ? parent.pid() : null,
				(parent != null) ? parent.info().command().orElse(null) : null, process.info().user().orElse(null),
				ProcFile.number((ids.length > 1) ? ids[1] : null), process.info().command().orElse(null),
				this.commandLine.show(arguments(process)), directory(),
				Instant.ofEpochMilli(this.runtime.getStartTime()), this.runtime.getUptime());
	}

	private static List<String> arguments(ProcessHandle process) {
		String line = ProcFile.of("/proc/self/cmdline").text();
		if (line != null && !line.isEmpty()) {
			List<String> words = List.of(line.split("\0", -1));
			// Each word ends with the separator, the last one too.
			return (words.size() > 1) ? words.subList(1, words.size() - 1) : words;
		}
		return process.info().arguments().map(List::of).orElse(List.of());
	}

	private static @Nullable String directory() {
		try {
			return Files.readSymbolicLink(Path.of("/proc/self/cwd")).toString();
		}
		catch (IOException | UnsupportedOperationException ex) {
			return System.getProperty("user.dir");
		}
	}

	ProcessSnapshot.Memory memory(Map<String, String> status) {
		return new ProcessSnapshot.Memory(ProcFile.bytes(status.get("VmRSS")), ProcFile.bytes(status.get("VmHWM")),
				ProcFile.bytes(status.get("RssAnon")), ProcFile.bytes(status.get("RssFile")),
				ProcFile.bytes(status.get("RssShmem")), ProcFile.bytes(status.get("VmSize")),
				ProcFile.bytes(status.get("VmSwap")), ProcFile.bytes(status.get("VmPTE")),
				ProcFile.bytes(status.get("VmLck")));
	}

	/**
	 * Reads the resident pages by kind, for which the kernel walks all of them.
	 * @return the sizes by kind, or why there are none
	 */
	static Map<String, Object> pages() {
		Map<String, Object> pages = new LinkedHashMap<>();
		ProcFile.of("/proc/self/smaps_rollup").fields().forEach((name, value) -> {
			Long bytes = ProcFile.bytes(value);
			if (bytes != null) {
				pages.put(camelCase(name) + "Bytes", bytes);
			}
		});
		if (pages.isEmpty()) {
			pages.put("unavailable", "/proc/self/smaps_rollup cannot be read: Linux has it from 4.14 on");
		}
		return pages;
	}

	private static String camelCase(String name) {
		StringBuilder words = new StringBuilder();
		for (String word : name.split("_", -1)) {
			words.append(words.isEmpty() ? word.substring(0, 1).toLowerCase(Locale.ROOT)
					: word.substring(0, 1).toUpperCase(Locale.ROOT))
				.append(word.substring(1));
		}
		return words.toString();
	}

	ProcessSnapshot.Io io() {
		Map<String, String> io = ProcFile.of("/proc/self/io").fields();
		return new ProcessSnapshot.Io(number(io, "rchar"), number(io, "wchar"), number(io, "syscr"),
				number(io, "syscw"), number(io, "read_bytes"), number(io, "write_bytes"));
	}

	ProcessSnapshot.Scheduling scheduling(Map<String, String> status) {
		List<String> stat = stat();
		return new ProcessSnapshot.Scheduling(field(stat, NICE), field(stat, PRIORITY), status.get("Cpus_allowed_list"),
				status.get("Mems_allowed_list"), ProcFile.of("/proc/self/oom_score").number(),
				ProcFile.of("/proc/self/oom_score_adj").number());
	}

	/**
	 * Reads {@code /proc/self/stat} from the state on: the name before it may hold
	 * anything.
	 * @return the fields, the state first; empty where there is no such file
	 */
	static List<String> stat() {
		String stat = ProcFile.of("/proc/self/stat").text();
		return (stat != null) ? List.of(stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1)) : List.of();
	}

	static @Nullable Long field(List<String> stat, int index) {
		return (index < stat.size()) ? ProcFile.number(stat.get(index)) : null;
	}

	List<ProcessSnapshot.Limit> limits(Map<String, String> status) {
		List<ProcessSnapshot.Limit> limits = new ArrayList<>();
		for (String line : ProcFile.of("/proc/self/limits").lines()) {
			String[] columns = COLUMNS.split(line.strip(), -1);
			if (line.startsWith("Max ") && columns.length >= 3) {
				String name = columns[0].substring("Max ".length());
				limits.add(new ProcessSnapshot.Limit(name, used(name, status), columns[1], columns[2],
						(columns.length > 3) ? columns[3] : null));
			}
		}
		return limits;
	}

	private static @Nullable Long used(String limit, Map<String, String> status) {
		return switch (limit) {
			case "open files" -> openFiles();
			case "processes" -> ProcFile.number(status.get("Threads"));
			case "address space" -> ProcFile.bytes(status.get("VmSize"));
			case "data size" -> ProcFile.bytes(status.get("VmData"));
			case "resident set" -> ProcFile.bytes(status.get("VmRSS"));
			case "locked memory" -> ProcFile.bytes(status.get("VmLck"));
			case "pending signals" -> ProcFile.number(status.getOrDefault("SigQ", "").split("/", -1)[0]);
			default -> null;
		};
	}

	private static @Nullable Long openFiles() {
		return (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix)
				? unix.getOpenFileDescriptorCount() : null;
	}

	private static @Nullable Long number(Map<String, String> fields, String name) {
		return ProcFile.number(fields.get(name));
	}

}
