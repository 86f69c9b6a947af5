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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Writes any tree so that it can be read: scalars as a table of names and values, records
 * of one kind as a table with a row each, everything else as sections within sections.
 */
final class TreeView {

	/** A page of more rows than this is of no use to a person; JSON has them all. */
	static final int MAX_ROWS = 1000;

	/** With more rows than this one looks for some of them. */
	private static final int FILTERED_ROWS = 20;

	private static final int MAX_HEADING = 6;

	private final HtmlWriter html;

	TreeView(HtmlWriter html) {
		this.html = html;
	}

	/**
	 * Writes the whole of a page.
	 * @param tree the data of the envelope
	 */
	void write(@Nullable Object tree) {
		this.html.open("div", "class", "cards");
		if (tree instanceof Map<?, ?> map && !map.isEmpty()) {
			Map<Object, @Nullable Object> scalars = scalars(map);
			Grid grid = Grid.of(map);
			if (grid != null) {
				card(null, map, 2);
			}
			else {
				if (!scalars.isEmpty()) {
					card(null, scalars, 2);
				}
				structures(map).forEach((key, value) -> card(String.valueOf(key), value, 2));
			}
		}
		else {
			card(null, tree, 2);
		}
		this.html.close();
	}

	private void card(@Nullable String name, @Nullable Object value, int level) {
		this.html.open("section", "class", isWide(value) ? "card wide" : "card");
		heading(name, value, level);
		value(name, value, level + 1);
		this.html.close();
	}

	private void heading(@Nullable String name, @Nullable Object value, int level) {
		if (name == null) {
			return;
		}
		this.html.open("h" + Math.min(level, MAX_HEADING), "title", name).text(Humanizer.label(name));
		if (value instanceof List<?> list && list.size() > 1) {
			this.html.text(" ").leaf("small", String.valueOf(list.size()));
		}
		this.html.close();
	}

	private void value(@Nullable String name, @Nullable Object value, int level) {
		if (value instanceof Map<?, ?> map) {
			record(map, level);
		}
		else if (value instanceof List<?> list) {
			list((name != null) ? name : "", list, level);
		}
		else {
			this.html.open("p");
			scalar(Humanizer.cell((name != null) ? name : "", value));
			this.html.close();
		}
	}

	private void record(Map<?, ?> map, int level) {
		if (map.isEmpty()) {
			nothing();
			return;
		}
		Grid grid = Grid.of(map);
		if (grid != null) {
			grid(grid);
			return;
		}
		Map<Object, @Nullable Object> scalars = scalars(map);
		if (!scalars.isEmpty()) {
			definitions(scalars);
		}
		structures(map).forEach((key, value) -> part(String.valueOf(key), value, level));
	}

	private void part(String name, @Nullable Object value, int level) {
		this.html.open("section", "class", "part");
		heading(name, value, level);
		value(name, value, level + 1);
		this.html.close();
	}

	private void definitions(Map<?, ?> scalars) {
		this.html.open("table", "class", "facts").open("tbody");
		scalars.forEach((key, value) -> {
			String name = String.valueOf(key);
			this.html.open("tr").leaf("th", Humanizer.label(name), "scope", "row", "title", name);
			Cell cell = (value instanceof List<?> list) ? joined(list) : Humanizer.cell(name, value);
			this.html.open("td", "class", cell.kind().style(), "title", cell.raw());
			Gauge gauge = Gauge.of(name, value, scalars);
			if (gauge != null) {
				gauge.write(this.html, Humanizer.label(name));
			}
			scalar(cell);
			this.html.close().close();
		});
		this.html.close().close();
	}

	private void list(String name, List<?> list, int level) {
		if (list.isEmpty()) {
			nothing();
			return;
		}
		Grid grid = Grid.of(list);
		if (grid != null) {
			grid(grid);
			return;
		}
		int count = Math.min(list.size(), MAX_ROWS);
		if (list.stream().noneMatch((element) -> element instanceof Map || element instanceof List)) {
			this.html.open("ul", "class", "plain");
			list.subList(0, count).forEach((element) -> {
				this.html.open("li");
				scalar(Humanizer.cell(name, element));
				this.html.close();
			});
			this.html.close();
		}
		else {
			for (int i = 0; i < count; i++) {
				element(i, list.get(i), level);
			}
		}
		cut(count, list.size());
	}

