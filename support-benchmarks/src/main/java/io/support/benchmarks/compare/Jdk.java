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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * The JDK that runs the servers.
 *
 * @param home its directory
 * @param version its feature version, such as 25
 */
public record Jdk(Path home, int version) {

	private static final int VIRTUAL_THREADS = 21;

	/**
	 * Returns the JDK that runs this.
	 * @return the JDK
	 */
	public static Jdk running() {
		return new Jdk(Path.of(System.getProperty("java.home")), Runtime.version().feature());
	}

	/**
	 * Returns a JDK in a directory.
	 * @param home the directory; empty for the JDK that runs this
	 * @return the JDK
	 * @throws IOException if there is none
	 */
	public static Jdk at(String home) throws IOException {
		if (home.isEmpty()) {
			return running();
		}
		Properties release = new Properties();
		try (var reader = Files.newBufferedReader(Path.of(home, "release"))) {
			release.load(reader);
		}
		String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
		return new Jdk(Path.of(home), Runtime.Version.parse(version).feature());
	}

	/**
	 * Returns whether it has virtual threads.
	 * @return whether it has
	 */
	public boolean hasVirtualThreads() {
		return this.version >= VIRTUAL_THREADS;
	}

	/**
	 * Returns the program that starts a JVM.
	 * @return its path
	 */
	public String java() {
		return this.home.resolve("bin").resolve("java").toString();
	}

}
