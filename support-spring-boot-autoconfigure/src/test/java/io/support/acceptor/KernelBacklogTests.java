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

package io.support.acceptor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KernelBacklog}.
 */
class KernelBacklogTests {

	@TempDir
	private Path directory;

	@Test
	void countsFromTheStart() throws IOException {
		Path file = write(17);
		KernelBacklog backlog = new KernelBacklog(file);
		assertThat(backlog.overflows()).hasValue(0);
		write(20);
		assertThat(backlog.overflows()).hasValue(3);
	}

	@Test
	void knowsNothingWithoutTheFile() {
		assertThat(new KernelBacklog(this.directory.resolve("none")).overflows()).isEmpty();
	}

	@Test
	void knowsNothingOfAFileThatSaysSomethingElse() throws IOException {
		Path file = Files.writeString(this.directory.resolve("other"), "TcpExt: ListenOverflows\nTcpExt: many\n");
		assertThat(new KernelBacklog(file).overflows()).isEmpty();
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void readsWhatThisKernelSays() {
		assertThat(KernelBacklog.ofThisHost().overflows()).isPresent();
	}

	private Path write(int overflows) throws IOException {
		return Files.writeString(this.directory.resolve("netstat"), """
				TcpExt: SyncookiesSent ListenOverflows ListenDrops
				TcpExt: 5 %d 99
				IpExt: InNoRoutes ListenOverflows
				IpExt: 1 2
				""".formatted(overflows));
	}

}
