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

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Takes from the tree of a page what a {@link PageQuery} asks for. The tree has been made
 * by {@link SnapshotTree}, so its secrets are hidden already: nobody finds out by a
 * filter what they are.
 * <p>
 * Rows are the elements of a list, and the entries of a map whose values are records of
 * one kind. A row stays with all that is in it if the words are in it, or in what it is a
 * part of; of one in which they are not, those rows inside of it stay in which they are.
 * Everything that is not in a list stays. Rows have happened when their {@code at} says,
 * or else the latest of their names that end with {@code At}; only a list in which every
 * row has one is one of times.
 * <p>
 * For one page and one thread.
 */
final class TreeSelection {

	private final PageQuery query;

	private boolean truncated;

	/** How many rows were taken so far, those inside of others among them. */
	private int rows;

	/** The latest time of all that was looked at. */
	private @Nullable Instant latest;

	/** Where to go on because not all was taken from a list; the earliest of these. */
	private @Nullable Instant cutAt;

	TreeSelection(PageQuery query) {
		this.query = query;
	}

	/**
	 * Selects from the tree of a page.
	 * @param tree the tree, not changed
	 * @return what was asked for
	 */
	@Nullable Object select(@Nullable Object tree) {
		return select(tree, this.query.words());
	}

	/**
	 * Returns whether rows were left out because there are more than were asked for.
	 * @return whether the limit was reached
	 */
	boolean isTruncated() {
		return this.truncated;
	}

	/**
	 * Returns the time after which there may be more.
	 * @return the time; {@code null} if the page has no list of times
	 */
	@Nullable Instant next() {
		Instant since = this.query.since();
		Instant next = (this.cutAt != null) ? this.cutAt : this.latest;
		return (next == null || (since != null && since.isAfter(next))) ? since : next;
	}

	private @Nullable Object select(@Nullable Object value, List<String> words) {
		if (value instanceof List<?> list) {
			return rows(list, words);
		}
		if (value instanceof Map<?, ?> map) {
			return isTable(map) ? entries(map, words) : parts(map, words);
		}
		return value;
	}

	private Map<Object, @Nullable Object> parts(Map<?, ?> map, List<String> words) {
		Map<Object, @Nullable Object> selected = new LinkedHashMap<>();
		map.forEach((key, value) -> selected.put(key, select(value, words)));
		return selected;
	}

	private List<@Nullable Object> rows(List<?> list, List<String> words) {
		boolean timed = !list.isEmpty() && list.stream().allMatch((row) -> timeOf(row) != null);
		List<@Nullable Object> rows = new ArrayList<>();
		for (Object element : list) {
			if (!timed || isNewer(element)) {
				add(rows, element, words);
			}
		}
		return (timed && this.query.since() != null) ? earliest(rows) : limited(rows);
	}

	private void add(List<@Nullable Object> rows, @Nullable Object element, List<String> words) {
		// A list in a list is a part of the same table.
		if (element instanceof List<?> inner) {
			List<@Nullable Object> part = rows(inner, words);
			if (!part.isEmpty() || words.isEmpty()) {
				rows.add(part);
			}
			return;
		}
		Selected row = row("", element, words);
		if (row.found()) {
			rows.add(row.value());
		}
	}

	private Map<Object, @Nullable Object> entries(Map<?, ?> map, List<String> words) {
		Integer limit = this.query.limit();
		Map<Object, @Nullable Object> rows = new LinkedHashMap<>();
		map.forEach((key, value) -> {
			Selected row = row(String.valueOf(key), value, words);
			if (!row.found()) {
				return;
			}
			if (limit == null || rows.size() < limit) {
				rows.put(key, row.value());
			}
			else {
				this.truncated = true;
			}
		});
		return rows;
	}

	private Selected row(String name, @Nullable Object value, List<String> words) {
		List<String> missing = missing(name, value, words);
		Object selected = value;
		boolean inside = false;
		if (value instanceof Map<?, ?> map) {
			int before = this.rows;
			selected = withParts(map, missing);
			inside = this.rows > before;
		}
		boolean found = missing.isEmpty() || inside;
		this.rows += found ? 1 : 0;
		return new Selected(selected, found);
	}

	private Map<Object, @Nullable Object> withParts(Map<?, ?> row, List<String> missing) {
		Map<Object, @Nullable Object> selected = new LinkedHashMap<>();
		row.forEach((key, part) -> selected.put(key, hasTable(part) ? select(part, missing) : part));
		return selected;
	}

