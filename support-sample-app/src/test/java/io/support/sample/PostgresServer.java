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

package io.support.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.util.FileSystemUtils;

/**
 * A real PostgreSQL server for the tests of a class, from the binaries that are installed
 * on this machine, with its data in a temporary directory. Without binaries the class is
 * skipped. PostgreSQL refuses to run as root: there, it runs as the user
 * {@code postgres}, which the Debian package has made.
 */
final class PostgresServer implements ExecutionCondition, BeforeAllCallback, AfterAllCallback {

	private static final Path INSTALLATIONS = Path.of("/usr/lib/postgresql");

	private static final String USER = "postgres";

	private final boolean root = "root".equals(System.getProperty("user.name"));

	private @Nullable Path directory;

	private int port;

	String url() {
		return "jdbc:postgresql://127.0.0.1:" + this.port + "/postgres";
	}

	String user() {
		return USER;
	}

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		return binaries().map((path) -> ConditionEvaluationResult.enabled("PostgreSQL is in " + path))
			.orElseGet(() -> ConditionEvaluationResult.disabled("No PostgreSQL below " + INSTALLATIONS));
	}

	@Override
	public void beforeAll(ExtensionContext context) throws Exception {
		this.directory = Files.createTempDirectory("support-postgres-");
		if (this.root) {
			UserPrincipal user = this.directory.getFileSystem()
				.getUserPrincipalLookupService()
				.lookupPrincipalByName(USER);
			Files.setOwner(this.directory, user);
		}
		try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			this.port = free.getLocalPort();
		}
		run("initdb", "-D", data(), "-U", USER, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync");
		run("pg_ctl", "-D", data(), "-l", this.directory.resolve("log").toString(), "-w", "-t", "30", "-o",
				"-c listen_addresses=127.0.0.1 -c port=" + this.port + " -c unix_socket_directories=" + this.directory
						+ " -c fsync=off",
				"start");
	}

	@Override
	public void afterAll(ExtensionContext context) throws Exception {
		try {
			run("pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop");
		}
		finally {
			FileSystemUtils.deleteRecursively(this.directory);
		}
	}

	private String data() {
		return String.valueOf(this.directory) + "/data";
	}

	private void run(String program, String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>();
		if (this.root) {
			command.addAll(List.of("runuser", "-u", USER, "--"));
		}
		command.add(binaries().orElseThrow().resolve(program).toString());
		command.addAll(List.of(arguments));
		// To a file and not to a pipe, which the server would inherit and keep open.
		Path output = Files.createTempFile("support-postgres-", ".log");
		try {
			Process process = new ProcessBuilder(command).directory(Path.of("/").toFile())
				.redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.start();
			if (!process.waitFor(60, TimeUnit.SECONDS)) {
				process.destroyForcibly();
				throw new IllegalStateException(command + " did not end: " + Files.readString(output));
			}
			if (process.exitValue() != 0) {
				throw new IllegalStateException(command + " failed: " + Files.readString(output));
			}
		}
		finally {
			Files.delete(output);
		}
	}

	private static Optional<Path> binaries() {
		if (!Files.isDirectory(INSTALLATIONS)) {
			return Optional.empty();
		}
		try (Stream<Path> versions = Files.list(INSTALLATIONS)) {
			return versions.map((version) -> version.resolve("bin"))
				.filter((path) -> Files.isExecutable(path.resolve("postgres"))
						&& Files.isExecutable(path.resolve("initdb")))
				.max(Comparator.naturalOrder());
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

}
