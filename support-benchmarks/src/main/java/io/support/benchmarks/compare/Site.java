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
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Where things are.
 *
 * @param logs the directory for what a comparison leaves behind
 * @param build the directory with the jar of this module
 */
public record Site(Path logs, Path build) {

	/**
	 * Returns where a comparison is.
	 * @param logs the directory for what it leaves behind; empty for the usual one
	 * @param comparison its name
	 * @return the site; the directory is there
	 * @throws IOException if it cannot be made
	 */
	public static Site of(String logs, String comparison) throws IOException {
		Path build = whereTheJarIs();
		Path directory = logs.isEmpty() ? build.resolve("comparisons").resolve(comparison) : Path.of(logs);
		return new Site(Files.createDirectories(directory.toAbsolutePath()), build);
	}

	private static Path whereTheJarIs() throws IOException {
		try {
			URI code = Site.class.getProtectionDomain().getCodeSource().getLocation().toURI();
			return Objects.requireNonNull(Path.of(code).getParent());
		}
		catch (URISyntaxException ex) {
			throw new IOException(ex);
		}
	}

	/**
	 * Returns what a contender on a servlet container has on its class path beyond the
	 * others.
	 * @return a class path
	 * @throws IOException if the jars are not there
	 */
	String servletJars() throws IOException {
		return jars("lib-servlet");
	}

	/**
	 * Returns jars that only some contenders have on their class path.
	 * @param directory the directory below the one with the jar of this module
	 * @return a class path
	 * @throws IOException if the jars are not there
	 */
	public String jars(String directory) throws IOException {
		Path jars = this.build.resolve(directory);
		if (!Files.isDirectory(jars)) {
			throw new IOException("There must be jars in " + jars + ": build with mvnw package");
		}
		return jars.resolve("*").toString();
	}

}
