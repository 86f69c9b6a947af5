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

package io.support.meta;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link TreeSelection} and its {@link PageQuery}.
 */
class TreeSelectionTests {

	private static final Map<String, Object> PAY = row("name", "pay", "state", "UP", "open", 3L);

	private static final Map<String, Object> MAIL = row("name", "mail", "state", "DOWN", "open", 0L);

	@Test
	void rowsStayInWhichAllWordsOccur() {
		Map<String, Object> tree = row("open", 3L, "groups", List.of(PAY, MAIL));
		assertThat(filtered(tree, "down")).isEqualTo(row("open", 3L, "groups", List.of(MAIL)));
		assertThat(filtered(tree, " PA  up ")).isEqualTo(row("open", 3L, "groups", List.of(PAY)));
		assertThat(filtered(tree, "pay down")).isEqualTo(row("open", 3L, "groups", List.of()));
		assertThat(filtered(tree, "  ")).isEqualTo(tree);
	}

	@Test
	void entriesOfAMapOfRecordsAreRows() {
		Map<String, Object> calls = row("calls", 3L, "state", "UP");
		Map<String, Object> tree = row("dispatchers", row("io", calls, "cpu", calls));
		assertThat(filtered(tree, "io")).isEqualTo(row("dispatchers", row("io", calls)));
		Map<String, Object> load = row("cpu", row("cpus", 2L), "heap", row("usedBytes", 5L));
		assertThat(filtered(row("load", load), "nothing")).isEqualTo(row("load", load));
	}

	@Test
	void rowsInsideOfRowsSpeakForThemselves() {
		Map<String, Object> first = row("address", "10.0.0.1", "state", "UP");
		Map<String, Object> second = row("address", "10.0.0.2", "state", "DOWN");
		Map<String, Object> group = row("name", "pay", "tiers", List.of(List.of(first), List.of(second)));
		Map<String, Object> other = row("name", "mail", "tiers", List.of(List.of(first)));
		Map<String, Object> tree = row("groups", List.of(group, other));
		assertThat(filtered(tree, "pay")).isEqualTo(row("groups", List.of(group)));
		Map<String, Object> down = row("name", "pay", "tiers", List.of(List.of(second)));
		assertThat(filtered(tree, "down")).isEqualTo(row("groups", List.of(down)));
		assertThat(filtered(tree, "pay down")).isEqualTo(row("groups", List.of(down)));
		assertThat(filtered(tree, "mail down")).isEqualTo(row("groups", List.of()));
	}

	@Test
	void tablesInARecordInsideOfARowCountAsWell() {
		Map<String, Object> steps = row("steps", List.of(row("from", "a", "to", "b"), row("from", "b", "to", "c")));
		Map<String, Object> tree = row("groups", List.of(row("name", "pay", "health", steps)));
		assertThat(filtered(tree, "pay c")).isEqualTo(row("groups",
				List.of(row("name", "pay", "health", row("steps", List.of(row("from", "b", "to", "c")))))));
		assertThat(filtered(tree, "nobody")).isEqualTo(row("groups", List.of()));
	}

	@Test
	void textsOfARowAreAPartOfIt() {
		Map<String, Object> stack = row("name", "jam", "stack", List.of("java.lang.Thread.run", "Orders.load"));
		Map<String, Object> tree = row("stacks", List.of(stack, row("name", "other", "stack", List.of("x"))));
		assertThat(filtered(tree, "orders.load")).isEqualTo(row("stacks", List.of(stack)));
	}

	@Test
	void limitHoldsForEachListAndSaysSo() {
		Map<String, Object> tree = row("a", List.of(PAY, MAIL), "b", List.of(1L, 2L, 3L), "c",
				row("x", PAY, "y", MAIL));
		TreeSelection selection = new TreeSelection(PageQuery.of(null, "1", null));
		assertThat(selection.select(tree)).isEqualTo(row("a", List.of(PAY), "b", List.of(1L), "c", row("x", PAY)));
		assertThat(selection.isTruncated()).isTrue();
		TreeSelection enough = new TreeSelection(PageQuery.of(null, "3", null));
		assertThat(enough.select(tree)).isEqualTo(tree);
		assertThat(enough.isTruncated()).isFalse();
	}

