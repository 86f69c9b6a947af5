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

package io.support.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A second JVM with the class path of the tests, from its start to its end.
 */
public final class JavaProcess {

	private static final int TIMEOUT_SECONDS = 50;

	private JavaProcess() {
	}

	/**
	 * Runs a class, which must end by itself and well.
	 * @param main the class with the main method
	 * @param options options of the JVM
	 * @param arguments arguments of the main method
	 * @return the lines of its output
	 * @throws IOException if it could not be started
	 * @throws InterruptedException if this thread was interrupted
	 */
	public static List<String> run(Class<?> main, List<String> options, String... arguments)
			throws IOException, InterruptedException {
		return run(main, options, Map.of(), arguments);
	}

	/**
	 * Runs a class, which must end by itself and well.
	 * @param main the class with the main method
	 * @param options options of the JVM
	 * @param environment variables that it has beside those of this process
	 * @param arguments arguments of the main method
	 * @return the lines of its output
	 * @throws IOException if it could not be started
	 * @throws InterruptedException if this thread was interrupted
	 */
	public static List<String> run(Class<?> main, List<String> options, Map<String, String> environment,
			String... arguments) throws IOException, InterruptedException {
		Path output = Files.createTempFile(main.getSimpleName(), ".out");
		try {
			ProcessBuilder builder = new ProcessBuilder(command(main, options, arguments)).redirectErrorStream(true)
				.redirectOutput(output.toFile());
			builder.environment().putAll(environment);
			Process process = builder.start();
			try {
				boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
				String text = Files.readString(output);
				if (!ended || process.exitValue() != 0) {
					throw new IllegalStateException((ended ? "Ended badly: " : "Did not end: ") + text);
				}
				return text.lines().toList();
			}
			finally {
				process.destroyForcibly();
			}
		}
		finally {
			Files.delete(output);
		}
	}

	private static List<String> command(Class<?> main, List<String> options, String... arguments) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(options);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
		command.addAll(List.of(arguments));
		return command;
	}

}
