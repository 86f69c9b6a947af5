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

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

import io.support.benchmarks.load.LoadReport;
import io.support.benchmarks.load.Outcome;
import io.support.benchmarks.load.Percentiles;

/**
 * The measurements of an overload comparison, as tables: the medians of the repeats and
 * the worst for people, every single one for programs.
 */
final class OverloadReport {

	private static final double NANOS_PER_MILLI = 1e6;

	/**
	 * A generator that is later than this has a part in the latencies.
	 */
	private static final double LAG_LIMIT_MILLIS = 10;

	private final List<Measurement> measurements = new ArrayList<>();

	void add(Measurement measurement) {
		this.measurements.add(measurement);
	}

	String toMarkdown() {
		Table table = new Table("work", "connections", "level", "contender", "capacity/s", "offered/s", "goodput/s",
				"goodput/capacity", "ok p50 ms", "ok p99 ms", "refused %", "refused p50 ms", "refused p99 ms",
				"timed out/s", "recovered after s");
		Map<List<Object>, List<Measurement>> groups = new LinkedHashMap<>();
		for (Measurement measurement : this.measurements) {
			List<Object> key = key(measurement.scenario(), measurement.clients(), measurement.level(),
					measurement.contender());
			groups.computeIfAbsent(key, (absent) -> new ArrayList<>()).add(measurement);
		}
		for (Scenario scenario : each(Measurement::scenario)) {
			for (Clients clients : each(Measurement::clients)) {
				for (double level : each(Measurement::level)) {
					for (String contender : each(Measurement::contender)) {
						addRow(table, groups.getOrDefault(key(scenario, clients, level, contender), List.of()));
					}
				}
			}
		}
		return table.toMarkdown() + lagWarning();
	}

	private static List<Object> key(Scenario scenario, Clients clients, double level, String contender) {
		return List.of(scenario, clients, level, contender);
	}

	private <T> List<T> each(Function<Measurement, T> part) {
		return this.measurements.stream().map(part).distinct().toList();
	}

	String toCsv() {
		Table table = new Table("work", "contender", "connections", "level", "capacity", "own_capacity", "repeat",
				"seconds", "offered", "ok", "late", "reset", "closed", "not_connected", "unavailable", "timed_out",
				"unsent", "error", "goodput_ratio", "ok_p50_ms", "ok_p99_ms", "ok_max_ms", "refused_p50_ms",
				"refused_p99_ms", "refused_max_ms", "lag_p99_ms", "lag_max_ms", "recovery_s");
		for (Measurement measurement : this.measurements) {
			List<String> cells = new ArrayList<>();
			LoadReport report = measurement.report();
			cells.add(measurement.scenario().label());
			cells.add(measurement.contender());
			cells.add(measurement.clients().label());
			cells.add(number(measurement.level()));
			cells.add(number(measurement.capacity()));
			cells.add(number(measurement.own()));
			cells.add(Integer.toString(measurement.repeat()));
			cells.add(number(report.seconds()));
			cells.add(Integer.toString(report.offered()));
			for (Outcome outcome : Outcome.values()) {
				cells.add(Integer.toString(report.count(outcome)));
			}
			cells.add(number(report.goodputPerSecond() / measurement.capacity()));
			addTimes(cells, report.ok());
			addTimes(cells, report.refused());
			cells.add(number(report.lag().p99Nanos() / NANOS_PER_MILLI));
			cells.add(number(report.lag().maxNanos() / NANOS_PER_MILLI));
			cells.add(measurement.recovery().map((time) -> number(time.toMillis() / 1000.0)).orElse(""));
			table.add(cells.toArray(String[]::new));
		}
		return table.toCsv();
	}

	private static void addTimes(List<String> cells, Percentiles times) {
		boolean none = times.count() == 0;
		cells.add(none ? "" : number(times.p50Nanos() / NANOS_PER_MILLI));
		cells.add(none ? "" : number(times.p99Nanos() / NANOS_PER_MILLI));
		cells.add(none ? "" : number(times.maxNanos() / NANOS_PER_MILLI));
	}

	private static String number(double value) {
		return String.format(Locale.ROOT, "%.3f", value);
	}

	private static void addRow(Table table, List<Measurement> repeats) {
		if (repeats.isEmpty()) {
			return;
		}
		Measurement first = repeats.get(0);
		table.add(first.scenario().label(), first.clients().label(),
				String.format(Locale.ROOT, "%sx", trim(first.level())), first.contender(),
				Spread.of(repeats, Measurement::own).orLess("%.0f"),
				rate(repeats, LoadReport::offeredPerSecond).text("%.0f"),
				rate(repeats, LoadReport::goodputPerSecond).orLess("%.0f"),
				Spread.of(repeats, (one) -> one.report().goodputPerSecond() / one.capacity()).orLess("%.2f"),
				millis(repeats, LoadReport::ok, Percentiles::p50Nanos),
				millis(repeats, LoadReport::ok, Percentiles::p99Nanos),
				rate(repeats, (report) -> 100.0 * report.refusals() / Math.max(1, report.offered())).orMore("%.2f"),
				millis(repeats, LoadReport::refused, Percentiles::p50Nanos),
				millis(repeats, LoadReport::refused, Percentiles::p99Nanos),
				rate(repeats, LoadReport::timedOutPerSecond).orMore("%.0f"), recovery(repeats));
	}

	private static String trim(double level) {
		return (level == Math.rint(level)) ? Long.toString((long) level) : Double.toString(level);
	}

	private static Spread rate(List<Measurement> repeats, ToDoubleFunction<LoadReport> figure) {
		return Spread.of(repeats, (one) -> figure.applyAsDouble(one.report()));
	}

	private static String millis(List<Measurement> repeats, Function<LoadReport, Percentiles> times,
			ToDoubleFunction<Percentiles> figure) {
		List<Percentiles> present = repeats.stream()
			.map((one) -> times.apply(one.report()))
			.filter((one) -> one.count() > 0)
			.toList();
		return present.isEmpty() ? "-"
				: Spread.of(present, (one) -> figure.applyAsDouble(one) / NANOS_PER_MILLI).orMore("%.1f");
	}

	private static String recovery(List<Measurement> repeats) {
		List<Duration> recoveries = repeats.stream().flatMap((one) -> one.recovery().stream()).toList();
		return (recoveries.size() < repeats.size()) ? "not"
				: Spread.of(recoveries, (one) -> one.toMillis() / 1000.0).orMore("%.1f");
	}

	private String lagWarning() {
		double lag = this.measurements.stream()
			.mapToDouble((one) -> one.report().lag().p99Nanos() / NANOS_PER_MILLI)
			.max()
			.orElse(0);
		return (lag <= LAG_LIMIT_MILLIS) ? ""
				: String.format(Locale.ROOT,
						"%nThe load generator itself was up to %.0f ms late (p99): something else used"
								+ " its processor, and the latencies above are too long by as much.%n",
						lag);
	}

}
