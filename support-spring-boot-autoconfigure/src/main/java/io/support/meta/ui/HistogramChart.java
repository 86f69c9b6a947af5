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
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * How many numbers lie where, with the percentiles marked. Found in a record with a list
 * of {@code buckets}, each with {@code from} and {@code to} (or {@code lower} and
 * {@code upper}) and {@code count}; the percentiles are {@code p50}, {@code p90},
 * {@code p99} and {@code p999} of the same record or of a record in it.
 *
 * @param measure what the numbers count
 * @param axis from the smallest to the largest number
 * @param heights how many lie in columns of equal width, of all columns
 * @param marks the percentiles by their labels
 */
record HistogramChart(Measure measure, Axis axis, List<Double> heights, Map<String, Double> marks) {

	static final String BUCKETS = "buckets";

	private static final int COLUMNS = 60;

	private static final int COLUMN = LineChart.WIDTH / COLUMNS;

	/** Room for the labels of the percentiles, one below the other. */
	private static final int LABELS = 52;

	private static final int LABEL = 13;

	/**
	 * Numbers that differ by more than this factor are told apart by their logarithms.
	 */
	private static final double FAR = 10;

	private static final Map<String, String> PERCENTILES = new LinkedHashMap<>();

	static {
		PERCENTILES.put("p50", "p50");
		PERCENTILES.put("p90", "p90");
		PERCENTILES.put("p99", "p99");
		PERCENTILES.put("p999", "p99.9");
	}

	/**
	 * Finds the histogram of a record.
	 * @param map the record
	 * @return the histogram, or {@code null} if it has none
	 */
	static @Nullable HistogramChart of(Map<?, ?> map) {
		if (!(map.get(BUCKETS) instanceof List<?> list) || list.isEmpty()) {
			return null;
		}
		List<Bucket> buckets = new ArrayList<>();
		for (Object element : list) {
			Bucket bucket = (element instanceof Map<?, ?> record) ? Bucket.of(record) : null;
			if (bucket == null) {
				return null;
			}
			buckets.add(bucket);
		}
		String unit = (map.get("unit") instanceof String text) ? text : null;
		Axis axis = axis(buckets);
		return new HistogramChart(Measure.of("", unit), axis, heights(buckets, axis), marks(map));
	}

	private static Axis axis(List<Bucket> buckets) {
		double from = buckets.stream().mapToDouble(Bucket::from).min().orElse(0);
		double to = buckets.stream().mapToDouble(Bucket::to).max().orElse(0);
		// What is zero is at the left end of a logarithmic scale.
		double smallest = buckets.stream().mapToDouble(Bucket::from).filter((lower) -> lower > 0).min().orElse(0);
		return (from >= 0 && smallest > 0 && to / smallest > FAR) ? new Axis(smallest, to, true)
				: Axis.linear(from, to);
	}

	/*
	 * A bucket that is wider than a column is shared out.
	 */
	private static List<Double> heights(List<Bucket> buckets, Axis axis) {
		double[] heights = new double[COLUMNS];
		for (Bucket bucket : buckets) {
			double from = axis.place(bucket.from()) * COLUMNS;
			double to = Math.max(from, axis.place(bucket.to()) * COLUMNS);
			int first = Math.min(COLUMNS - 1, (int) from);
			int last = Math.min(COLUMNS - 1, (int) to);
			for (int column = first; column <= last; column++) {
				double part = (first == last) ? 1 : (Math.min(to, column + 1.0) - Math.max(from, column)) / (to - from);
				heights[column] += bucket.count() * part;
			}
		}
		return Arrays.stream(heights).boxed().toList();
	}

	private static Map<String, Double> marks(Map<?, ?> map) {
		Map<String, Double> marks = new LinkedHashMap<>();
		List<Map<?, ?>> records = new ArrayList<>(List.of(map));
		map.values().forEach((value) -> {
			if (value instanceof Map<?, ?> inner) {
				records.add(inner);
			}
		});
		PERCENTILES.forEach((name, label) -> records.stream()
			.map((record) -> record.get(name))
			.filter(Number.class::isInstance)
			.map((value) -> ((Number) value).doubleValue())
			.filter(Double::isFinite)
			.findFirst()
			.ifPresent((value) -> marks.put(label, value)));
		return marks;
	}