	private static List<String> missing(String name, @Nullable Object value, List<String> words) {
		if (words.isEmpty()) {
			return words;
		}
		StringBuilder text = new StringBuilder(name.toLowerCase(Locale.ROOT)).append('\n');
		write(value, text);
		return words.stream().filter((word) -> text.indexOf(word) < 0).toList();
	}

	/*
	 * What a row says, but for the tables inside of it, whose rows speak for themselves.
	 */
	private static void write(@Nullable Object value, StringBuilder text) {
		if (value instanceof Map<?, ?> map) {
			map.values().stream().filter((part) -> !isTable(part)).forEach((part) -> write(part, text));
		}
		else if (value instanceof List<?> list) {
			list.forEach((element) -> write(element, text));
		}
		else if (value != null) {
			text.append(String.valueOf(value).toLowerCase(Locale.ROOT)).append('\n');
		}
	}

	private static boolean hasTable(@Nullable Object value) {
		return isTable(value)
				|| (value instanceof Map<?, ?> map && map.values().stream().anyMatch(TreeSelection::hasTable));
	}

	private static boolean isTable(@Nullable Object value) {
		if (value instanceof List<?> list) {
			return list.stream().anyMatch((element) -> element instanceof Map<?, ?> || element instanceof List<?>);
		}
		return value instanceof Map<?, ?> map && isTable(map);
	}

	/*
	 * Records of one kind have the same names. One alone may be a part of something
	 * larger, unless it has values of its own.
	 */
	private static boolean isTable(Map<?, ?> map) {
		if (map.isEmpty() || !map.values().stream().allMatch(Map.class::isInstance)) {
			return false;
		}
		Map<?, ?> first = (Map<?, ?>) Objects.requireNonNull(map.values().iterator().next());
		Predicate<Object> alike = (other) -> ((Map<?, ?>) other).keySet().equals(first.keySet());
		return !first.isEmpty() && map.values().stream().allMatch(alike)
				&& (map.size() > 1 || first.values().stream().anyMatch((value) -> !(value instanceof Map<?, ?>)));
	}

	private boolean isNewer(@Nullable Object row) {
		Instant at = Objects.requireNonNull(timeOf(row));
		Instant since = this.query.since();
		this.latest = (this.latest == null || at.isAfter(this.latest)) ? at : this.latest;
		return since == null || at.isAfter(since);
	}

	private List<@Nullable Object> limited(List<@Nullable Object> rows) {
		Integer limit = this.query.limit();
		if (limit == null || rows.size() <= limit) {
			return rows;
		}
		this.truncated = true;
		return rows.subList(0, limit);
	}

	/*
	 * So that who goes on after the last one misses nothing; and all of the same time as
	 * that.
	 */
	private List<@Nullable Object> earliest(List<@Nullable Object> rows) {
		Integer limit = this.query.limit();
		if (limit == null || rows.size() <= limit) {
			return rows;
		}
		Instant last = rows.stream()
			.map((row) -> Objects.requireNonNull(timeOf(row)))
			.sorted()
			.skip(limit - 1L)
			.findFirst()
			.orElseThrow();
		List<@Nullable Object> taken = new ArrayList<>(rows);
		taken.removeIf((row) -> Objects.requireNonNull(timeOf(row)).isAfter(last));
		if (taken.size() < rows.size()) {
			this.truncated = true;
			this.cutAt = (this.cutAt == null || last.isBefore(this.cutAt)) ? last : this.cutAt;
		}
		return taken;
	}

	private static @Nullable Instant timeOf(@Nullable Object row) {
		if (!(row instanceof Map<?, ?> map)) {
			return null;
		}
		if (map.containsKey("at")) {
			return parsed(map.get("at"));
		}
		return map.entrySet()
			.stream()
			.filter((entry) -> String.valueOf(entry.getKey()).endsWith("At"))
			.map((entry) -> parsed(entry.getValue()))
			.filter(Objects::nonNull)
			.max(Comparator.naturalOrder())
			.orElse(null);
	}

	private static @Nullable Instant parsed(@Nullable Object value) {
		try {
			return (value instanceof String text) ? Instant.parse(text) : null;
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	/**
	 * A row, or what is left of it.
	 *
	 * @param value the row
	 * @param found whether it has what was asked for
	 */
	private record Selected(@Nullable Object value, boolean found) {

	}

}
