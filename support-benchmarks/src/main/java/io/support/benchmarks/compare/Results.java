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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The figures of a comparison, as tables: the medians of the repeats and the worst for
 * people, every single one for programs.
 */
final class Results {

	private final List<Column> columns;

	private final List<Result> results = new ArrayList<>();

	Results(Column... columns) {
		this.columns = List.of(columns);
	}

	/**
	 * Adds what one repeat has come to.
	 * @param contender who
	 * @param clients how clients connect
	 * @param repeat counted from 1
	 * @param figures one for each column; not a number if there is none, infinite if what
	 * was waited for has not come
	 */
	void add(Contender contender, Clients clients, int repeat, double... figures) {
		if (figures.length != this.columns.size()) {
			throw new IllegalArgumentException(
					"There must be " + this.columns.size() + " figures, were: " + figures.length);
		}
		this.results.add(new Result(contender.name(), clients, repeat, Arrays.stream(figures).boxed().toList()));
	}

	String toMarkdown() {
		Table table = new Table(header("connections", "contender"));
		Map<List<Object>, List<Result>> groups = new LinkedHashMap<>();
		for (Result result : this.results) {
			groups.computeIfAbsent(List.of(result.clients(), result.contender()), (absent) -> new ArrayList<>())
				.add(result);
		}
		for (Clients clients : this.results.stream().map(Result::clients).distinct().toList()) {
			for (String contender : this.results.stream().map(Result::contender).distinct().toList()) {
				addRow(table, groups.getOrDefault(List.of(clients, contender), List.of()));
			}
		}
		return table.toMarkdown();
	}

	private void addRow(Table table, List<Result> repeats) {
		if (repeats.isEmpty()) {
			return;
		}
		List<String> cells = new ArrayList<>(List.of(repeats.get(0).clients().label(), repeats.get(0).contender()));
		for (int index = 0; index < this.columns.size(); index++) {
			int column = index;
			List<Double> figures = repeats.stream()
				.map((result) -> result.figures().get(column))
				.filter((figure) -> !figure.isNaN())
				.toList();
			cells.add(this.columns.get(column).text(figures));
		}
		table.add(cells.toArray(String[]::new));
	}

	String toCsv() {
		Table table = new Table(header("connections", "contender", "repeat"));
		for (Result result : this.results) {
			List<String> cells = new ArrayList<>(
					List.of(result.clients().label(), result.contender(), Integer.toString(result.repeat())));
			result.figures().forEach((figure) -> cells.add(Double.isFinite(figure) ? number(figure) : ""));
			table.add(cells.toArray(String[]::new));
		}
		return table.toCsv();
	}

	private static String number(double value) {
		return String.format(Locale.ROOT, "%.3f", value);
	}

	private String[] header(String... first) {
		return Stream.concat(Stream.of(first), this.columns.stream().map(Column::name)).toArray(String[]::new);
	}

	private record Result(String contender, Clients clients, int repeat, List<Double> figures) {

	}

}
