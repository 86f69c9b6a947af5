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

package io.support.benchmarks.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

import io.support.benchmarks.compare.Column;
import io.support.benchmarks.compare.Spread;
import io.support.benchmarks.compare.Table;

/**
 * The figures of all cells, as tables.
 */
final class FaultReport {

	private static final List<Cell.Figure> FIGURES = List.of(
			new Cell.Figure("failed", "%.0f", (cell) -> cell.calls().failed()),
			new Cell.Figure("wrong", "%.0f", (cell) -> cell.calls().wrong()),
			new Cell.Figure("p50 ms", "%.2f", Cell::p50Millis), new Cell.Figure("p99 ms", "%.2f", Cell::p99Millis),
			new Cell.Figure("p99.9 ms", "%.2f", Cell::p999Millis),
			new Cell.Figure("late p99 ms", "%.2f", Cell::lateP99Millis),
			new Cell.Figure("sent/call", "%.3f", Cell::sentPerCall),
			new Cell.Figure("twice", "%.0f", (cell) -> cell.peers().twice()),
			new Cell.Figure("connects/call", "%.4f", Cell::connectsPerCall));

	private final List<Cell> cells = new ArrayList<>();

	void add(Cell cell) {
		this.cells.add(cell);
	}

	/**
	 * Returns the matrix: a row for each contender at each fault, medians of the repeats
	 * and the worst.
	 * @return the table
	 */
	String matrix() {
		List<String> header = new ArrayList<>(List.of("fault", "contender", "calls"));
		FIGURES.forEach((figure) -> header.add(figure.name()));
		header.addAll(List.of("calls/s", "target", "met"));
		Table table = new Table(header.toArray(String[]::new));
		for (Fault fault : this.cells.stream().map(Cell::fault).distinct().toList()) {
			for (String contender : contenders()) {
				addRow(table, of(fault.name(), contender));
			}
		}
		return table.toMarkdown();
	}

	private static void addRow(Table table, List<Cell> cells) {
		if (cells.isEmpty()) {
			return;
		}
		Fault fault = cells.get(0).fault();
		List<String> row = new ArrayList<>(List.of(fault.name(), cells.get(0).contender().name(),
				String.format(Locale.ROOT, "%.0f", median(cells, (cell) -> cell.calls().calls()))));
		for (Cell.Figure figure : FIGURES) {
			row.add(Column.less(figure.name(), figure.format())
				.text(cells.stream().map((cell) -> figure.value().applyAsDouble(cell)).toList()));
		}
		row.add(String.format(Locale.ROOT, "%.0f", median(cells, (cell) -> cell.calls().perSecond())));
		row.add(fault.target().text());
		row.add(met(fault.target(), cells));
		table.add(row.toArray(String[]::new));
	}

	private static String met(Target target, List<Cell> cells) {
		if (target.text().isEmpty()) {
			return "";
		}
		return cells.stream().allMatch(target.met()) ? "yes" : "no";
	}

	/**
	 * Returns what it costs when nothing is wrong, beside the first contender.
	 * @return the table; empty if not all of it was measured
	 */
	String healthy() {
		Table table = new Table("contender", "p50 ms", "p99 ms", "added p50 ms", "added p99 ms", "calls/s",
				"throughput", "connects per 10000 calls");
		String first = contenders().get(0);
		for (String contender : contenders()) {
			List<Cell> one = of(Faults.HEALTHY_ONE, contender);
			List<Cell> many = of(Faults.HEALTHY, contender);
			if (one.isEmpty() || many.isEmpty()) {
				return "";
			}
			double perSecond = median(many, (cell) -> cell.calls().perSecond());
			table.add(contender, millis(median(one, Cell::p50Millis)), millis(median(one, Cell::p99Millis)),
					millis(median(one, Cell::p50Millis)
							- median(of(Faults.HEALTHY_ONE, first), Cell::p50Millis)),
					millis(median(one, Cell::p99Millis) - median(of(Faults.HEALTHY_ONE, first), Cell::p99Millis)),
					String.format(Locale.ROOT, "%.0f", perSecond),
					String.format(Locale.ROOT, "%.3f",
							perSecond / median(of(Faults.HEALTHY, first), (cell) -> cell.calls().perSecond())),
					String.format(Locale.ROOT, "%.1f", 10_000 * sum(many, (cell) -> cell.peers().connects())
							/ sum(many, (cell) -> cell.calls().calls())));
		}
		return table.toMarkdown();
	}

	/**
	 * Returns every single measurement.
	 * @return the table
	 */
	String csv() {
		Table table = new Table("fault", "contender", "repeat", "slice", "callers", "calls", "answered", "wrong",
				"endless", "errors", "requests", "twice", "connects", "name_queries", "p50_ms", "p99_ms", "p999_ms",
				"late_p99_ms", "max_ms", "seconds");
		for (Cell cell : this.cells) {
			CallReport calls = cell.calls();
			PeerCounts peers = cell.peers();
			table.add(cell.fault().name(), cell.contender().name(), text(cell.repeat()), text(cell.slice()),
					text(cell.callers()), text(calls.calls()), text(calls.answered()), text(calls.wrong()),
					text(calls.endless()), errors(calls), text(peers.requests()), text(peers.twice()),
					text(peers.connects()), text(peers.queries()), millis(cell.p50Millis()), millis(cell.p99Millis()),
					millis(cell.p999Millis()), millis(cell.lateP99Millis()), millis(calls.times().maxNanos() / 1e6),
					millis(calls.nanos() / 1e9));
		}
		return table.toCsv();
	}

	static String errors(CallReport calls) {
		return calls.errors()
			.entrySet()
			.stream()
			.map((error) -> error.getKey() + "=" + error.getValue())
			.sorted()
			.collect(Collectors.joining(" "));
	}

	private List<String> contenders() {
		return this.cells.stream().map((cell) -> cell.contender().name()).distinct().toList();
	}

	private List<Cell> of(String fault, String contender) {
		return this.cells.stream()
			.filter((cell) -> cell.fault().name().equals(fault) && cell.contender().name().equals(contender))
			.toList();
	}

	private static double median(List<Cell> cells, ToDoubleFunction<Cell> figure) {
		return Spread.of(cells, figure).median();
	}

	private static double sum(List<Cell> cells, ToDoubleFunction<Cell> figure) {
		return cells.stream().mapToDouble(figure).sum();
	}

	private static String text(long number) {
		return Long.toString(number);
	}

	private static String millis(double number) {
		return String.format(Locale.ROOT, "%.3f", number);
	}

}
