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
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Records of one kind as rows and columns. A record inside of a record becomes columns of
 * its own ({@code age.p50Nanos}), a map of texts becomes one text, and a column in which
 * nothing has a value is left out.
 *
 * @param title what it is a part of; empty for a whole
 * @param columns the columns, the one that names the row first
 * @param rows a cell for each column
 * @param size how many rows there are, those included that are not shown
 */
record Grid(String title, List<Column> columns, List<List<Cell>> rows, int size) {

	/** A page of more rows than this is of no use to a person; JSON has them all. */
	static final int MAX_ROWS = 200;

	/**
	 * Nor has a table more cells than this, unless it is a short one: it is loaded often.
	 */
	static final int MAX_CELLS = 1000;

	static final int SHORT = 50;

	/** More columns than this are read better one below the other. */
	private static final int MAX_COLUMNS = 20;

	/**
	 * With more columns than this, those that belong together have a table of their own.
	 */
	private static final int WIDE_COLUMNS = 10;

	/** Records with more values than this are no records of one kind. */
	private static final int MAX_VALUES = 100;

	/** What else names a row, where names are not enough. */
	private static final String TAGS = "tags";

	/** A single record is read better as facts if it has fewer columns than this. */
	private static final int FEW_COLUMNS = 5;

	private static final List<String> NAMES = List.of("name", "id", "method", "address", "meter", "thread", "path",
			"element", "key", "page");

	/**
	 * Lays a structure out as a grid.
	 * @param value a list of records, a list of such lists, or a map of records
	 * @return the grid, or {@code null} if these are not records of one kind
	 */
	static @Nullable Grid of(@Nullable Object value) {
		if (value instanceof Map<?, ?> map) {
			Grid grid = ofEntries(map);
			return (grid != null && (map.size() > 1 || grid.columns.size() >= FEW_COLUMNS)) ? grid : null;
		}
		return (value instanceof List<?> list) ? ofElements(list) : null;
	}

	private static @Nullable Grid ofEntries(Map<?, ?> map) {
		Rows rows = new Rows();
		for (Map.Entry<?, ?> entry : map.entrySet()) {
			if (!rows.add("name", entry.getKey(), entry.getValue())) {
				return null;
			}
		}
		return rows.grid();
	}

	private static @Nullable Grid ofElements(List<?> list) {
		Rows rows = new Rows();
		int number = 0;
		for (Object element : list) {
			number++;
			boolean added = (element instanceof Collection<?> inner && !inner.isEmpty())
					? rows.addAll("#", number, inner) : rows.add(null, null, element);
			if (!added) {
				return null;
			}
		}
		return rows.grid();
	}

	/**
	 * Returns what names a record among its like.
	 * @param record a record
	 * @return its key, or {@code null} if nothing in it looks like a name
	 */
	static @Nullable String nameOf(Map<?, ?> record) {
		return NAMES.stream().filter((name) -> record.get(name) instanceof String).findFirst().orElse(null);
	}

	/**
	 * Whether some columns belong together under one heading.
	 * @return whether there is a record inside of the records
	 */
	boolean isGrouped() {
		return this.columns.stream().anyMatch((column) -> !column.group().isEmpty());
	}

	/**
	 * Divides a wide grid into narrow ones: that of the records' own values, and one for
	 * each record inside of them, whose rows are named again and left out where they have
	 * nothing.
	 * @return the parts, this grid alone if it is narrow
	 */
	List<Grid> parts() {
		if (this.columns.size() <= WIDE_COLUMNS || !isGrouped()) {
			return List.of(this);
		}
		List<Integer> names = new ArrayList<>();
		Map<String, List<Integer>> groups = new LinkedHashMap<>();
		groups.put("", new ArrayList<>());
		for (int i = 0; i < this.columns.size(); i++) {
			Column column = this.columns.get(i);
			if (column.group().isEmpty() && ((names.isEmpty() && !column.numeric()) || column.path().equals(TAGS))) {
				names.add(i);
			}
			else {
				groups.computeIfAbsent(column.group(), (key) -> new ArrayList<>()).add(i);
			}
		}
		List<Grid> parts = new ArrayList<>();
		groups.forEach((title, group) -> {
			if (!group.isEmpty()) {
				parts.add(part(title, names, group));
			}
		});
		return parts;
	}

	private Grid part(String title, List<Integer> names, List<Integer> group) {
		List<Integer> chosen = new ArrayList<>(names);
		chosen.addAll(group);
		List<List<Cell>> rows = this.rows.stream()
			.filter((row) -> group.stream().anyMatch((i) -> row.get(i).kind() != Cell.Kind.NOTHING))
			.map((row) -> chosen.stream().map(row::get).toList())
			.toList();
		List<Column> columns = chosen.stream().map((i) -> this.columns.get(i).without(title)).toList();
		return new Grid(title, columns, rows, this.size - this.rows.size() + rows.size());
	}

