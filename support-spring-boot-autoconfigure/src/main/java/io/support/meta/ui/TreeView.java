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

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Writes any tree so that it can be read: scalars as facts, records of one kind as a
 * table with a row each, everything else as sections within sections.
 */
final class TreeView {

	/** With more rows than this one looks for some of them. */
	private static final int FILTERED_ROWS = 20;

	/** A record with more facts than this takes the whole width. */
	private static final int NARROW_FACTS = 6;

	/** A list of more values than this is a section of its own. */
	private static final int SHORT_LIST = 3;

	private static final int MAX_HEADING = 6;

	/**
	 * A text of this name says which records of a page have a page of their own, and what
	 * in them names it: {@code meters.name}.
	 */
	private static final String DETAILS = "details";

	private final HtmlWriter html;

	private final Function<String, @Nullable String> address;

	/** The line of a source that was asked for; 0 for none. */
	private int marked;

	/** What names a part that has a page of its own; {@code null} where nothing does. */
	private @Nullable String linked;

	/**
	 * Creates a view.
	 * @param html where it is written
	 * @param address gives the address of the page of a part, {@code null} if it has none
	 */
	TreeView(HtmlWriter html, Function<String, @Nullable String> address) {
		this.html = html;
		this.address = address;
	}

	/**
	 * Writes the whole of a page.
	 * @param tree the data of the envelope
	 */
	void write(@Nullable Object tree) {
		this.html.open("div", "class", "cards");
		if (tree instanceof Map<?, ?> map && !map.isEmpty() && Grid.of(map) == null) {
			Map<String, @Nullable Object> scalars = select(map, (value) -> !isStructure(value));
			Map<String, @Nullable Object> structures = select(map, TreeView::isStructure);
			this.marked = (map.get(SourceView.LINE) instanceof Number line) ? line.intValue() : 0;
			String[] details = String.valueOf(map.get(DETAILS)).split("\\.", 2);
			if (details.length == 2 && map.containsKey(details[0])) {
				scalars.remove(DETAILS);
			}
			if (!scalars.isEmpty()) {
				section("card", null, scalars, 2);
			}
			structures.forEach((name, value) -> {
				this.linked = (details.length == 2 && name.equals(details[0])) ? details[1] : null;
				section("card", name, value, 2);
			});
			this.linked = null;
		}
		else {
			section("card", null, tree, 2);
		}
		this.html.close();
	}

	private void section(String style, @Nullable String name, @Nullable Object value, int level) {
		this.html.open("section", "class", isWide(value) ? style + " wide" : style);
		if (name != null) {
			this.html.leaf("h" + Math.min(level, MAX_HEADING), Humanizer.label(name), "title", name);
		}
		content((name != null) ? name : "", value, level + 1);
		this.html.close();
	}

	private void content(String name, @Nullable Object value, int level) {
		Grid grid = Grid.of(value);
		if (grid != null) {
			grid(grid);
		}
		else if (value instanceof Map<?, ?> map && !map.isEmpty()) {
			record(name, map, level);
		}
		else if (value instanceof List<?> list && !list.isEmpty() && name.equals(SourceView.SOURCE)) {
			new SourceView(this.html, this.marked).write(list);
		}
		else if (value instanceof List<?> list && !list.isEmpty()) {
			list(name, list, level);
		}
		else if (isStructure(value) || value instanceof List) {
			this.html.leaf("p", "none", "class", "nothing");
		}
		else {
			this.html.open("p");
			Humanizer.cell(name, value, null).write(this.html);
			this.html.close();
		}
	}

	private void record(String name, Map<?, ?> map, int level) {
		Map<String, @Nullable Object> scalars = select(map, (value) -> !isStructure(value));
		scalars.replaceAll((key, value) -> (value instanceof List<?> list) ? joined(list) : value);
		String unit = (scalars.get("unit") instanceof String text) ? text : null;
		scalars.remove("unit");
		if (!scalars.isEmpty()) {
			new Facts(name, scalars, unit).write(this.html);
		}
		Map<String, @Nullable Object> parts = select(map, TreeView::isStructure);
		if (unit != null) {
			parts.replaceAll((key, value) -> inUnit(value, unit));
		}
		parts(parts, level);
	}

	/*
	 * What belongs to a meter is in the meter's unit.
	 */
	private static @Nullable Object inUnit(@Nullable Object value, String unit) {
		if (value instanceof List<?> list) {
			return list.stream().map((element) -> inUnit(element, unit)).toList();
		}
		if (value instanceof Map<?, ?> map && !map.containsKey("unit")) {
			Map<Object, @Nullable Object> copy = new LinkedHashMap<>(map);
			copy.put("unit", unit);
			return copy;
		}
		return value;
	}

	private void parts(Map<String, @Nullable Object> parts, int level) {
		if (!parts.isEmpty()) {
			this.html.open("div", "class", "parts");
			parts.forEach((name, value) -> section("part", name, value, level));
			this.html.close();
		}
	}

	private void list(String name, List<?> list, int level) {
		List<?> shown = list.subList(0, Math.min(list.size(), Grid.MAX_ROWS));
		if (list.stream().noneMatch(TreeView::isStructure)) {
			this.html.open("ul", "class", "plain");
			shown.forEach((element) -> {
				this.html.open("li");
				Humanizer.cell(name, element, null).write(this.html);
				this.html.close();
			});
			this.html.close();
		}
		else {
			this.html.open("div", "class", "parts");
			for (int i = 0; i < shown.size(); i++) {
				element(i, shown.get(i), level);
			}
			this.html.close();
		}
		cut(shown.size(), list.size());
	}

