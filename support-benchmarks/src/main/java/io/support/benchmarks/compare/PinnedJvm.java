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
 * A JVM with this one's class path, unless its options say more, that is made for one
 * processor. It is ended with this object, and with this JVM at the latest.
 */
public final class PinnedJvm implements AutoCloseable {

	/*
	 * What makes a JVM choose what it would choose on one processor: its collector, its
	 * compilers, the number of its loops and pools.
	 */
	private static final String ONE_PROCESSOR = "-XX:ActiveProcessorCount=1";

	private final Process process;

	private final Thread lastResort;

	private PinnedJvm(Process process) {
		this.process = process;
		this.lastResort = new Thread(process::destroyForcibly);
	}

	/**
	 * Starts a JVM that may use one processor only.
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
		return start(List.of("taskset", "-c", Integer.toString(core)), jdk, options, main, arguments, out, errors);
	}

	/**
	 * Starts a JVM that has all processors until it is {@linkplain #pin pinned}, so that
	 * its compilers do not take from what is measured later.
	 * @param jdk the JDK
	 * @param options options of the JVM
	 * @param main the class to start
	 * @param arguments its arguments
	 * @param out where its standard output goes
	 * @param errors the file for its standard error output
	 * @return the running JVM
	 * @throws IOException if it cannot be started
	 */
	public static PinnedJvm startUnpinned(Jdk jdk, List<String> options, Class<?> main, List<String> arguments,
			Redirect out, Path errors) throws IOException {
		return start(List.of(), jdk, options, main, arguments, out, errors);
	}

	private static PinnedJvm start(List<String> prefix, Jdk jdk, List<String> options, Class<?> main,
			List<String> arguments, Redirect out, Path errors) throws IOException {
		List<String> command = new ArrayList<>(prefix);
		command.addAll(List.of(jdk.java(), ONE_PROCESSOR, "-cp", System.getProperty("java.class.path")));
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
					"Comparisons need taskset (Linux, package util-linux) and kill; this could not be started: "
							+ command,
					ex);
		}
	}

	/**
	 * Leaves it one processor, from now on.
	 * @param core the processor, counted from 0
	 * @throws IOException if it cannot be pinned
	 */
	public void pin(int core) throws IOException {
		tell("taskset", "-a", "-c", "-p", Integer.toString(core));
	}

	/**
	 * Lets it do nothing at all until it is {@linkplain #resume resumed}.
	 * @throws IOException if it cannot be paused
	 */
	void pause() throws IOException {
		tell("kill", "-STOP");
	}

	void resume() throws IOException {
		tell("kill", "-CONT");
	}

	private void tell(String... command) throws IOException {
		List<String> all = new ArrayList<>(List.of(command));
		all.add(Long.toString(this.process.pid()));
		Process telling = start(all, Redirect.DISCARD, Path.of("/dev/null"));
		try {
			if (telling.waitFor() != 0) {
				throw new IOException("Failed, is the process still there? " + all);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("Interrupted while waiting for " + all, ex);
		}
	}

	/**
	 * Returns the process.
	 * @return the process
	 */
	public Process process() {
		return this.process;
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			// One that is paused does not even end.
			resume();
		}
		catch (IOException ex) {
			// It has ended.
		}
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
