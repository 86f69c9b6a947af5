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

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Writes records of one kind as tables, which the script sorts and filters.
 */
final class TableView {

	/** With more rows than this one looks for some of them. */
	private static final int FILTERED_ROWS = 7;

	private final HtmlWriter html;

	private final Function<String, @Nullable String> address;

	/**
	 * Creates a view.
	 * @param html where it is written
	 * @param address gives the address of the page of a part, {@code null} if it has none
	 */
	TableView(HtmlWriter html, Function<String, @Nullable String> address) {
		this.html = html;
		this.address = address;
	}

	/**
	 * Writes a grid: as several tables if it is wide, and with a field to filter their
	 * rows if there are many.
	 * @param grid the rows and columns
	 * @param linked what names a row that has a page of its own; {@code null} if none has
	 * @param level of the headings of several tables
	 */
	void write(Grid grid, @Nullable String linked, int level) {
		if (grid.rows().size() > FILTERED_ROWS) {
			boolean cut = grid.rows().size() < grid.size();
			this.html.empty("input", "type", "search", "placeholder", "Filter", "aria-label", "Filter rows",
					Panel.QUERY, cut ? "filter" : null, "hidden", "");
		}
		List<Grid> parts = grid.parts();
		if (parts.size() == 1) {
			write(grid, linked);
			return;
		}
		this.html.open("div", "class", "tables");
		for (Grid part : parts) {
			this.html.open("div");
			if (!part.title().isEmpty()) {
				this.html.leaf("h" + Math.min(level, TreeView.MAX_HEADING), Humanizer.label(part.title()), "title",
						part.title());
			}
			write(part, linked);
			this.html.close();
		}
		this.html.close();
	}

	/**
	 * Writes a grid as one table.
	 * @param grid the rows and columns
	 * @param linked what names a row that has a page of its own; {@code null} if none has
	 */
	void write(Grid grid, @Nullable String linked) {
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
		grid.rows().forEach((row) -> row(grid.columns(), row, linked));
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

	private void row(List<Grid.Column> columns, List<Cell> cells, @Nullable String linked) {
		boolean bad = cells.stream().anyMatch((cell) -> cell.tone() == Tone.BAD);
		this.html.open("tr", "class", bad ? "bad" : null);
		boolean named = false;
		for (int i = 0; i < cells.size(); i++) {
			Grid.Column column = columns.get(i);
			boolean name = !named && !column.numeric();
			named |= name;
			cell(name ? "th" : "td", column, cells.get(i), linked);
		}
		this.html.close();
	}

	private void cell(String element, Grid.Column column, Cell cell, @Nullable String linked) {
		Set<String> styles = new LinkedHashSet<>(
				List.of(cell.style(), column.numeric() ? "number" : "", column.wide() ? "wide" : ""));
		styles.remove("");
		this.html.open(element, "scope", element.equals("th") ? "row" : null, "class",
				styles.isEmpty() ? null : String.join(" ", styles), "title", cell.raw(), "data-v", cell.ownOrder());
		boolean link = column.path().equals(linked) && cell.kind() == Cell.Kind.TEXT;
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

	/**
	 * Says that not all rows are shown, if that is so.
	 * @param shown how many are
	 * @param all how many there are
	 */
	void cut(int shown, int all) {
		if (shown < all) {
			this.html.leaf("p",
					"The first " + shown + " of " + all
							+ " are shown: Enter in a filter looks among all of them, and JSON has them all.",
					"class", "note");
		}
	}

}
