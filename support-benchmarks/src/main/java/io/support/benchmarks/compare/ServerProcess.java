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

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.support.benchmarks.compare.Contender.Stack;
import io.support.benchmarks.server.BenchmarkServer;

/**
 * A contender's application in a JVM of its own.
 */
final class ServerProcess implements AutoCloseable {

	private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

	private static final List<String> JVM_OPTIONS = List.of("-Xms512m", "-Xmx512m");

	private final Contender contender;

	private final PinnedJvm jvm;

	private final Path portFile;

	private final int port;

	private ServerProcess(Contender contender, PinnedJvm jvm, Path portFile, int port) {
		this.contender = contender;
		this.jvm = jvm;
		this.portFile = portFile;
		this.port = port;
	}

	/**
	 * Starts a server and waits until it listens.
	 * @param contender what to start
	 * @param jdk the JDK that runs it
	 * @param arguments further properties, the same for all contenders
	 * @param site where the jars and the logs are
	 * @return the server
	 * @throws IOException if it does not start
	 */
	static ServerProcess start(Contender contender, Jdk jdk, List<String> arguments, Site site) throws IOException {
		Path portFile = site.logs().resolve("port");
		Files.deleteIfExists(portFile);
		Files.deleteIfExists(managementPortFile(portFile));
		List<String> options = new ArrayList<>(JVM_OPTIONS);
		options.add("-D" + BenchmarkServer.PORT_FILE + "=" + portFile);
		if (contender.stack() == Stack.SERVLET) {
			options.addAll(
					List.of("-cp", System.getProperty("java.class.path") + File.pathSeparator + site.servletJars()));
		}
		List<String> all = new ArrayList<>(
				List.of("--server.port=0", "--server.address=127.0.0.1", "--spring.main.banner-mode=off"));
		all.addAll(contender.stack().arguments());
		all.addAll(contender.arguments());
		all.addAll(arguments);
		Path log = site.logs().resolve("server-" + contender.name() + ".log");
		PinnedJvm jvm = PinnedJvm.startUnpinned(jdk, options, BenchmarkServer.class, all,
				Redirect.appendTo(log.toFile()), site.logs().resolve("server-" + contender.name() + ".err"));
		try {
			return new ServerProcess(contender, jvm, portFile, awaitPort(jvm.process(), portFile, log));
		}
		catch (IOException | RuntimeException ex) {
			jvm.close();
			throw ex;
		}
	}

	private static Path managementPortFile(Path portFile) {
		return portFile.resolveSibling(portFile.getFileName() + "-management");
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

	PinnedJvm jvm() {
		return this.jvm;
	}

	Contender contender() {
		return this.contender;
	}

	URI uri(String path) {
		return uri(this.port, path);
	}

	/**
	 * Returns the URI of something on the management port, which the server must have
	 * been given and no other server must have been started since.
	 * @param path the path
	 * @return the URI
	 * @throws IOException if there is no management port
	 */
	URI managementUri(String path) throws IOException {
		Path file = managementPortFile(this.portFile);
		return uri(awaitPort(this.jvm.process(), file, file), path);
	}

	private static URI uri(int port, String path) {
		return URI.create("http://127.0.0.1:" + port + path);
	}

	ProcessFigures figures() {
		return new ProcessFigures(this.jvm.process().pid());
	}

	@Override
	public void close() {
		this.jvm.close();
	}

}