	/**
	 * Draws the histogram.
	 * @param html where it is written
	 * @param title what is spread
	 */
	void write(HtmlWriter html, String title) {
		int bottom = LABELS + LineChart.HEIGHT;
		html.open("figure", "class", "chart");
		html.open("svg", "role", "img", "class", "histogram", "aria-label", description(title));
		html.open("line", "class", "grid", "x2", "100%", "y1", String.valueOf(bottom), "y2", String.valueOf(bottom))
			.close();
		html.open("svg", "y", String.valueOf(LABELS), "width", "100%", "height", String.valueOf(LineChart.HEIGHT),
				"viewBox", "0 0 " + LineChart.WIDTH + ' ' + LineChart.HEIGHT, "preserveAspectRatio", "none",
				"aria-hidden", "true");
		html.open("path", "class", "bars", "d", bars()).close().close();
		int row = 0;
		for (Map.Entry<String, Double> mark : this.marks.entrySet()) {
			mark(html, mark.getKey(), mark.getValue(), row++, bottom);
		}
		String y = String.valueOf(bottom + 14);
		html.leaf("text", this.measure.say(this.axis.from()), "y", y);
		html.leaf("text", this.measure.say(this.axis.middle()), "x", "50%", "y", y, "class", "middle");
		html.leaf("text", this.measure.say(this.axis.to()), "x", "100%", "y", y, "class", "end");
		html.close().close();
	}

	private void mark(HtmlWriter html, String label, double value, int row, int bottom) {
		double place = this.axis.place(value);
		String x = String.format(Locale.ROOT, "%.1f%%", place * 100);
		int y = (row + 1) * LABEL;
		html.open("line", "class", "mark", "x1", x, "x2", x, "y1", String.valueOf(y - LABEL + 3), "y2",
				String.valueOf(bottom))
			.close();
		boolean left = place > 0.5;
		html.leaf("text", label + ' ' + this.measure.say(value), "x", x, "y", String.valueOf(y - 2), "dx",
				left ? "-4" : "4", "class", left ? "end" : null);
	}

	private String bars() {
		double most = Collections.max(this.heights);
		StringBuilder path = new StringBuilder();
		for (int i = 0; i < COLUMNS; i++) {
			int height = (most > 0) ? (int) Math.round(this.heights.get(i) / most * LineChart.HEIGHT) : 0;
			// What is there can be seen.
			height = (this.heights.get(i) > 0) ? Math.max(1, height) : 0;
			if (height > 0) {
				path.append('M').append(i * COLUMN).append(' ').append(LineChart.HEIGHT).append('v').append(-height);
				path.append('h').append(COLUMN - 1).append('v').append(height).append('z');
			}
		}
		return path.toString();
	}

	private String description(String title) {
		StringBuilder text = new StringBuilder(
				title + " from " + this.measure.say(this.axis.from()) + " to " + this.measure.say(this.axis.to()));
		this.marks
			.forEach((label, value) -> text.append(", ").append(label).append(' ').append(this.measure.say(value)));
		return text.toString();
	}

	/**
	 * Numbers that lie close together.
	 *
	 * @param from the smallest
	 * @param to above all of them
	 * @param count how many there are, not negative
	 */
	private record Bucket(double from, double to, double count) {

		static @Nullable Bucket of(Map<?, ?> record) {
			double from = number(record, "from", "lower");
			double to = number(record, "to", "upper");
			double count = number(record, "count", "count");
			return (Double.isFinite(from) && Double.isFinite(to) && Double.isFinite(count) && from <= to && count >= 0)
					? new Bucket(from, to, count) : null;
		}

		private static double number(Map<?, ?> record, String name, String other) {
			Object value = record.containsKey(name) ? record.get(name) : record.get(other);
			return (value instanceof Number number) ? number.doubleValue() : Double.NaN;
		}

	}

}
