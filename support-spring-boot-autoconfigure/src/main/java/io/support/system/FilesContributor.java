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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.support.context.ContextContributor;
import io.support.context.SocketOwner;

/**
 * What the process has open, on Linux: files, sockets with both of their ends, pipes, and
 * what the kernel keeps behind other descriptors. Reads a link for each of them.
 */
public final class FilesContributor implements ContextContributor {

	/** So many are shown; all are counted. */
	static final int MAX_SHOWN = 2048;

	private static final String FILE = "file";

	private static final String SOCKET = "socket";

	/** Such as {@code socket:[4711]} or {@code anon_inode:[eventpoll]}. */
	private static final Pattern SPECIAL = Pattern.compile("(\\w+):\\[?([^]]*)]?");

	private final Path process;

	private final Supplier<Stream<SocketOwner>> owners;

	private final Rested<Open> open;

	/**
	 * Creates a contributor for this process.
	 * @param owners gives those who know to what sockets belong, asked each time
	 * @param nanoTime the time in nanoseconds
	 */
	public FilesContributor(Supplier<Stream<SocketOwner>> owners, LongSupplier nanoTime) {
		this(Path.of("/proc/self"), owners, nanoTime);
	}

	FilesContributor(Path process, Supplier<Stream<SocketOwner>> owners, LongSupplier nanoTime) {
		this.process = process;
		this.owners = owners;
		this.open = new Rested<>(this::look, nanoTime);
	}

	@Override
	public String name() {
		return "files";
	}

	@Override
	public Snapshot snapshot() {
		Path directory = this.process.resolve("fd");
		if (!Files.isReadable(directory)) {
			return Snapshot.unavailable(directory + " cannot be read: what is open is known on Linux only");
		}
		try {
			Rested.Aged<Open> open = this.open.get();
			return new Snapshot(open.value().count(), MAX_SHOWN, open.ageMillis(), open.value().kinds(),
					open.value().descriptors(), null);
		}
		catch (UncheckedIOException ex) {
			return Snapshot.unavailable(directory + " cannot be read: " + ex.getMessage());
		}
	}

	private Open look() {
		SocketTable sockets = SocketTable.read(this.process.resolve("net"));
		SocketOwners owned = SocketOwners.of(this.owners.get());
		Map<String, Integer> kinds = new TreeMap<>();
		List<Descriptor> descriptors = new ArrayList<>();
		int open = 0;
		try (Stream<Path> links = Files.list(this.process.resolve("fd"))) {
			for (Path link : links.sorted(Comparator.comparing(FilesContributor::number)).toList()) {
				String target = target(link);
				if (target == null) {
					continue;
				}
				open++;
				kinds.merge(kind(target, sockets), 1, Integer::sum);
				if (descriptors.size() < MAX_SHOWN) {
					descriptors.add(descriptor(number(link), target, sockets, owned));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex.getMessage(), ex);
		}
		List<Kind> counts = kinds.entrySet()
			.stream()
			.map((entry) -> new Kind(entry.getKey(), entry.getValue()))
			.toList();
		return new Open(open, counts, List.copyOf(descriptors));
	}

	private static int number(Path link) {
		return Integer.parseInt(link.getFileName().toString());
	}

	/*
	 * Null if it has been closed meanwhile.
	 */
	private static @Nullable String target(Path link) {
		try {
			return Files.readSymbolicLink(link).toString();
		}
		catch (IOException ex) {
			return null;
		}
	}

	private static String kind(String target, SocketTable sockets) {
		Matcher special = SPECIAL.matcher(target);
		if (!special.matches()) {
			return FILE;
		}
		if (special.group(1).equals(SOCKET)) {
			String protocol = sockets.protocol(special.group(2));
			return (protocol != null) ? protocol : SOCKET;
		}
		return special.group(1).equals("anon_inode") ? special.group(2) : special.group(1);
	}

	private static Descriptor descriptor(int fd, String target, SocketTable sockets, SocketOwners owned) {
		String kind = kind(target, sockets);
		if (kind.equals(FILE)) {
			return new Descriptor(fd, kind, target, null, null, null, null, null, null);
		}
		Matcher special = SPECIAL.matcher(target);
		SocketTable.Entry socket = (special.matches() && special.group(1).equals(SOCKET))
				? sockets.get(special.group(2)) : null;
		return (socket != null) ? new Descriptor(fd, kind, null, socket.local(), socket.remote(),
				owned.find(socket.local(), socket.remote()), socket.state(), socket.unsentBytes(), socket.unreadBytes())
				: new Descriptor(fd, kind, null, null, null, null, null, null, null);
	}

	private record Open(int count, List<Kind> kinds, List<Descriptor> descriptors) {

	}

	/**
	 * What is open at one moment.
	 *
	 * @param open how many descriptors; {@code null} where that is not known
	 * @param maxShown how many are shown at the most
	 * @param ageMillis how long ago that was; it is not looked at again until some time
	 * has passed, the more the longer it took
	 * @param kinds how many there are of each kind
	 * @param descriptors each of them, by number
	 * @param unavailable why nothing is known; {@code null} where something is
	 */
	public record Snapshot(@Nullable Integer open, int maxShown, @Nullable Long ageMillis, List<Kind> kinds,
			List<Descriptor> descriptors, @Nullable String unavailable) {

		private static Snapshot unavailable(String reason) {
			return new Snapshot(null, MAX_SHOWN, null, List.of(), List.of(), reason);
		}

	}

	/**
	 * How many there are of a kind.
	 *
	 * @param kind the kind: {@code file}, {@code tcp6}, {@code eventpoll}
	 * @param open how many
	 */
	public record Kind(String kind, int open) {

	}

	/**
	 * One descriptor.
	 *
	 * @param fd its number
	 * @param kind what it is
	 * @param target what a file descriptor leads to: the path of a file
	 * @param local the own end of a socket
	 * @param remote the other end, if it has one
	 * @param owner to what a socket belongs, where that is known
	 * @param state what TCP does
	 * @param unsentBytes what is to be sent, or has not been acknowledged
	 * @param unreadBytes what has come and nobody has read; of one that listens, the
	 * connections that nobody has accepted
	 */
	public record Descriptor(int fd, String kind, @Nullable String target, @Nullable String local,
			@Nullable String remote, @Nullable String owner, @Nullable String state, @Nullable Long unsentBytes,
			@Nullable Long unreadBytes) {

	}

}
