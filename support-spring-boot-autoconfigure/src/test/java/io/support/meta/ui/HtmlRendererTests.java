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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.endpoint.Access;

import io.support.meta.Envelope;
import io.support.meta.Instance;
import io.support.meta.Page;
import io.support.meta.Page.Outcome;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HtmlRenderer} and what it shows a tree with.
 */
class HtmlRendererTests {

	private static final String HOSTILE = "<script>\"'&</script>";

	private final HtmlRenderer renderer = new HtmlRenderer("support", new Assets(), Access.READ_ONLY);

	@ParameterizedTest
	@EnumSource
	void hostileTextIsNeverMarkup(Outcome outcome) {
		Map<String, Object> hostile = map(HOSTILE, HOSTILE, "list", List.of(HOSTILE), "grid",
				List.of(map("name", HOSTILE, HOSTILE, map(HOSTILE, 1L)),
						map("name", HOSTILE, HOSTILE, map(HOSTILE, 1L))),
				"nested", map(HOSTILE, map(HOSTILE, List.of(List.of(HOSTILE)))), "state", HOSTILE, "error",
				map("type", HOSTILE, "message", HOSTILE), "unit", HOSTILE, "value", 1L);
		Instance instance = new Instance(HOSTILE, 1, HOSTILE, HOSTILE);
		Page page = new Page(outcome, new Envelope(HOSTILE, HOSTILE, HOSTILE, instance, hostile, HOSTILE, true),
				List.of(HOSTILE), true);
		String html = this.renderer.render(page, 1);
		assertThat(html).contains("&lt;script&gt;&quot;&#39;&amp;&lt;/script&gt;");
		assertThat(Pattern.compile("<script[^>]*>").matcher(html).results()).singleElement()
			.satisfies((script) -> assertThat(script.group()).contains("/assets/support.js?v="));
		assertThat(html).doesNotContainPattern(" (on\\w+|style)=");
	}

	@Test
	void amountAndLimitAreOneFactWithAMeter() {
		assertThat(body(map("queueDepth", 120L, "queueCapacity", 128L))).contains("120 <small>of 128</small>")
			.containsOnlyOnce("<dt ")
			.contains("max=\"128.0\"", "value=\"120.0\"");
	}

	@Test
	void recordsOfOneKindAreATable() {
		String html = body(map("tiers", List.of(List.of(map("address", "a:1", "state", "down", "failures", 2L)),
				List.of(map("address", "b:1", "state", "up", "failures", 0L)))));
		assertThat(html).containsOnlyOnce("<table>").contains("<tr class=\"bad\">").contains(">a:1</th>");
		assertThat(html).contains("class=\"number warn");
	}

	@Test
	void metersOfDifferentKindsAreOneTable() {
		Map<String, @Nullable Object> gauge = map("name", "disk.free", "tags", map("path", "/tmp"), "unit", "bytes",
				"value", 1024.0);
		gauge.put("distribution", null);
		Map<String, @Nullable Object> timer = map("name", "orders", "tags", map(), "unit", "nanoseconds");
		timer.put("value", null);
		timer.put("distribution", map("count", 2L, "mean", 1_500_000.0));
		assertThat(body(map("meters", List.of(gauge, timer)))).containsOnlyOnce("<table>")
			.contains("path=/tmp", "1.00 KiB", ">1.50 ms<", "colspan=\"2\">distribution</th>")
			.doesNotContain("nanoseconds</td>");
	}

	@Test
	void whatBelongsToAMeterIsInItsUnit() {
		Map<String, @Nullable Object> timer = map("name", "orders", "unit", "nanoseconds");
		timer.put("figures", map("count", 2L, "mean", 1_500_000.0, "skewness", 0.25));
		timer.put("averages", List.of(map("minutes", 5L, "perSecond", 3.0, "mean", 2_500_000.0)));
		assertThat(body(map("meters", List.of(timer, timer)))).contains("1.50 ms", "2.50 ms", "0.25")
			.doesNotContain("3.00 ns", "0.25 ns", "5 ns", ">nanoseconds<");
	}