	private void element(int index, @Nullable Object element, int level) {
		if (element instanceof Map<?, ?> map) {
			String key = Grid.nameOf(map);
			if (key != null) {
				Map<Object, @Nullable Object> rest = new LinkedHashMap<>(map);
				part(String.valueOf(rest.remove(key)), rest, level);
				return;
			}
		}
		part("#" + (index + 1), element, level);
	}

	private void grid(Grid grid) {
		int count = Math.min(grid.rows().size(), MAX_ROWS);
		if (count > FILTERED_ROWS) {
			this.html.empty("input", "type", "search", "placeholder", "Filter", "aria-label", "Filter rows", "hidden",
					"");
		}
		List<Boolean> numeric = grid.columns().stream().map(grid::isNumeric).toList();
		this.html.open("div", "class", "scroll", "tabindex", "0").open("table", "class", "grid");
		this.html.open("thead").open("tr");
		for (int i = 0; i < grid.columns().size(); i++) {
			String column = grid.columns().get(i);
			this.html.open("th", "scope", "col", "class", numeric.get(i) ? "n" : null, "title", column);
			this.html.leaf("button", label(column), "type", "button");
			this.html.close();
		}
		this.html.close().close().open("tbody");
		grid.rows().subList(0, count).forEach((row) -> row(grid.columns(), numeric, row));
		this.html.close().close().close();
		cut(count, grid.rows().size());
	}

	private void row(List<String> columns, List<Boolean> numeric, Map<String, @Nullable Object> row) {
		this.html.open("tr");
		for (int i = 0; i < columns.size(); i++) {
			String column = columns.get(i);
			Cell cell = Humanizer.cell(Grid.leaf(column), row.get(column));
			String style = numeric.get(i) ? "n" : cell.kind().style();
			boolean header = i == 0 && !numeric.get(0);
			this.html.open(header ? "th" : "td", "scope", header ? "row" : null, "class", style, "title", cell.raw(),
					"data-v", cell.order());
			scalar(cell);
			this.html.close();
		}
		this.html.close();
	}

	private void scalar(Cell cell) {
		switch (cell.kind()) {
			case TIME -> this.html.leaf("time", cell.text(), "datetime", cell.raw());
			case GOOD, BAD, STATE -> this.html.leaf("span", cell.text(), "class", "tag " + cell.kind().style());
			default -> this.html.text(cell.text());
		}
	}

	private void nothing() {
		this.html.leaf("p", "none", "class", "nil");
	}

	private void cut(int shown, int all) {
		if (shown < all) {
			this.html.leaf("p", "The first " + shown + " of " + all + " are shown; JSON has them all.", "class",
					"note");
		}
	}

	private static String label(String column) {
		List<String> words = new ArrayList<>();
		for (String part : (column.indexOf('.') < 0) ? new String[] { column } : column.split("\\.")) {
			words.add(Humanizer.label(part));
		}
		return String.join(" ", words);
	}

	private static Cell joined(List<?> list) {
		return Cell.text(list.isEmpty() ? "none" : String.join(", ", list.stream().map(String::valueOf).toList()));
	}

	private static boolean isWide(@Nullable Object value) {
		Grid grid = (value instanceof List<?> list) ? Grid.of(list)
				: (value instanceof Map<?, ?> map) ? Grid.of(map) : null;
		if (grid != null) {
			return grid.columns().size() > 3;
		}
		if (value instanceof List<?> list) {
			return list.stream().anyMatch((element) -> element instanceof Map || element instanceof List);
		}
		return value instanceof Map<?, ?> map && structures(map).values().stream().anyMatch(TreeView::isWide);
	}

	private static Map<Object, @Nullable Object> scalars(Map<?, ?> map) {
		Map<Object, @Nullable Object> scalars = new LinkedHashMap<>(map);
		scalars.values().removeIf(TreeView::isStructure);
		return scalars;
	}

	private static Map<Object, @Nullable Object> structures(Map<?, ?> map) {
		Map<Object, @Nullable Object> structures = new LinkedHashMap<>(map);
		structures.values().removeIf((value) -> !isStructure(value));
		return structures;
	}

	private static boolean isStructure(@Nullable Object value) {
		if (value instanceof List<?> list) {
			return list.size() > 3
					|| list.stream().anyMatch((element) -> element instanceof Map || element instanceof List);
		}
		return value instanceof Map;
	}

}
