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

package io.support.socket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Supplier;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.util.FileSystemUtils;

/**
 * A real server for the tests of a class, from a program that is installed on this
 * machine, with its data in a temporary directory. Without the program the class is
 * skipped.
 */
final class ServerProcess implements ExecutionCondition, BeforeAllCallback, AfterAllCallback {

	private final String name;

	private final Supplier<Boolean> installed;

	private final BiFunction<Integer, Path, List<String>> command;

	private Path directory;

	private Process process;

	private int port;

	private ServerProcess(String name, Supplier<Boolean> installed, BiFunction<Integer, Path, List<String>> command) {
		this.name = name;
		this.installed = installed;
		this.command = command;
	}

	static ServerProcess redis() {
		Path program = Path.of("/usr/bin/redis-server");
		return new ServerProcess("Redis", () -> Files.isExecutable(program),
				(port, directory) -> List.of(program.toString(), "--port", port.toString(), "--bind", "127.0.0.1",
						"--dir", directory.toString(), "--save", "", "--appendonly", "no"));
	}

	/**
	 * A mail server that puts all mail into the directory {@code mail}.
	 */
	static ServerProcess smtp() {
		// The Python for which the distribution has the package.
		String python = "/usr/bin/python3";
		return new ServerProcess("aiosmtpd",
				() -> Files.isDirectory(Path.of("/usr/lib/python3/dist-packages/aiosmtpd")),
				(port, directory) -> List.of(python, "-m", "aiosmtpd", "-n", "-l", "127.0.0.1:" + port, "-c",
						"aiosmtpd.handlers.Mailbox", directory.resolve("mail").toString()));
	}

	int port() {
		return this.port;
	}

	Path directory() {
		return this.directory;
	}

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		return this.installed.get() ? ConditionEvaluationResult.enabled(this.name + " is installed")
				: ConditionEvaluationResult.disabled("No " + this.name + " on this machine");
	}

	@Override
	public void beforeAll(ExtensionContext context) throws Exception {
		this.directory = Files.createTempDirectory("support-server-");
		try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			this.port = free.getLocalPort();
		}
		this.process = new ProcessBuilder(this.command.apply(this.port, this.directory))
			.directory(this.directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(this.directory.resolve("log").toFile())
			.start();
		Awaitility.await().atMost(30, TimeUnit.SECONDS).until(this::isListening);
	}

	private boolean isListening() throws IOException {
		if (!this.process.isAlive()) {
			throw new IllegalStateException(
					this.name + " has ended: " + Files.readString(this.directory.resolve("log")));
		}
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port), 1000);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Override
	public void afterAll(ExtensionContext context) throws Exception {
		try {
			if (this.process != null) {
				this.process.destroy();
				if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
					this.process.destroyForcibly().waitFor();
				}
			}
		}
		finally {
			FileSystemUtils.deleteRecursively(this.directory);
		}
	}

}