	/**
	 * A column.
	 *
	 * @param path the path of its values within a record
	 * @param group what it stands under together with others, empty for nothing
	 * @param numeric whether it holds numbers only
	 * @param wide whether it holds long texts
	 */
	record Column(String path, String group, boolean numeric, boolean wide) {

		static Column of(String path, boolean numeric, boolean wide) {
			return new Column(path, path.substring(0, Math.max(0, path.lastIndexOf('.'))), numeric, wide);
		}

		Column without(String title) {
			return this.group.equals(title) ? new Column(this.path, "", this.numeric, this.wide) : this;
		}

	}

	/** The records, while it is not yet known whether they are of one kind. */
	private static final class Rows {

		private static final int WIDE = 28;

		private final List<Map<String, @Nullable Object>> rows = new ArrayList<>();

		private final Set<String> keys = new LinkedHashSet<>();

		private int fewestKeys = Integer.MAX_VALUE;

		private @Nullable String label;

		boolean addAll(String label, Object value, Collection<?> records) {
			return records.stream().allMatch((record) -> add(label, value, record));
		}

		boolean add(@Nullable String label, @Nullable Object value, @Nullable Object record) {
			if (!(record instanceof Map<?, ?> map) || map.isEmpty()) {
				return false;
			}
			Map<String, @Nullable Object> row = new LinkedHashMap<>();
			if (label != null) {
				this.label = label;
				row.put(label, value);
			}
			map.keySet().forEach((key) -> this.keys.add(String.valueOf(key)));
			this.fewestKeys = Math.min(this.fewestKeys, map.size());
			this.rows.add(row);
			return flatten("", map, row);
		}

		private static boolean flatten(String prefix, Map<?, ?> record, Map<String, @Nullable Object> row) {
			for (Map.Entry<?, ?> entry : record.entrySet()) {
				String column = prefix + entry.getKey();
				Object value = entry.getValue();
				if (value instanceof Map<?, ?> texts && texts.values().stream().allMatch(String.class::isInstance)) {
					row.put(column, texts.isEmpty() ? null : joined(texts));
				}
				else if (value instanceof Map<?, ?> nested) {
					if (!prefix.isEmpty() || !flatten(column + '.', nested, row)) {
						return false;
					}
				}
				else if (value instanceof List<?> list) {
					if (list.stream().anyMatch((element) -> element instanceof Map || element instanceof List)) {
						return false;
					}
					row.put(column, list.stream().map(String::valueOf).collect(Collectors.joining(", ")));
				}
				else {
					row.put(column, value);
				}
			}
			return true;
		}

		private static String joined(Map<?, ?> texts) {
			return texts.entrySet()
				.stream()
				.map((entry) -> entry.getKey() + "=" + entry.getValue())
				.collect(Collectors.joining(" "));
		}

		@Nullable Grid grid() {
			if (this.rows.isEmpty() || this.fewestKeys * 2 <= this.keys.size()) {
				return null;
			}
			Set<String> paths = new LinkedHashSet<>();
			String name = (this.label != null) ? this.label : nameOf(this.rows.get(0));
			if (name != null) {
				paths.add(name);
			}
			this.rows.forEach((row) -> paths.addAll(row.keySet()));
			// Every number that has a unit shows it.
			paths.remove("unit");
			List<Map<String, @Nullable Object>> shown = this.rows.subList(0, Math.min(this.rows.size(), MAX_ROWS));
			List<Column> columns = new ArrayList<>();
			List<List<Cell>> cells = new ArrayList<>();
			for (String path : paths) {
				List<Cell> column = shown.stream().map((row) -> cell(path, row)).toList();
				if (column.stream().anyMatch((cell) -> cell.kind() != Cell.Kind.NOTHING)) {
					columns.add(column(path, column));
					cells.add(column);
				}
			}
			if (columns.isEmpty() || columns.size() > MAX_VALUES) {
				return null;
			}
			int fitting = Math.min(shown.size(), Math.max(SHORT, MAX_CELLS / columns.size()));
			Grid grid = new Grid("", columns, transposed(cells, fitting), this.rows.size());
			return grid.parts().stream().allMatch((part) -> part.columns().size() <= MAX_COLUMNS) ? grid : null;
		}

		private static Cell cell(String path, Map<String, @Nullable Object> row) {
			return Humanizer.cell(path, row.get(path), (row.get("unit") instanceof String unit) ? unit : null);
		}

		private static Column column(String path, List<Cell> cells) {
			boolean numeric = cells.stream()
				.allMatch((cell) -> cell.kind() == Cell.Kind.NUMBER || cell.kind() == Cell.Kind.NOTHING);
			return Column.of(path, numeric, cells.stream().anyMatch((cell) -> cell.text().length() > WIDE));
		}

		private static List<List<Cell>> transposed(List<List<Cell>> columns, int size) {
			List<List<Cell>> rows = new ArrayList<>(size);
			for (int i = 0; i < size; i++) {
				int index = i;
				rows.add(columns.stream().map((column) -> column.get(index)).toList());
			}
			return rows;
		}

	}

}
