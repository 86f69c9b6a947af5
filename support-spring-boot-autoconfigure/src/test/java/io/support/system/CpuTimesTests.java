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

package io.support.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CpuTimes}.
 */
class CpuTimesTests {

	private final AtomicLong nanos = new AtomicLong(1);

	@TempDir
	Path directory;

	private Path stat;

	private CpuTimes times;

	@BeforeEach
	void create() {
		this.stat = this.directory.resolve("stat");
		this.times = new CpuTimes(this.nanos::get, this.stat);
	}

	@Test
	void hostsShareIsThatSinceTheLastLook() throws IOException {
		look("cpu  100 0 50 800 50 0 0 0 0 0");
		assertThat(this.times.hostRatio()).isNaN();
		look("cpu  150 0 70 820 60 0 0 0 0 0");
		assertThat(this.times.hostRatio()).isEqualTo(0.7);
		look("cpu  150 0 70 820 60 0 0 0 0 0");
		assertThat(this.times.hostRatio()).isNaN();
	}

	@Test
	void whatCannotBeReadIsNotKnown() throws IOException {
		this.times.look();
		assertThat(this.times.hostRatio()).isNaN();
		for (String line : new String[] { "", "cpu", "cpu x y", "intr 1 2" }) {
			look(line);
			look(line);
			assertThat(this.times.hostRatio()).as(line).isNaN();
		}
	}

	@Test
	void processUsesSomething() {
		this.times.look();
		assertThat(this.times.processRatio()).isNaN();
		this.nanos.addAndGet(1_000_000_000);
		this.times.look();
		assertThat(this.times.processRatio()).isBetween(0.0, 1.0);
	}

	private void look(String line) throws IOException {
		Files.writeString(this.stat, line + "\ncpu0 1 2 3\n");
		this.times.look();
	}

}
