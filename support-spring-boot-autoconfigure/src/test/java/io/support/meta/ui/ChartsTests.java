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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.actuate.endpoint.Access;

import io.support.meta.Envelope;
import io.support.meta.Instance;
import io.support.meta.Page;
import io.support.meta.Page.Outcome;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what is drawn of a tree: {@link LineChart}, {@link HistogramChart} and
 * {@link StateGraph}.
 */
class ChartsTests {

	private static final String HOSTILE = "<script>\"'&</script>";

	private static final Pattern ATTRIBUTE = Pattern.compile(" (\\w+)=\"([^\"]*)\"");

	private static final Pattern STEP = Pattern.compile("([MlhHvVZz])|(-?\\d+)");

	private final HtmlRenderer renderer = new HtmlRenderer("support", new Assets(), Access.READ_ONLY);

	@Test
	void recordsWithATimeAreDrawnAndATableToo() {
		String html = body(map("recent", points(1.0, 3.0, 2.0), "unit", "x"));
		assertThat(html).containsOnlyOnce("<svg role=\"img\" class=\"plot\"")
			.contains("aria-label=\"recent from 12:00:00 to 12:00:02 UTC: value 1 to 3\"")
			.contains("<path class=\"line c0\" d=\"M0 77l300-39 300 20\"></path>")
			.contains("<path class=\"area c0\" d=\"M0 77l300-39 300 20V96H0Z\"></path>")
			.contains("<details><summary>as a table</summary>", "</table></div></details>");
	}

