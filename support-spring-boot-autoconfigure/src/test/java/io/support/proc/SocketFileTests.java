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
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link SocketFile}.
 */
class SocketFileTests {

	private static final String HEAD = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid"
			+ "  timeout inode\n";

	@TempDir
	private Path directory;

	@Test
	void everySocketIsToldOfWhereverTheBufferEnds() throws IOException {
		List<String> written = new ArrayList<>();
		for (int i = 0; i < 1000; i++) {
			written.add(String.format(
					"%4d: 0100007F:1F90 0100007F:%04X %02X 00000000:00000000 00:00000000 00000000"
							+ "  1000        0 %d 1 0000000000000000 20%s",
					i, i, 1 + i % 12, 100_000 + i, " ".repeat(i % 31)));
		}
		List<String> lines = new ArrayList<>();
		List<Integer> states = new ArrayList<>();
		List<Long> inodes = new ArrayList<>();
		int count = SocketFile.read(write(HEAD + String.join("\n", written) + '\n'), (socket) -> {
			lines.add(socket.text());
			states.add(socket.state());
			inodes.add(socket.inode());
		});
		assertThat(count).isEqualTo(1000);
		assertThat(lines).isEqualTo(written);
		assertThat(states).startsWith(1, 2, 3).contains(10, 12).hasSize(1000);
		assertThat(inodes).startsWith(100_000L).endsWith(100_999L).doesNotHaveDuplicates();
	}

	@Test
	void whatIsNoSocketHasNoNumbers() throws IOException {
		List<Long> numbers = new ArrayList<>();
		SocketFile.read(write(HEAD + "\n   \n1: a b\nwhat is this, and why is it here at all\n"), (socket) -> {
			numbers.add(socket.inode());
			numbers.add((long) socket.state());
		});
		assertThat(numbers).hasSize(8).containsOnly(0L, 0xaL);
	}

	@Test
	void headAloneAndNothingAtAllAreNoSockets() throws IOException {
		for (String text : List.of("", HEAD)) {
			assertThat(SocketFile.read(write(text), (socket) -> assertThat(socket).isNull())).isZero();
		}
	}

	@Test
	void moreSocketsThanAreReadAreLeftOut() throws IOException {
		int[] told = { 0 };
		String text = HEAD + "0: 0 0 01 0 0 0 0 0 7\n".repeat(SocketFile.MAX_SOCKETS + 10);
		assertThat(SocketFile.read(write(text), (socket) -> told[0]++)).isEqualTo(SocketFile.MAX_SOCKETS);
		assertThat(told[0]).isEqualTo(SocketFile.MAX_SOCKETS);
	}

	@Test
	void lineWithoutEndIsNoSocket() throws IOException {
		Path file = write(HEAD + "x".repeat(10_000));
		assertThatIOException().isThrownBy(() -> SocketFile.read(file, (socket) -> {
		})).withMessageContaining("8192");
		assertThatIOException().isThrownBy(() -> SocketFile.read(this.directory.resolve("none"), (socket) -> {
		}));
	}

	private Path write(String text) throws IOException {
		return Files.writeString(this.directory.resolve("tcp"), text);
	}

}