	@Test
	void recordWithAPageOfItsOwnLinksToIt() {
		Map<String, Object> tree = map("meters", List.of(map("name", "a,b \"c\"", "count", 1L)), "others",
				List.of(map("name", "other", "count", 2L)), "details", "meters.name");
		assertThat(body(tree)).containsOnlyOnce("support/p/")
			.contains("<a href=\"../support/p/a%2Cb%20%22c%22\">a,b &quot;c&quot;</a>")
			.doesNotContain("meters.name");
		assertThat(body(map("machines",
				List.of(map("name", "one", "now", map("steps", List.of(map("a", 1L)))),
						map("name", "two", "now", map("steps", List.of(map("a", List.of(map("b", 1L))))))),
				"details", "machines.name")))
			.contains("<a href=\"../support/p/one\">", "<a href=\"../support/p/two\">");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a/b", "a\\b", "a;b", "a%b", "a\nb", "", ".", "..", "https://a:******@b" })
	void nameThatCannotBeInAnAddressIsNoLink(String name) {
		assertThat(body(map("meters", List.of(map("name", name, "count", 1L), map("name", "other", "count", 2L)),
				"details", "meters.name")))
			.containsOnlyOnce("support/p/");
	}

	@Test
	void wideTableIsOneForEachRecordInside() {
		List<Object> methods = new ArrayList<>();
		for (String name : List.of("find", "save")) {
			Map<String, @Nullable Object> method = map("name", name);
			for (String figure : List.of("calls", "rejected", "cancelled", "timeouts", "meanNanos", "maxNanos")) {
				method.put(figure, 5L);
			}
			method.put("inline", name.equals("save") ? map("small", 1L, "nested", 2L, "condition", 3L) : map());
			method.put("resultSize", map("mean", 1.5, "max", 7L));
			methods.add(method);
		}
		String html = body(map("methods", methods));
		assertThat(html.split("<table>", -1)).hasSize(4);
		assertThat(html).contains("title=\"inline\">inline</h3>", "title=\"resultSize\">result size</h3>")
			.doesNotContain("colspan");
		String inline = html.substring(html.indexOf(">inline</h3>"));
		assertThat(inline).contains(">save</th>").doesNotContain(">find</th>");
	}

	@Test
	void pagesAreInGroupsWithThoseOfOtherEndpoints() {
		HtmlRenderer renderer = new HtmlRenderer("support", "support",
				List.of(new PageLink("traffic", "supporttraffic"), new PageLink("new", "supportnew")), new Assets(),
				Access.READ_ONLY);
		Page page = new Page(Outcome.FOUND, new Envelope("s", "acceptor/one", "t", instance(), Map.of(), null, false),
				List.of("acceptor", "orders", "stats"), false);
		String html = renderer.render(page, 2);
		assertThat(html.substring(html.indexOf("<nav"), html.indexOf("</nav>"))
			.replaceAll("<[^>]*>", " ")
			.trim()
			.split("\\s+")).containsExactly("now", "index", "requests", "acceptor", "traffic", "statistics", "stats",
					"application", "orders", "new");
		assertThat(html).contains("<a href=\"../../supporttraffic\">traffic</a>",
				"<a href=\"../../supportnew\">new</a>", "<a href=\"../../support\">index</a>",
				"<a href=\"../../support/acceptor\" aria-current=\"page\">acceptor</a>");
	}

	@Test
	void detailsOfSomethingElseAreAFact() {
		assertThat(body(map("details", "see above", "x", 1L))).contains("see above");
	}

	@Test
	void tableWithTooManyRowsIsCutAndSaysSo() {
		List<Object> rows = Collections.nCopies(Grid.MAX_ROWS + 1, map("name", "n", "count", 1L));
		assertThat(body(map("rows", rows))).contains("The first 200 of 201 are shown: Enter in a filter");
		Map<String, Object> wide = new LinkedHashMap<>();
		IntStream.range(0, 10).forEach((i) -> wide.put("count" + i, 1L));
		assertThat(body(map("rows", Collections.nCopies(120, wide)))).contains("The first 100 of 120 are shown");
	}

	@Test
	void emptyAndOddTreesHaveAPageToo() {
		assertThat(body(Map.of())).contains("none");
		assertThat(body(null)).contains("\u2013");
		assertThat(body("text")).contains("text");
		assertThat(body(List.of())).contains("none");
		assertThat(body(map("", map("", "")))).contains("<dt title=\"\">");
		assertThat(body(List.of(map("a", 1L), "b", List.of(List.of(map("c", map("d", map("e", 1L)))))))).contains("#2");
	}

	@Test
	void truncatedPageSaysSo() {
		Page page = new Page(Outcome.FOUND, new Envelope("s", "p", "t", instance(), Map.of(), null, true), List.of(),
				false);
		assertThat(this.renderer.render(page, 1)).contains("some of it was left out");
	}

	@Test
	void buttonIsThereOnlyWhereItMayBePressedAndHasSomethingToReset() {
		HtmlRenderer writable = new HtmlRenderer("support", new Assets(), Access.UNRESTRICTED);
		assertThat(writable.render(page(true), 1)).containsOnlyOnce("data-action=\"reset\"");
		assertThat(writable.render(page(false), 1)).doesNotContain("data-action");
		assertThat(this.renderer.render(page(true), 1)).doesNotContain("data-action");
	}

	private static Page page(boolean resettable) {
		return new Page(Outcome.FOUND, new Envelope("s", "p", "t", instance(), Map.of(), null, false), List.of(),
				resettable);
	}

	private String body(@Nullable Object data) {
		Page page = new Page(Outcome.FOUND, new Envelope("s", "p", "t", instance(), data, null, false), List.of(),
				false);
		String html = this.renderer.render(page, 1);
		return html.substring(html.indexOf("<main"), html.indexOf("</main>"));
	}

	private static Instance instance() {
		return new Instance("shop", 1, "host", "2026-11-23T12:00:00Z");
	}

	private static Map<String, @Nullable Object> map(Object... keysAndValues) {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		for (int i = 0; i < keysAndValues.length; i += 2) {
			map.put((String) keysAndValues[i], keysAndValues[i + 1]);
		}
		return map;
	}

}
