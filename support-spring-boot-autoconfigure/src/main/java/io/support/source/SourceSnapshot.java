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

package io.support.source;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What is shown of the code.
 */
public final class SourceSnapshot {

	/** The classes can be had in full. */
	static final String LINKED = "classes.name";

	private SourceSnapshot() {
	}

	/**
	 * Modules and jars.
	 *
	 * @param loadedClasses how many classes are loaded
	 * @param totalLoadedClasses how many have been since the start
	 * @param unloadedClasses how many are not any more
	 * @param classLoader what loads the application
	 * @param searchUnavailable why loaded classes cannot be searched; {@code null} where
	 * they can
	 * @param dispatched which methods are dispatched, and how often they were called
	 * @param jars the class path
	 * @param modules the modules of the boot layer
	 */
	public record Overview(int loadedClasses, long totalLoadedClasses, long unloadedClasses, String classLoader,
			@Nullable String searchUnavailable, List<?> dispatched, List<Jar> jars, List<JavaModule> modules) {

	}

	/**
	 * A part of the class path.
	 *
	 * @param name its name without the version
	 * @param version its version, as the name of the file says
	 * @param kind {@code jar}, {@code nested} in another jar, or {@code directory}
	 * @param sizeBytes how large the file is
	 * @param sources whether it holds sources
	 * @param location where it is
	 */
	public record Jar(String name, @Nullable String version, String kind, @Nullable Long sizeBytes, boolean sources,
			String location) {

	}

	/**
	 * A module.
	 *
	 * @param name its name
	 * @param version its version
	 * @param packages how many packages it has
	 * @param automatic whether it is a jar without a descriptor
	 */
	public record JavaModule(String name, @Nullable String version, int packages, boolean automatic) {

	}

	/**
	 * What a search has found.
	 *
	 * @param matches how many classes have such a name
	 * @param maxShown how many are shown at the most
	 * @param unavailable why there is no search; {@code null} where there is
	 * @param classes the first of them
	 * @param details which of these can be had in full, and by what
	 */
	public record Search(int matches, int maxShown, @Nullable String unavailable, List<Named> classes, String details) {

	}

	/**
	 * A class.
	 *
	 * @param name its name
	 */
	public record Named(String name) {

	}

	/**
	 * One class.
	 *
	 * @param name its name
	 * @param origin where it comes from
	 * @param file the file of its source, as the class file says
	 * @param line the line that was asked for
	 * @param unavailable why there is no source; {@code null} where there is
	 * @param source the lines of its source, the first one first
	 * @param signature what the class file says of it
	 */
	public record TypeSource(String name, String origin, @Nullable String file, @Nullable Integer line,
			@Nullable String unavailable, List<String> source, List<String> signature) {

	}

}
