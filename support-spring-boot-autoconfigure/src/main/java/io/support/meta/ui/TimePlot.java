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

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Numbers of one unit over time, which are drawn as lines of one chart. Found in a list
 * of records that have a time called {@code at}, or {@code from}, and numbers; and in a
 * record of {@code firstAt}, {@code intervalSeconds} and {@code lines}, each a list of
 * numbers.
 *
 * @param measure what the numbers count
 * @param from the time at the left end, in milliseconds
 * @param to the time at the right end
 * @param lines the lines, each with a number at the least
 */
record TimePlot(Measure measure, long from, long to, List<Line> lines) {

	/** More lines than this nobody can tell apart. */
	static final int MAX_LINES = 9;

	private static final List<String> TIMES = List.of("at", "from");

	private static final String FIRST = "firstAt";

	private static final String INTERVAL = "intervalSeconds";

	private static final String LINES = "lines";

	private static final String UNIT = "unit";

	/** Beside what else is known of the same numbers it only makes that small. */
	private static final String SUM = "sum";

	/**
	 * Returns whether a record looks like lines over time.
	 * @param map the record
	 * @return whether it has what these have
	 */
	static boolean isTimeline(Map<?, ?> map) {
		return map.containsKey(FIRST) && map.containsKey(INTERVAL) && map.containsKey(LINES);
	}

	/**
	 * Finds the charts of a record.
	 * @param map the record
	 * @return one chart, or none
	 */
	static List<TimePlot> of(Map<?, ?> map) {
		Instant first = instant(map.get(FIRST));
		if (first == null || !(map.get(LINES) instanceof Map<?, ?> lines)
				|| !(map.get(INTERVAL) instanceof Number interval) || !(interval.doubleValue() > 0)) {
			return List.of();
		}
		double step = Math.min(interval.doubleValue() * 1000, 1e12);
		long from = first.toEpochMilli();
		List<Line> drawn = new ArrayList<>();
		int length = 1;
		for (Map.Entry<?, ?> entry : lines.entrySet()) {
			if (!(entry.getValue() instanceof List<?> values) || !values.stream().allMatch(TimePlot::isNumber)) {
				return List.of();
			}
			length = Math.max(length, values.size());
			Line line = new Line(String.valueOf(entry.getKey()), new ArrayList<>());
			for (int i = 0; i < values.size(); i++) {
				line.points.add(new Point(from + (long) (i * step), number(values.get(i))));
			}
			if (line.hasNumber() && drawn.size() < MAX_LINES) {
				drawn.add(line);
			}
		}
		if (drawn.isEmpty()) {
			return List.of();
		}
		Measure measure = Measure.of("", (map.get(UNIT) instanceof String unit) ? unit : null);
		return List.of(new TimePlot(measure, from, from + (long) ((length - 1) * step), drawn));
	}

	/**
	 * Finds the charts of a list.
	 * @param list the list
	 * @return a chart for each unit, none if these are not numbers over time
	 */
	static List<TimePlot> of(List<?> list) {
		String time = timeOf(list);
		if (time == null) {
			return List.of();
		}
		Map<String, Line> lines = new LinkedHashMap<>();
		String unit = null;
		for (Object element : list) {
			Map<?, ?> record = (Map<?, ?>) element;
			Instant at = instant(record.get(time));
			if (at == null) {
				return List.of();
			}
			unit = (record.get(UNIT) instanceof String text) ? text : unit;
			for (Map.Entry<?, ?> entry : record.entrySet()) {
				String name = String.valueOf(entry.getKey());
				if (name.equals(time) || name.equals(UNIT)) {
					continue;
				}
				if (!isNumber(entry.getValue())) {
					return List.of();
				}
				lines.computeIfAbsent(name, (key) -> new Line(key, new ArrayList<>())).points
					.add(new Point(at.toEpochMilli(), number(entry.getValue())));
			}
		}
		return byMeasure(lines, unit);
	}

	private static @Nullable String timeOf(List<?> list) {
		if (list.isEmpty() || !list.stream().allMatch(Map.class::isInstance)) {
			return null;
		}
		Set<?> keys = ((Map<?, ?>) list.get(0)).keySet();
		return TIMES.stream().filter(keys::contains).findFirst().orElse(null);
	}

	private static List<TimePlot> byMeasure(Map<String, Line> lines, @Nullable String unit) {
		Map<Measure, List<Line>> charts = new LinkedHashMap<>();
		long from = Long.MAX_VALUE;
		long to = Long.MIN_VALUE;
		for (Line line : lines.values()) {
			line.points.sort(Comparator.comparingLong(Point::millis));
			from = Math.min(from, line.points.get(0).millis());
			to = Math.max(to, line.points.get(line.points.size() - 1).millis());
			if (line.hasNumber()) {
				charts.computeIfAbsent(Measure.of(line.name, unit), (key) -> new ArrayList<>()).add(line);
			}
		}
		List<TimePlot> plots = new ArrayList<>();
		for (Map.Entry<Measure, List<Line>> chart : charts.entrySet()) {
			List<Line> drawn = chart.getValue();
			if (drawn.size() > 1) {
				drawn.removeIf((line) -> line.name.equals(SUM));
			}
			plots.add(new TimePlot(chart.getKey(), from, to, drawn.subList(0, Math.min(drawn.size(), MAX_LINES))));
		}
		return plots;
	}

	private static boolean isNumber(@Nullable Object value) {
		return value == null || value instanceof Number;
	}

	private static double number(@Nullable Object value) {
		return (value instanceof Number number) ? number.doubleValue() : Double.NaN;
	}

	private static @Nullable Instant instant(@Nullable Object value) {
		try {
			Instant instant = (value instanceof String text) ? Instant.parse(text) : null;
			// Milliseconds of it fit into a number.
			return (instant != null && Math.abs(instant.getEpochSecond()) < 1e12) ? instant : null;
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	double max() {
		return this.lines.stream().mapToDouble(Line::max).max().orElse(0);
	}

	double min() {
		return this.lines.stream().mapToDouble(Line::min).min().orElse(0);
	}

	/**
	 * One line.
	 *
	 * @param name what it is called
	 * @param points its points in the order of time
	 */
	record Line(String name, List<Point> points) {

		boolean hasNumber() {
			return this.points.stream().anyMatch(Point::isNumber);
		}

		double max() {
			return this.points.stream().filter(Point::isNumber).mapToDouble(Point::value).max().orElse(0);
		}

		double min() {
			return this.points.stream().filter(Point::isNumber).mapToDouble(Point::value).min().orElse(0);
		}

		/**
		 * Returns the last number.
		 * @return the number; {@code NaN} if there is none at the end
		 */
		double last() {
			return this.points.isEmpty() ? Double.NaN : this.points.get(this.points.size() - 1).value();
		}

	}

	/**
	 * One point.
	 *
	 * @param millis the time since the epoch
	 * @param value the number, {@code NaN} if there is none
	 */
	record Point(long millis, double value) {

		boolean isNumber() {
			return Double.isFinite(this.value);
		}

	}

}
