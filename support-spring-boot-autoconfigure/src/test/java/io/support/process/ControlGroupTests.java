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
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ControlGroup}, on directories as the kernel makes them.
 */
class ControlGroupTests {

	@TempDir
	private Path directory;

	@Test
	void secondVersionHasLimitsAndThrottling() throws IOException {
		write("membership", "0::/app\n");
		write("fs/cgroup.controllers", "cpu memory pids\n");
		write("fs/app/cpu.max", "150000 100000\n");
		write("fs/app/cpu.stat", "usage_usec 1\nnr_periods 100\nnr_throttled 7\nthrottled_usec 2500\n");
		write("fs/app/memory.max", "1073741824\n");
		write("fs/app/memory.current", "536870912\n");
		write("fs/app/memory.high", "max\n");
		write("fs/app/memory.events", "low 0\nhigh 1\nmax 2\noom 3\noom_kill 4\n");
		write("fs/app/pids.max", "max\n");
		write("fs/app/pids.current", "33\n");
		ProcessSnapshot.Cgroup group = group().read();
		assertThat(group.version()).isEqualTo(2);
		assertThat(group.path()).isEqualTo("/app");
		assertThat(group.cpus()).isEqualTo(1.5);
		assertThat(group.throttled()).isEqualTo(7);
		assertThat(group.throttledNanos()).isEqualTo(2_500_000);
		assertThat(group.usedBytes()).isEqualTo(536_870_912);
		assertThat(group.maxBytes()).isEqualTo(1_073_741_824);
		assertThat(group.highBytes()).isNull();
		assertThat(group.oomEvents()).isEqualTo(3);
		assertThat(group.oomKills()).isEqualTo(4);
		assertThat(group.tasks()).isEqualTo(33);
		assertThat(group.maxTasks()).isNull();
	}

	@Test
	void firstVersionHasThemInSeveralPlaces() throws IOException {
		write("membership", "4:memory:/docker/abc\n2:cpu,cpuacct:/\n1:name=systemd:/\n");
		write("fs/memory/docker/abc/memory.limit_in_bytes", "9223372036854771712\n");
		write("fs/memory/docker/abc/memory.usage_in_bytes", "1000\n");
		write("fs/memory/docker/abc/memory.failcnt", "5\n");
		write("fs/memory/docker/abc/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 6\n");
		write("fs/cpu/cpu.cfs_quota_us", "-1\n");
		write("fs/cpu/cpu.cfs_period_us", "100000\n");
		write("fs/cpu/cpu.stat", "nr_periods 3\nnr_throttled 2\nthrottled_time 99\n");
		ProcessSnapshot.Cgroup group = group().read();
		assertThat(group.version()).isEqualTo(1);
		assertThat(group.maxBytes()).isNull();
		assertThat(group.usedBytes()).isEqualTo(1000);
		assertThat(group.maxEvents()).isEqualTo(5);
		assertThat(group.oomKills()).isEqualTo(6);
		assertThat(group.cpus()).isNull();
		assertThat(group.throttledNanos()).isEqualTo(99);
	}

	@Test
	void groupOfTheHostIsTheRootInAContainer() throws IOException {
		write("membership", "0::/../../elsewhere\n");
		write("fs/cgroup.controllers", "memory\n");
		write("fs/memory.max", "4096\n");
		write("elsewhere/memory.max", "1\n");
		assertThat(group().read().maxBytes()).isEqualTo(4096);
	}

	@Test
	void withoutGroupsItSaysWhy() {
		ProcessSnapshot.Cgroup group = group().read();
		assertThat(group.version()).isZero();
		assertThat(group.unavailable()).contains("membership cannot be read");
	}

	private ControlGroup group() {
		return new ControlGroup(this.directory.resolve("membership"), this.directory.resolve("fs"));
	}

	private void write(String path, String content) throws IOException {
		Path file = this.directory.resolve(path);
		Files.createDirectories(file.getParent());
		Files.writeString(file, content);
	}

}
