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

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.support.proc.ProcFile;

/**
 * Reads what the process' control group may use and has been denied, of version 2 or 1 of
 * cgroups. The group is that of {@code /proc/self/cgroup} or, in a container that sees
 * only its own, the root.
 *
 * @param membership the file that says which group it is
 * @param root where the groups are
 */
record ControlGroup(Path membership, Path root) {

	private static final long MICRO_NANOS = 1000;

	/** Version 1 says "no limit" by a number near the largest. */
	private static final long UNLIMITED = 1L << 60;

	static ControlGroup ofThisProcess() {
		return new ControlGroup(Path.of("/proc/self/cgroup"), Path.of("/sys/fs/cgroup"));
	}

	ProcessSnapshot.Cgroup read() {
		List<String> lines = new ProcFile(this.membership).lines();
		if (lines.isEmpty()) {
			return ProcessSnapshot.Cgroup
				.unavailable(this.membership + " cannot be read: only Linux has control groups");
		}
		if (Files.exists(this.root.resolve("cgroup.controllers"))) {
			String path = lines.stream()
				.filter((line) -> line.startsWith("0::"))
				.map((line) -> line.substring("0::".length()))
				.findFirst()
				.orElse("/");
			return second(path, directory(this.root, path));
		}
		return first(lines);
	}

	private static Path directory(Path root, String path) {
		Path own = root.resolve(path.substring(path.startsWith("/") ? 1 : 0)).normalize();
		return (own.startsWith(root) && Files.isDirectory(own)) ? own : root;
	}

	private static ProcessSnapshot.Cgroup second(String path, Path group) {
		String[] quota = String.valueOf(file(group, "cpu.max").text()).split(" ", -1);
		Map<String, String> cpu = file(group, "cpu.stat").fields();
		Map<String, String> memory = file(group, "memory.events").fields();
		return new ProcessSnapshot.Cgroup(2, path, cpus(quota[0], (quota.length > 1) ? quota[1] : null),
				number(cpu, "nr_periods"), number(cpu, "nr_throttled"), nanos(number(cpu, "throttled_usec")),
				file(group, "memory.current").number(), file(group, "memory.max").number(),
				file(group, "memory.high").number(), file(group, "memory.swap.current").number(),
				number(memory, "high"), number(memory, "max"), number(memory, "oom"), number(memory, "oom_kill"),
				file(group, "pids.current").number(), file(group, "pids.max").number(), null);
	}

	private ProcessSnapshot.Cgroup first(List<String> lines) {
		Path cpu = controller(lines, "cpu");
		Path memory = controller(lines, "memory");
		Path pids = controller(lines, "pids");
		Map<String, String> throttling = file(cpu, "cpu.stat").fields();
		Map<String, String> killed = file(memory, "memory.oom_control").fields();
		Long limit = file(memory, "memory.limit_in_bytes").number();
		return new ProcessSnapshot.Cgroup(1, path(lines, "memory"),
				cpus(file(cpu, "cpu.cfs_quota_us").text(), file(cpu, "cpu.cfs_period_us").text()),
				number(throttling, "nr_periods"), number(throttling, "nr_throttled"),
				number(throttling, "throttled_time"), file(memory, "memory.usage_in_bytes").number(),
				(limit != null && limit < UNLIMITED) ? limit : null, null, null, null,
				file(memory, "memory.failcnt").number(), null, number(killed, "oom_kill"),
				file(pids, "pids.current").number(), file(pids, "pids.max").number(), null);
	}

	private Path controller(List<String> lines, String name) {
		return directory(this.root.resolve(name), path(lines, name));
	}

	/*
	 * 4:memory:/docker/abc
	 */
	private static String path(List<String> lines, String controller) {
		return lines.stream()
			.map((line) -> line.split(":", 3))
			.filter((parts) -> parts.length == 3 && Arrays.asList(parts[1].split(",", -1)).contains(controller))
			.map((parts) -> parts[2])
			.findFirst()
			.orElse("/");
	}

	private static @Nullable Double cpus(@Nullable String quota, @Nullable String period) {
		Long most = ProcFile.number(quota);
		Long of = ProcFile.number(period);
		return (most != null && of != null && most > 0 && of > 0) ? Double.valueOf((double) most / of) : null;
	}

	private static ProcFile file(Path group, String name) {
		return new ProcFile(group.resolve(name));
	}

	private static @Nullable Long number(Map<String, String> fields, String name) {
		return ProcFile.number(fields.get(name));
	}

	private static @Nullable Long nanos(@Nullable Long micros) {
		return (micros != null) ? micros * MICRO_NANOS : null;
	}

}
