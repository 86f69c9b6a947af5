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

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Weights by name, for a bounded number of names; what comes later under others is one
 * row. For one thread.
 */
final class Tally {

	static final int MAX_NAMES = 4096;

	private static final int MAX_ROWS = 50;

	private final Map<String, Entry> entries = new HashMap<>();

	/**
	 * Adds to a name.
	 * @param name the name
	 * @param weight how much
	 * @param remark what is to be said of the name if this is the most so far;
	 * {@code null} for nothing
	 */
	void add(String name, long weight, @Nullable String remark) {
		String place = (this.entries.size() < MAX_NAMES || this.entries.containsKey(name)) ? name : "others";
		this.entries.computeIfAbsent(place, (key) -> new Entry(key)).add(weight, remark);
	}

	/**
	 * Returns the names with the most.
	 * @param key what the name is called in a row
	 * @param remarkKey what the remark is called; {@code null} for rows without
	 * @param counted what is counted
	 * @param unit what the weights are
	 * @return a row for each, the one with most first
	 */
	List<Map<String, Object>> rows(String key, @Nullable String remarkKey, String counted, ProfileUnit unit) {
		long all = this.entries.values().stream().mapToLong((entry) -> entry.total).sum();
		List<Entry> sorted = new ArrayList<>(this.entries.values());
		sorted.sort(Comparator.comparingLong((Entry entry) -> entry.total).reversed());
		return sorted.stream().limit(MAX_ROWS).map((entry) -> {
			Map<String, Object> row = new LinkedHashMap<>();
			row.put(key, entry.name);
			row.put(counted, entry.count);
			row.put("total" + unit.suffix(), entry.total);
			row.put("totalRatio", Hotspots.ratio(entry.total, all));
			if (remarkKey != null) {
				row.put("longest" + unit.suffix(), entry.most);
				row.put(remarkKey, (entry.remark != null) ? entry.remark : "");
			}
			return row;
		}).toList();
	}

	private static final class Entry {

		private final String name;

		private long count;

		private long total;

		private long most;

		private @Nullable String remark;

		Entry(String name) {
			this.name = name;
		}

		void add(long weight, @Nullable String remark) {
			this.count++;
			this.total += weight;
			if (weight >= this.most) {
				this.most = weight;
				this.remark = remark;
			}
		}

	}

}
