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

package io.support.meta.ui;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Records of the same kind as rows and columns. A record inside of a record becomes
 * columns of its own ({@code age.p50Nanos}).
 *
 * @param columns the paths of the columns, the one that names the row first
 * @param rows the values by column
 */
record Grid(List<String> columns, List<Map<String, @Nullable Object>> rows) {

	/** More columns than this are read better one below the other. */
	private static final int MAX_COLUMNS = 20;

	/** The column of the keys, where the records are the values of a map. */
	static final String KEY = "name";

	private static final List<String> NAMES = List.of("name", "id", "method", "address", "meter", "thread", "path",
			"element", "key");

	/**
	 * Lays records out as a grid.
	 * @param list the elements of a list
	 * @return the grid, or {@code null} if the elements are not records of one kind
	 */
	static @Nullable Grid of(Collection<?> list) {
		List<Map<String, @Nullable Object>> rows = new ArrayList<>();
		for (Object element : list) {
			Map<String, @Nullable Object> row = new LinkedHashMap<>();
			if (!(element instanceof Map<?, ?> map) || !flatten("", map, row)) {
				return null;
			}
			rows.add(row);
		}
		return of(rows);
	}

	/**
	 * Lays the records of a map out as a grid, its keys being the names of the rows.
	 * @param map the map
	 * @return the grid, or {@code null} if the values are not at least two records of one
	 * kind
	 */
	static @Nullable Grid of(Map<?, ?> map) {
		if (map.size() < 2) {
			return null;
		}
		List<Map<String, @Nullable Object>> rows = new ArrayList<>();
		for (Map.Entry<?, ?> entry : map.entrySet()) {
			Map<String, @Nullable Object> row = new LinkedHashMap<>();
			row.put(KEY, entry.getKey());
			if (!(entry.getValue() instanceof Map<?, ?> record) || record.containsKey(KEY)
					|| !flatten("", record, row)) {
				return null;
			}
			rows.add(row);
		}
		return of(rows);
	}

	/**
	 * Returns what names a record among its like.
	 * @param record a record
	 * @return its key, or {@code null} if nothing in it looks like a name
	 */
	static @Nullable String nameOf(Map<?, ?> record) {
		return NAMES.stream().filter((name) -> record.get(name) instanceof String).findFirst().orElse(null);
	}

	private static @Nullable Grid of(List<Map<String, @Nullable Object>> rows) {
		Set<String> columns = new LinkedHashSet<>();
		rows.forEach((row) -> columns.addAll(row.keySet()));
		boolean alike = rows.stream().allMatch((row) -> row.size() * 2 > columns.size());
		if (rows.isEmpty() || columns.isEmpty() || columns.size() > MAX_COLUMNS || !alike) {
			return null;
		}
		List<String> ordered = new ArrayList<>(columns);
		String name = nameOf(rows.get(0));
		if (name != null) {
			ordered.remove(name);
			ordered.add(0, name);
		}
		return new Grid(List.copyOf(ordered), rows);
	}

	private static boolean flatten(String prefix, Map<?, ?> record, Map<String, @Nullable Object> row) {
		for (Map.Entry<?, ?> entry : record.entrySet()) {
			Object value = entry.getValue();
			String column = prefix + entry.getKey();
			if (value instanceof Map<?, ?> nested) {
				if (!prefix.isEmpty() || !flatten(column + '.', nested, row)) {
					return false;
				}
			}
			else if (value instanceof List<?> list) {
				if (list.stream().anyMatch((element) -> element instanceof Map || element instanceof List)) {
					return false;
				}
				row.put(column, String.join(", ", list.stream().map(String::valueOf).toList()));
			}
			else {
				row.put(column, value);
			}
		}
		return true;
	}

	/**
	 * Whether a column holds numbers.
	 * @param column the path of the column
	 * @return whether all its values are numbers, as far as there are any
	 */
	boolean isNumeric(String column) {
		return this.rows.stream()
			.map((row) -> row.get(column))
			.allMatch((value) -> value == null || Humanizer.cell(leaf(column), value).isNumber());
	}

	/**
	 * Returns the key of the value itself, where the unit is.
	 * @param column the path of the column
	 * @return its last part
	 */
	static String leaf(String column) {
		return column.substring(column.lastIndexOf('.') + 1);
	}

}
