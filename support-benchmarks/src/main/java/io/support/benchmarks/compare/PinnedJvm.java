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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM with this one's class path, unless its options say more, that may use one
 * processor only. It is ended with this object, and with this JVM at the latest.
 */
final class PinnedJvm implements AutoCloseable {

	private final Process process;

	private final Thread lastResort;

	private PinnedJvm(Process process) {
		this.process = process;
		this.lastResort = new Thread(process::destroyForcibly);
	}

	/**
	 * Starts a JVM.
	 * @param core the processor, counted from 0
	 * @param jdk the JDK
	 * @param options options of the JVM
	 * @param main the class to start
	 * @param arguments its arguments
	 * @param out where its standard output goes
	 * @param errors the file for its standard error output
	 * @return the running JVM
	 * @throws IOException if it cannot be started
	 */
	static PinnedJvm start(int core, Jdk jdk, List<String> options, Class<?> main, List<String> arguments, Redirect out,
			Path errors) throws IOException {
		List<String> command = new ArrayList<>(List.of("taskset", "-c", Integer.toString(core), jdk.java(), "-cp",
				System.getProperty("java.class.path")));
		command.addAll(options);
		command.add(main.getName());
		command.addAll(arguments);
		PinnedJvm jvm = new PinnedJvm(start(command, out, errors));
		Runtime.getRuntime().addShutdownHook(jvm.lastResort);
		return jvm;
	}

	private static Process start(List<String> command, Redirect out, Path errors) throws IOException {
		try {
			return new ProcessBuilder(command).redirectOutput(out).redirectError(errors.toFile()).start();
		}
		catch (IOException ex) {
			throw new IOException(
					"Comparisons pin their processes with taskset (Linux, package util-linux), which could"
							+ " not be started: " + command,
					ex);
		}
	}

	Process process() {
		return this.process;
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			if (!this.process.waitFor(5, TimeUnit.SECONDS)) {
				this.process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
			}
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
		Runtime.getRuntime().removeShutdownHook(this.lastResort);
	}

}
