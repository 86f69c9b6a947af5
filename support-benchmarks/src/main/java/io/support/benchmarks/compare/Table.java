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

package io.support.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows under a header, as Markdown or as CSV. Cells hold neither bars nor commas.
 */
public final class Table {

	private final List<List<String>> rows = new ArrayList<>();

	/**
	 * Creates a table without rows.
	 * @param header the heads of the columns
	 */
	public Table(String... header) {
		this.rows.add(List.of(header));
	}

	/**
	 * Adds a row.
	 * @param cells one for each column
	 */
	public void add(String... cells) {
		if (cells.length != this.rows.get(0).size()) {
			throw new IllegalArgumentException(
					"A row must have " + this.rows.get(0).size() + " cells, had: " + cells.length);
		}
		this.rows.add(List.of(cells));
	}

	/**
	 * Returns the table for people.
	 * @return the lines, each with its end
	 */
	public String toMarkdown() {
		List<String> lines = new ArrayList<>(this.rows.stream().map(Table::markdown).toList());
		lines.add(1, "|" + " --- |".repeat(this.rows.get(0).size()));
		return String.join("\n", lines) + "\n";
	}

	/**
	 * Returns the table for programs.
	 * @return the lines, each with its end
	 */
	public String toCsv() {
		return this.rows.stream().map((row) -> String.join(",", row)).collect(Collectors.joining("\n", "", "\n"));
	}

	private static String markdown(List<String> row) {
		return "| " + String.join(" | ", row) + " |";
	}

}
