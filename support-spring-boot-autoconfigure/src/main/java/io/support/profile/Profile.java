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

package io.support.profile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one run of the profiler has found. Immutable and thread-safe.
 */
public final class Profile {

	private final String id;

	private final Map<String, Object> summary;

	private final List<String> remarks;

	private final Map<String, Object> tables;

	private final Map<String, Object> hottest;

	private final ProfileFormats formats;

	Profile(String id, Map<String, Object> summary, List<String> remarks, Map<String, Object> tables,
			Map<String, Object> hottest, ProfileFormats formats) {
		this.id = id;
		this.summary = summary;
		this.remarks = remarks;
		this.tables = tables;
		this.hottest = hottest;
		this.formats = formats;
	}

	/**
	 * Returns what the profile is called.
	 * @return the kind and the number of the run, such as {@code cpu-3}
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Returns the profile for a page: what was recorded, and the methods, threads and
	 * lines with the most. Numbers have their units at the ends of their names.
	 * @return maps, lists, texts, times and numbers
	 */
	public Map<String, Object> facts() {
		Map<String, Object> facts = new LinkedHashMap<>(this.summary);
		if (!this.remarks.isEmpty()) {
			facts.put("remarks", this.remarks);
		}
		facts.putAll(this.tables);
		return facts;
	}

	/**
	 * Returns the profile as one row of a table.
	 * @return what was recorded, and the method with the most
	 */
	Map<String, Object> row() {
		Map<String, Object> row = new LinkedHashMap<>();
		row.put("id", this.id);
		List.of("startedAt", "recordedNanos", "source", "frames")
			.forEach((name) -> row.put(name, this.summary.getOrDefault(name, "")));
		row.put("hottest", this.hottest.getOrDefault("method", ""));
		row.put("selfRatio", this.hottest.getOrDefault("selfRatio", 0));
		return row;
	}

	/**
	 * Returns the stacks as text: a line for each with its frames, the outermost first
	 * and separated by semicolons, a space and its weight. What is no method, such as the
	 * threads at the beginning, is in brackets.
	 * @return the heaviest stacks first, 16 million characters at most
	 */
	public String collapsed() {
		return this.formats.collapsed();
	}

	/**
	 * Returns the stacks as speedscope reads them.
	 * @return maps, lists, texts and numbers, to be written as JSON
	 */
	public Map<String, Object> speedscope() {
		return this.formats.speedscope();
	}

	/**
	 * Returns the whole tree of stacks, depth first: the frames by number with their
	 * kinds, and of every node its frame, its level and its weight.
	 * @return maps, lists, texts and numbers, to be written as JSON
	 */
	public Map<String, Object> flame() {
		return this.formats.flame();
	}

}
