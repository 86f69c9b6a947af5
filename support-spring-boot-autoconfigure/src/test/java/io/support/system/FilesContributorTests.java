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
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.support.context.SocketOwner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FilesContributor}, on what this process has open.
 */
class FilesContributorTests {

	private final List<SocketOwner> owners = new ArrayList<>();

	/** Reading takes no time, so nothing is kept. */
	private final AtomicLong nanos = new AtomicLong();

	private final FilesContributor files = new FilesContributor(this.owners::stream, this.nanos::get);

	@Test
	void connectionHasBothOfItsEnds() throws IOException {
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
				Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
				Socket accepted = server.accept()) {
			client.getOutputStream().write(new byte[3]);
			List<FilesContributor.Descriptor> open = this.files.snapshot().descriptors();
			assertThat(open).filteredOn((one) -> ends(one, server.getLocalPort(), client.getLocalPort()))
				.singleElement()
				.satisfies((one) -> {
					assertThat(one.kind()).startsWith("tcp");
					assertThat(one.state()).isEqualTo("established");
					assertThat(one.unreadBytes()).isEqualTo(3);
				});
			assertThat(open).filteredOn((one) -> ends(one, client.getLocalPort(), server.getLocalPort()))
				.singleElement()
				.satisfies((one) -> assertThat(one.remote()).contains("127.0.0.1:" + accepted.getLocalPort()));
			assertThat(open).filteredOn((one) -> "listening".equals(one.state()))
				.anySatisfy((one) -> assertThat(one.local()).endsWith(":" + server.getLocalPort()));
		}
	}

	@Test
	void socketsBelongToThoseWhoKnowThem() throws IOException {
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
				Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
				Socket accepted = server.accept()) {
			this.owners.add((sockets) -> {
				sockets.add(client.getLocalSocketAddress(), client.getRemoteSocketAddress(), "group pay");
				sockets.add(new InetSocketAddress(server.getLocalPort()), null, "server");
				sockets.add(null, client.getRemoteSocketAddress(), "nobody");
				sockets.add(new InetSocketAddress(0), null, "nobody");
			});
			List<FilesContributor.Descriptor> open = this.files.snapshot().descriptors();
			assertThat(open).filteredOn((one) -> ends(one, client.getLocalPort(), server.getLocalPort()))
				.singleElement()
				.satisfies((one) -> assertThat(one.owner()).isEqualTo("group pay"));
			assertThat(open).filteredOn((one) -> ends(one, accepted.getLocalPort(), accepted.getPort()))
				.singleElement()
				.satisfies((one) -> assertThat(one.owner()).isEqualTo("server"));
			assertThat(open).filteredOn((one) -> "listening".equals(one.state()))
				.filteredOn((one) -> one.local() != null && one.local().endsWith(":" + server.getLocalPort()))
				.singleElement()
				.satisfies((one) -> assertThat(one.owner()).isEqualTo("server"));
			assertThat(open).noneMatch((one) -> "nobody".equals(one.owner()));
		}
	}

	@Test
	void addressOfBothFamiliesIsTheSame() {
		byte[] mapped = new byte[16];
		mapped[10] = -1;
		mapped[11] = -1;
		mapped[12] = 127;
		mapped[15] = 1;
		SocketOwners owned = SocketOwners.of(Stream.of((sockets) -> {
			sockets.add(new InetSocketAddress(inet6(mapped), 8080), new InetSocketAddress(inet6(mapped), 4711), "four");
			byte[] local = new byte[16];
			local[0] = (byte) 0xfe;
			local[1] = (byte) 0x80;
			local[15] = 1;
			sockets.add(new InetSocketAddress(inet6(local), 80), new InetSocketAddress(inet6(local), 81), "six");
		}));
		assertThat(owned.find("127.0.0.1:8080", "127.0.0.1:4711")).isEqualTo("four");
		assertThat(owned.find("[fe80:0:0:0:0:0:0:1]:80", "[fe80:0:0:0:0:0:0:1]:81")).isEqualTo("six");
		assertThat(owned.find("127.0.0.1:8080", null)).isNull();
	}

	private static InetAddress inet6(byte[] address) {
		try {
			return Inet6Address.getByAddress(null, address, 2);
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	@Test
	void fileHasItsPath(@TempDir Path directory) throws IOException {
		Path file = directory.resolve("a file: [1]");
		try (var open = Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
			assertThat(open.isOpen()).isTrue();
			FilesContributor.Snapshot snapshot = this.files.snapshot();
			assertThat(snapshot.descriptors()).anySatisfy((one) -> {
				assertThat(one.kind()).isEqualTo("file");
				assertThat(one.target()).isEqualTo(file.toString());
			});
			assertThat(snapshot.kinds()).anySatisfy((kind) -> {
				assertThat(kind.kind()).isEqualTo("file");
				assertThat(kind.open()).isPositive();
			});
			assertThat(snapshot.open()).isGreaterThanOrEqualTo(snapshot.descriptors().size());
		}
	}

	@Test
	void whereNothingIsKnownItSaysWhy(@TempDir Path directory) {
		FilesContributor.Snapshot snapshot = new FilesContributor(directory, Stream::empty, () -> 0).snapshot();
		assertThat(snapshot.open()).isNull();
		assertThat(snapshot.descriptors()).isEmpty();
		assertThat(snapshot.unavailable()).startsWith(directory.resolve("fd") + " cannot be read");
	}

	@Test
	void addressesOfBothFamiliesAreReadable(@TempDir Path directory) throws IOException {
		String head = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
		Files.writeString(directory.resolve("tcp"), head
				+ "   0: 0100007F:1F90 0200000A:01BB 01 00000010:00000003 00:00000000 00000000     0        0 4711 1\n");
		Files.writeString(directory.resolve("tcp6"), head
				+ "   0: B80D0120000000000000000001000000:0050 00000000000000000000000000000000:0000 0A 00000000:00000000 "
				+ "00:00000000 00000000     0        0 4712 1\n");
		Files.writeString(directory.resolve("udp"), "not what it was\n?\n");
		SocketTable table = SocketTable.read(directory);
		assertThat(table.get("4711"))
			.isEqualTo(new SocketTable.Entry("tcp", "127.0.0.1:8080", "10.0.0.2:443", "established", 16, 3));
		assertThat(table.get("4712"))
			.isEqualTo(new SocketTable.Entry("tcp6", "[2001:db8:0:0:0:0:0:1]:80", null, "listening", 0, 0));
		assertThat(table.get("4713")).isNull();
	}

	private static boolean ends(FilesContributor.Descriptor one, int local, int remote) {
		return one.local() != null && one.remote() != null && one.local().endsWith(":" + local)
				&& one.remote().endsWith(":" + remote);
	}

}
