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

package io.support.meta.endpoint;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a result of the profiler can be had as, to be read by other tools.
 */
enum ProfileDownload {

	/**
	 * A line of text for each stack.
	 */
	COLLAPSED("collapsed.txt"),

	/**
	 * JSON for speedscope.
	 */
	SPEEDSCOPE("speedscope.json"),

	/**
	 * The recording itself.
	 */
	JFR("jfr");

	/** Ids of results are made by the profiler: nothing else gets into a file's name. */
	private static final String ID = "{id:[a-z]+-[0-9]+}";

	private final String extension;

	ProfileDownload(String extension) {
		this.extension = extension;
	}

	static Optional<ProfileDownload> of(String name) {
		return Arrays.stream(values()).filter((download) -> download.externalName().equals(name)).findFirst();
	}

	String externalName() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Returns where files are.
	 * @param root the path of the endpoint
	 * @return the ends of their names, by the patterns of their paths
	 */
	static Map<String, String> paths(String root) {
		Map<String, String> paths = new LinkedHashMap<>();
		for (ProfileDownload download : values()) {
			paths.put(root + '/' + ID + '/' + download.externalName(), download.extension);
		}
		return paths;
	}

}