	@Test
	void numbersOfOneUnitShareAChart() {
		List<Object> rows = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			rows.add(
					map("from", "2026-11-26T12:0" + i + ":00Z", "count", 3L, "sum", 9e9, "max", 4e6, "meanNanos", 3e6));
		}
		String html = body(map("meters", map("unit", "nanoseconds", "value", 1L, "minutes", rows)));
		assertThat(occurrences(html, "class=\"plot\"")).isEqualTo(2);
		assertThat(html).contains("max <b>4.00 ms</b>", "mean <b>3.00 ms</b>", "count <b>3</b>")
			.doesNotContain("sum <b>");
	}

	@Test
	void linesOfARecordAreDrawn() {
		String html = body(map("history", map("requests", timeline("per second", map("served", list(1L, null, 5L))),
				"queueAge", timeline("nanoseconds", map("p99", list(1e6, 2e6, null), "max", list(2e6, 5e6, 3e6))))));
		assertThat(html).contains("<span class=\"key c0\">served <b>5/s</b></span>",
				"<span class=\"key c0\">p99 <b>\u2013</b></span>", "<span class=\"key c1\">max <b>3.00 ms</b></span>")
			.contains("d=\"M0 77h0M600 0h0\"")
			.contains("<h3 title=\"queueAge\">queue age</h3>")
			.doesNotContain("<table>");
	}

	@Test
	void linesThatAreAPageAreDrawn() {
		assertThat(body(map("heap", timeline("bytes", map("used", list(1024L)))))).contains("class=\"plot\"",
				"1.00 KiB");
	}

	@ParameterizedTest
	@MethodSource
	void whatHasMoreThanNumbersIsNotDrawn(Object list) {
		assertThat(body(map("events", list))).doesNotContain("<svg", "<details");
	}

	static Stream<Object> whatHasMoreThanNumbersIsNotDrawn() {
		return Stream.of(List.of(map("at", "2026-11-26T12:00:00Z", "name", "connect", "durationNanos", 5L)),
				List.of(map("at", "yesterday", "value", 5L)), List.of(map("at", 5L, "value", 5L)),
				List.of(map("at", "2026-11-26T12:00:00Z")), List.of(map("at", "2026-11-26T12:00:00Z", "value", null)),
				List.of(), List.of(map("value", 5L)), map("firstAt", "now", "intervalSeconds", 1L, "lines", map()),
				map("firstAt", "2026-11-26T12:00:00Z", "intervalSeconds", 0L, "lines", map("a", list(1L))),
				map("firstAt", "2026-11-26T12:00:00Z", "intervalSeconds", 1L, "lines", map("a", List.of(HOSTILE))),
				map("buckets", List.of(map("from", 1L, "to", 0L, "count", 1L))),
				map("buckets", List.of(map("from", null, "to", 0L, "count", 1L))), map("buckets", List.of()),
				map("states", List.of(), "steps", List.of()),
				map("states", List.of(map("name", 1L)), "steps", List.of()),
				map("states", List.of(map("name", "a")), "steps", List.of(map("from", "a", "to", "b"))));
	}

	@ParameterizedTest
	@MethodSource
	void whateverTheNumbersAreTheyLieInsideOfTheChart(List<@Nullable Number> numbers) {
		List<Object> buckets = new ArrayList<>();
		for (Number number : numbers) {
			if (number != null) {
				double value = number.doubleValue();
				buckets.add(map("from", Math.min(value, value / 2), "to", Math.max(value, value / 2), "count",
						Math.abs(value)));
			}
		}
		String html = body(map("chart", timeline("bytes", map("a", numbers, "b", list(1L))), "recent",
				points(numbers.toArray(new Number[0])), "spread", map("unit", "nanoseconds", "p50", numbers.get(0),
						"p999", numbers.get(numbers.size() - 1), "buckets", buckets)));
		assertThat(html).contains("class=\"plot\"").doesNotContain("NaN", "Infinity");
		assertDrawingsAreInside(html);
	}

	static Stream<List<@Nullable Number>> whateverTheNumbersAreTheyLieInsideOfTheChart() {
		return Stream.of(list(0L), list(5L), list(-5L), list(1L, 1L), list(0.0, -0.0), list(-3L, 7L), list(-7L, -3L),
				list(Double.MAX_VALUE, -Double.MAX_VALUE), list(Double.MAX_VALUE), list(-Double.MAX_VALUE),
				list(Double.MIN_VALUE, 1L), list(Double.MIN_VALUE), list(Long.MAX_VALUE, Long.MIN_VALUE),
				list(1e300, 1L, null, 1e-300), list(null, 4L, null), list(1e18, 1e18 + 200));
	}

	@Test
	void manyPointsAreNoMoreThanCanBeSeen() {
		Number[] numbers = new Number[5000];
		Arrays.fill(numbers, 1L);
		numbers[1234] = 100L;
		String html = body(map("recent", points(numbers)));
		String path = path(html, "line c0");
		assertThat(path.length()).isLessThan(4000);
		assertThat(path).contains("-95");
		assertDrawingsAreInside(html);
	}

	@Test
	void percentilesAreMarkedInAHistogram() {
		List<Object> buckets = List.of(map("from", 1e6, "to", 2e6, "count", 50L),
				map("lower", 2e6, "upper", 4e6, "count", 25L), map("from", 9e7, "to", 1e8, "count", 0.01));
		String html = body(map("times", map("unit", "nanoseconds", "figures", map("p50", 1e7, "p99", 9e7, "p999", null),
				"p90", 1e6, "buckets", buckets)));
		assertThat(html).contains(
				"class=\"histogram\" aria-label=\"times from 1.00 ms to 100 ms, p50 10.0 ms, p90 1.00 ms, p99 90.0 ms\"")
			.contains("x1=\"50.0%\" x2=\"50.0%\"", "x1=\"0.0%\"", ">p50 10.0 ms</text>", ">p99 90.0 ms</text>")
			.doesNotContain("p99.9", "<table>");
		assertThat(path(html, "bars")).startsWith("M0 96v-96h9v96z").contains("v-1h9");
		assertDrawingsAreInside(html);
	}

	@Test
	void statesAreAGraphAndTables() {
		String html = body(machine());
		assertThat(occurrences(html, "<g class=\"node")).isEqualTo(4);
		assertThat(occurrences(html, "<g class=\"edge")).isEqualTo(4);
		assertThat(html).contains("<title>CONNECTING to IDLE: 1,234,567</title>", ">1.2 M</text>", ">in use</text>",
				"2 now, stays 3.00 ms", "<title>IDLE to end: 3</title>", "aria-label=\"4 states; CONNECTING to IDLE")
			.contains("title=\"states\">states</h2>", "title=\"steps\">steps</h2>");
		assertThat(body(map("groups", List.of(map("name", "a", "health", machine()))))).contains("class=\"graph\"");
	}

	private static Map<String, @Nullable Object> machine() {
		return map(
				"present", 5L, "states", List.of(map("name", "CONNECTING", "present", 0L),
						map("name", "IDLE", "present", 2L, "meanNanos", 3e6), map("name", "IN_USE", "present", 3L)),
				"steps",
				List.of(map("from", "CONNECTING", "to", "IDLE", "count", 1_234_567L),
						map("from", "IDLE", "to", "IN_USE", "count", 7L),
						map("from", "IN_USE", "to", "IDLE", "count", 6L), map("from", "IDLE", "to", null, "count", 3L),
						map("from", "nope", "to", "IDLE", "count", 3L)));
	}

	@Test
	void hostileTextStaysText() {
		String html = body(map(HOSTILE, timeline(HOSTILE, map(HOSTILE, list(1L, 2L))), "m",
				map("states", List.of(map("name", HOSTILE), map("name", "b")), "steps",
						List.of(map("from", HOSTILE, "to", "b", "count", 1L),
								map("from", "b", "to", HOSTILE, "count", 1L))),
				"h", map("unit", HOSTILE, "p50", 1L, "buckets", List.of(map("from", 1L, "to", 2L, "count", 1L)))));
		assertThat(html).contains("class=\"plot\"", "class=\"graph\"", "class=\"histogram\"")
			.doesNotContain("<script")
			.doesNotContainPattern("<[^>]* (on\\w+|style)=");
	}

	@Test
	void pageWithoutChartsIsAsItWas() {
		assertThat(body(map("queueDepth", 3L, "rows", List.of(map("name", "a", "count", 1L))))).doesNotContain("<svg",
				"figure", "details");
	}

	/** Follows every path and checks where it leads. */
	private static void assertDrawingsAreInside(String html) {
		for (String tag : html.split("<", -1)) {
			if (!tag.startsWith("path ") && !tag.startsWith("line ") && !tag.startsWith("text ")) {
				continue;
			}
			Matcher attributes = ATTRIBUTE.matcher(tag);
			while (attributes.find()) {
				String value = attributes.group(2);
				switch (attributes.group(1)) {
					case "d" -> assertPathIsInside(value);
					case "x", "x1", "x2" ->
						assertThat(Double.parseDouble(value.replace("%", ""))).isBetween(0.0, 100.0);
					case "y", "y1", "y2" -> assertThat(Integer.parseInt(value)).isBetween(0, 168);
					default -> {
					}
				}
			}
		}
	}

	private static void assertPathIsInside(String path) {
		assertThat(path).matches("[MlhHvVZz0-9 -]*");
		Matcher steps = STEP.matcher(path);
		char command = 'M';
		List<Integer> numbers = new ArrayList<>();
		int x = 0;
		int y = 0;
		while (steps.find()) {
			if (steps.group(1) != null) {
				command = steps.group(1).charAt(0);
				continue;
			}
			numbers.add(Integer.parseInt(steps.group(2)));
			boolean pair = command == 'M' || command == 'l';
			if (pair && numbers.size() < 2) {
				continue;
			}
			int first = numbers.get(0);
			switch (command) {
				case 'M' -> {
					x = first;
					y = numbers.get(1);
				}
				case 'l' -> {
					x += first;
					y += numbers.get(1);
				}
				case 'h' -> x += first;
				case 'H' -> x = first;
				case 'v' -> y += first;
				default -> y = first;
			}
			numbers.clear();
			assertThat(x).as(path).isBetween(0, LineChart.WIDTH);
			assertThat(y).as(path).isBetween(0, LineChart.HEIGHT);
		}
	}

	private static String path(String html, String style) {
		int start = html.indexOf("<path class=\"" + style + "\" d=\"");
		assertThat(start).isPositive();
		int data = html.indexOf(" d=\"", start) + 4;
		return html.substring(data, html.indexOf('"', data));
	}

	private static int occurrences(String html, String text) {
		return html.split(Pattern.quote(text), -1).length - 1;
	}

	private static List<Object> points(@Nullable Number... numbers) {
		List<Object> points = new ArrayList<>();
		for (int i = 0; i < numbers.length; i++) {
			points.add(map("at", java.time.Instant.parse("2026-11-26T12:00:00Z").plusSeconds(i).toString(), "value",
					numbers[i]));
		}
		return points;
	}

	private static Map<String, @Nullable Object> timeline(String unit, Map<String, @Nullable Object> lines) {
		return map("firstAt", "2026-11-26T12:00:00Z", "intervalSeconds", 1L, "unit", unit, "lines", lines);
	}

	private static List<@Nullable Number> list(@Nullable Object... numbers) {
		List<@Nullable Number> list = new ArrayList<>();
		for (Object number : numbers) {
			list.add((Number) number);
		}
		return list;
	}

	private String body(@Nullable Object data) {
		Instance instance = new Instance("shop", 1, "host", "2026-11-26T12:00:00Z");
		Page page = new Page(Outcome.FOUND, new Envelope("s", "p", "t", instance, data, null, false), List.of(), false);
		String html = this.renderer.render(page, 1);
		return html.substring(html.indexOf("<main"), html.indexOf("</main>"));
	}

	private static Map<String, @Nullable Object> map(@Nullable Object... keysAndValues) {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		for (int i = 0; i < keysAndValues.length; i += 2) {
			map.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
		}
		return map;
	}

}