	@Test
	void limitComesAfterTheFilter() {
		assertThat(new TreeSelection(PageQuery.of("mail", "1", null)).select(List.of(PAY, MAIL)))
			.isEqualTo(List.of(MAIL));
	}

	@Test
	void whoGoesOnWithNextGetsWhatHasHappenedSince() {
		List<Object> events = List.of(event(3), event(2), event(1));
		Map<String, Object> tree = row("recent", events, "limits", List.of(PAY, MAIL));
		TreeSelection first = new TreeSelection(PageQuery.ALL);
		assertThat(first.select(tree)).isEqualTo(tree);
		assertThat(first.next()).isEqualTo(time(3));
		TreeSelection later = new TreeSelection(PageQuery.of(null, null, time(2).toString()));
		assertThat(later.select(tree)).isEqualTo(row("recent", List.of(event(3)), "limits", List.of(PAY, MAIL)));
		assertThat(later.next()).isEqualTo(time(3));
		TreeSelection nothing = new TreeSelection(PageQuery.of(null, null, time(3).toString()));
		assertThat(nothing.select(tree)).isEqualTo(row("recent", List.of(), "limits", List.of(PAY, MAIL)));
		assertThat(nothing.next()).isEqualTo(time(3));
		TreeSelection empty = new TreeSelection(PageQuery.of(null, null, time(3).toString()));
		empty.select(row("recent", List.of()));
		assertThat(empty.next()).isEqualTo(time(3));
		TreeSelection timeless = new TreeSelection(PageQuery.ALL);
		timeless.select(row("groups", List.of(PAY)));
		assertThat(timeless.next()).isNull();
	}

	@Test
	void whoTakesAFewAtATimeMissesNothing() {
		List<Object> events = new ArrayList<>();
		for (int i = 20; i > 0; i--) {
			events.add(event(i / 2));
		}
		List<Object> seen = new ArrayList<>();
		String since = time(-1).toString();
		boolean more = true;
		for (int page = 0; more; page++) {
			assertThat(page).isLessThan(20);
			TreeSelection selection = new TreeSelection(PageQuery.of(null, "3", since));
			List<?> rows = (List<?>) selection.select(events);
			seen.addAll(0, rows);
			since = String.valueOf(selection.next());
			more = selection.isTruncated();
		}
		assertThat(seen).isEqualTo(events);
	}

	@Test
	void timeIsTheLatestOfAllWhereThereIsNoOther() {
		Map<String, Object> old = row("name", "a", "firstAt", time(1).toString(), "lastAt", time(2).toString());
		Map<String, Object> recent = row("name", "b", "firstAt", time(1).toString(), "lastAt", time(5).toString());
		TreeSelection selection = new TreeSelection(PageQuery.of(null, null, time(2).toString()));
		assertThat(selection.select(List.of(old, recent))).isEqualTo(List.of(recent));
		assertThat(selection.next()).isEqualTo(time(5));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-1", "", "x", "1.5", "99999999999999999999" })
	void limitThatIsNoneIsNamed(String limit) {
		assertThatIllegalArgumentException().isThrownBy(() -> PageQuery.of(null, limit, null))
			.withMessageStartingWith("'limit' must be a number from 1 on, was: '" + limit);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "yesterday", "2026-11-23", "1" })
	void timeThatIsNoneIsNamed(String since) {
		assertThatIllegalArgumentException().isThrownBy(() -> PageQuery.of(null, null, since))
			.withMessageStartingWith("'since' must be a time")
			.withMessageEndingWith("was: '" + since + "'");
	}

	@Test
	void filterThatIsTooLongIsNamed() {
		assertThatIllegalArgumentException().isThrownBy(() -> PageQuery.of("x".repeat(201), null, null))
			.withMessageStartingWith("'filter'");
	}

	private static @Nullable Object filtered(Object tree, String filter) {
		return new TreeSelection(PageQuery.of(filter, null, null)).select(tree);
	}

	private static Map<String, Object> event(int second) {
		return row("at", time(second).toString(), "operation", "connect");
	}

	private static Instant time(int second) {
		return Instant.ofEpochSecond(1_800_000_000L + second);
	}

	private static Map<String, Object> row(Object... entries) {
		Map<String, Object> map = new LinkedHashMap<>();
		for (int i = 0; i < entries.length; i += 2) {
			map.put((String) entries[i], entries[i + 1]);
		}
		return map;
	}

}
