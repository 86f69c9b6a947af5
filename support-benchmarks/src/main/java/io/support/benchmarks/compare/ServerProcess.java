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

package io.support.benchmarks.compare;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.support.benchmarks.server.BenchmarkServer;

/**
 * A contender's application in a JVM of its own on one processor.
 */
final class ServerProcess implements AutoCloseable {

	private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

	private static final List<String> JVM_OPTIONS = List.of("-Xms512m", "-Xmx512m");

	private final PinnedJvm jvm;

	private final int port;

	private ServerProcess(PinnedJvm jvm, int port) {
		this.jvm = jvm;
		this.port = port;
	}

	/**
	 * Starts a server and waits until it listens.
	 * @param contender what to start
	 * @param core the processor, counted from 0
	 * @param rounds how many rounds of work a request is
	 * @param logs the directory for its output
	 * @return the server
	 * @throws IOException if it does not start
	 */
	static ServerProcess start(Contender contender, int core, long rounds, Path logs) throws IOException {
		Path portFile = logs.resolve("port");
		Files.deleteIfExists(portFile);
		List<String> options = new ArrayList<>(JVM_OPTIONS);
		options.add("-D" + BenchmarkServer.PORT_FILE + "=" + portFile);
		List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--server.address=127.0.0.1",
				"--spring.main.banner-mode=off", "--benchmark.rounds=" + rounds));
		arguments.addAll(contender.arguments());
		Path log = logs.resolve("server-" + contender.name() + ".log");
		PinnedJvm jvm = PinnedJvm.start(core, options, contender.application(), arguments,
				Redirect.appendTo(log.toFile()), logs.resolve("server-" + contender.name() + ".err"));
		try {
			return new ServerProcess(jvm, awaitPort(jvm.process(), portFile, log));
		}
		catch (IOException | RuntimeException ex) {
			jvm.close();
			throw ex;
		}
	}

	private static int awaitPort(Process process, Path portFile, Path log) throws IOException {
		for (long waited = 0; waited < START_TIMEOUT.toMillis() && isAlive(process); waited += 50) {
			String port = Files.exists(portFile) ? Files.readString(portFile).trim() : "";
			if (!port.isEmpty()) {
				return Integer.parseInt(port);
			}
		}
		throw new IOException("The server did not start; see " + log);
	}

	private static boolean isAlive(Process process) throws IOException {
		try {
			return !process.waitFor(50, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("Interrupted while the server was starting", ex);
		}
	}

	URI uri(String path) {
		return URI.create("http://127.0.0.1:" + this.port + path);
	}

	@Override
	public void close() {
		this.jvm.close();
	}

}
