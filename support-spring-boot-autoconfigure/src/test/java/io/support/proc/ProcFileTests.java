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

package io.support.proc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProcFile}.
 */
class ProcFileTests {

	@TempDir
	private Path directory;

	@Test
	void fieldsHaveNamesWithAndWithoutColon() throws IOException {
		ProcFile file = file("VmRSS:\t   12 kB\nnr_throttled 3\nName:\ta (b) c\nempty\n");
		assertThat(file.fields()).containsEntry("VmRSS", "12 kB")
			.containsEntry("nr_throttled", "3")
			.containsEntry("Name", "a (b) c")
			.doesNotContainKey("empty");
		assertThat(ProcFile.bytes(file.fields().get("VmRSS"))).isEqualTo(12 * 1024);
	}

	@Test
	void countersArePairsOfLines() throws IOException {
		ProcFile file = file(
				"Ip: Forwarding\nIp: 1\nTcp: MaxConn RetransSegs Odd\nTcp: -1 7 x\nTcpExt: A\nTcpExt: 2\n");
		assertThat(file.counters("Tcp")).containsEntry("MaxConn", -1L)
			.containsEntry("RetransSegs", 7L)
			.doesNotContainKeys("Odd", "A");
		assertThat(file.counters("TcpExt")).containsEntry("A", 2L);
		assertThat(file.counters("Udp")).isEmpty();
	}

	@Test
	void whatIsNoNumberIsNone() throws IOException {
		assertThat(file("max\n").number()).isNull();
		assertThat(file(" 42\n").number()).isEqualTo(42);
		assertThat(ProcFile.number("99999999999999999999")).isNull();
		assertThat(ProcFile.bytes("12 MB")).isNull();
	}

	@Test
	void anyBytesCanBeRead() throws IOException {
		Path file = this.directory.resolve("status");
		Files.write(file, new byte[] { 'N', 'a', 'm', 'e', ':', '\t', (byte) 0xff, 'x', '\n' });
		assertThat(new ProcFile(file).fields()).containsEntry("Name", "\uFFFDx");
	}

	@Test
	void whatIsNotThereIsEmpty() {
		ProcFile file = new ProcFile(this.directory.resolve("none"));
		assertThat(file.text()).isNull();
		assertThat(file.lines()).isEmpty();
		assertThat(file.fields()).isEmpty();
		assertThat(file.counters("Tcp")).isEmpty();
	}

	private ProcFile file(String content) throws IOException {
		return new ProcFile(Files.writeString(this.directory.resolve("file"), content));
	}

}