	private void element(int index, @Nullable Object element, int level) {
		String key = (element instanceof Map<?, ?> map) ? Grid.nameOf(map) : null;
		if (element instanceof Map<?, ?> map && key != null) {
			Map<Object, @Nullable Object> rest = new LinkedHashMap<>(map);
			String name = String.valueOf(rest.remove(key));
			this.html.open("section", "class", isWide(rest) ? "part wide" : "part");
			this.html.open("h" + Math.min(level, MAX_HEADING), "title", name);
			if (key.equals(this.linked)) {
				this.html.leaf("a", Humanizer.label(name), "href", this.address.apply(name));
			}
			else {
				this.html.text(Humanizer.label(name));
			}
			this.html.close();
			content(name, rest, level + 1);
			this.html.close();
		}
		else {
			section("part", "#" + (index + 1), element, level);
		}
	}

	private void grid(Grid grid) {
		if (grid.rows().size() > FILTERED_ROWS) {
			this.html.empty("input", "type", "search", "placeholder", "Filter", "aria-label", "Filter rows", "hidden",
					"");
		}
		this.html.open("div", "class", "scroll", "tabindex", "0").open("table").open("thead");
		if (grid.isGrouped()) {
			groups(grid.columns());
		}
		this.html.open("tr");
		for (Grid.Column column : grid.columns()) {
			this.html.open("th", "scope", "col", "class", column.numeric() ? "number" : null, "title", column.path());
			this.html.leaf("button", Humanizer.label(Humanizer.leaf(column.path())), "type", "button").close();
		}
		this.html.close().close().open("tbody");
		grid.rows().forEach((row) -> row(grid.columns(), row));
		this.html.close().close().close();
		cut(grid.rows().size(), grid.size());
	}

	private void groups(List<Grid.Column> columns) {
		this.html.open("tr", "class", "groups");
		for (int i = 0, end; i < columns.size(); i = end) {
			String group = columns.get(i).group();
			end = i + 1;
			while (end < columns.size() && columns.get(end).group().equals(group)) {
				end++;
			}
			this.html.leaf(group.isEmpty() ? "td" : "th", Humanizer.label(group), "scope",
					group.isEmpty() ? null : "colgroup", "colspan", String.valueOf(end - i));
		}
		this.html.close();
	}

	private void row(List<Grid.Column> columns, List<Cell> cells) {
		boolean bad = cells.stream().anyMatch((cell) -> cell.tone() == Tone.BAD);
		this.html.open("tr", "class", bad ? "bad" : null);
		boolean named = false;
		for (int i = 0; i < cells.size(); i++) {
			Grid.Column column = columns.get(i);
			boolean name = !named && !column.numeric();
			named |= name;
			cell(name ? "th" : "td", column, cells.get(i));
		}
		this.html.close();
	}

	private void cell(String element, Grid.Column column, Cell cell) {
		Set<String> styles = new LinkedHashSet<>(List.of(cell.style()));
		styles.add(column.numeric() ? "number" : "");
		styles.add(column.wide() ? "wide" : "");
		this.html.open(element, "scope", element.equals("th") ? "row" : null, "class", String.join(" ", styles).strip(),
				"title", cell.raw(), "data-v", cell.order());
		boolean link = column.path().equals(this.linked) && cell.kind() == Cell.Kind.TEXT;
		if (link) {
			this.html.open("a", "href", this.address.apply(cell.text()));
		}
		if (column.wide() && cell.kind() == Cell.Kind.TEXT) {
			this.html.breakable(cell.text());
		}
		else {
			cell.write(this.html);
		}
		if (link) {
			this.html.close();
		}
		this.html.close();
	}

	private void cut(int shown, int all) {
		if (shown < all) {
			this.html.leaf("p", "The first " + shown + " of " + all + " are shown; JSON has them all.", "class",
					"note");
		}
	}

	private static String joined(List<?> list) {
		return list.isEmpty() ? "none" : String.join(", ", list.stream().map(String::valueOf).toList());
	}

	private static boolean isWide(@Nullable Object value) {
		if (value instanceof Map<?, ?> map) {
			return map.size() > NARROW_FACTS || map.values().stream().anyMatch(TreeView::isWideFact);
		}
		return value instanceof List<?> list && list.stream().anyMatch(TreeView::isWideFact);
	}

	private static boolean isWideFact(@Nullable Object value) {
		return isStructure(value) || (value instanceof String text && text.length() > Facts.VERY_LONG);
	}

	private static boolean isStructure(@Nullable Object value) {
		if (value instanceof List<?> list) {
			return list.size() > SHORT_LIST || list.stream().anyMatch(TreeView::isStructure);
		}
		return value instanceof Map;
	}

	private static Map<String, @Nullable Object> select(Map<?, ?> map, Predicate<@Nullable Object> wanted) {
		Map<String, @Nullable Object> selected = new LinkedHashMap<>();
		map.forEach((key, value) -> {
			if (wanted.test(value)) {
				selected.put(String.valueOf(key), value);
			}
		});
		return selected;
	}

}
