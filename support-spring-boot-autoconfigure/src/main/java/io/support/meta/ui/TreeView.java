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
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Writes any tree so that it can be read: scalars as facts, numbers over time, numbers in
 * buckets and states as drawings, records of one kind as a table with a row each,
 * everything else as sections within sections.
 */
final class TreeView {

	/** A record with more facts than this takes the whole width. */
	private static final int NARROW_FACTS = 6;

	/** A list of more values than this is a section of its own. */
	private static final int SHORT_LIST = 3;

	static final int MAX_HEADING = 6;

	/**
	 * A text of this name says which records of a page have a page of their own, and what
	 * in them names it: {@code meters.name}.
	 */
	private static final String DETAILS = "details";

	private final HtmlWriter html;

	private final Function<String, @Nullable String> address;

	/** The line of a source that was asked for; 0 for none. */
	private int marked;

	private final TableView tables;

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
		this.tables = new TableView(html, address);
	}

	/**
	 * Writes the whole of a page.
	 * @param tree the data of the envelope
	 */
	void write(@Nullable Object tree) {
		this.html.open("div", "class", "cards");
		if (tree instanceof Map<?, ?> map && !map.isEmpty() && (holdsDrawing(map) || Grid.of(map) == null)) {
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
			if (isDrawn(map)) {
				this.html.open("section", "class", "card wide");
				draw((map.get("name") instanceof String name) ? name : "", map);
				this.html.close();
				structures.remove(HistogramChart.BUCKETS);
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
		List<TimePlot> plots = plots(value);
		if (!plots.isEmpty()) {
			plots(name, plots, value);
			return;
		}
		Grid grid = holdsDrawing(value) ? null : Grid.of(value);
		if (grid != null) {
			this.tables.write(grid, this.linked, level);
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

	private static List<TimePlot> plots(@Nullable Object value) {
		return (value instanceof Map<?, ?> map) ? TimePlot.of(map)
				: (value instanceof List<?> list) ? TimePlot.of(list) : List.of();
	}

	/*
	 * What is drawn of a list can be read in a table as well.
	 */
	private void plots(String name, List<TimePlot> plots, @Nullable Object value) {
		plots.forEach((plot) -> LineChart.write(this.html, Humanizer.label(name), plot));
		Grid grid = (value instanceof List<?> list) ? Grid.of(list) : null;
		if (grid != null) {
			this.html.open("details").leaf("summary", "as a table");
			this.tables.write(grid, null);
			this.html.close();
		}
	}

	private static boolean isDrawn(@Nullable Object value) {
		return value instanceof Map<?, ?> map && (HistogramChart.of(map) != null || StateGraph.of(map) != null);
	}

	/* Its values are no cells of a table. */
	private static boolean holdsDrawing(@Nullable Object value) {
		return isDrawn(value) || (value instanceof Map<?, ?> map && map.values()
			.stream()
			.anyMatch((part) -> isDrawn(part) || (part instanceof Map<?, ?> chart && TimePlot.isTimeline(chart))));
	}

	private void draw(String name, Map<?, ?> map) {
		HistogramChart histogram = HistogramChart.of(map);
		if (histogram != null) {
			histogram.write(this.html, Humanizer.label(name));
		}
		StateGraph graph = StateGraph.of(map);
		if (graph != null) {
			graph.write(this.html);
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
		if (isDrawn(map)) {
			draw(name, map);
			// There may be hundreds of them, and JSON has them all.
			parts.remove(HistogramChart.BUCKETS);
		}
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
		if (value instanceof Map<?, ?> map && !map.isEmpty() && !map.containsKey("unit")) {
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
		this.tables.cut(shown.size(), list.size());
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

	private static String joined(List<?> list) {
		return list.isEmpty() ? "none" : String.join(", ", list.stream().map(String::valueOf).toList());
	}

	private static boolean isWide(@Nullable Object value) {
		if (value instanceof Map<?, ?> chart && TimePlot.isTimeline(chart)) {
			return false;
		}
		if (value instanceof List<?> list && !TimePlot.of(list).isEmpty()) {
			return false;
		}
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
