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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * Which part of a page somebody wants: the rows with some words in them, so many of each
 * list, those that are newer than a time.
 *
 * @param words what must occur in a row, all of it, in lower case
 * @param limit how many rows of each list there may be; {@code null} for all
 * @param since the time after which a row must have happened, in lists whose rows have
 * times; {@code null} for any
 */
public record PageQuery(List<String> words, @Nullable Integer limit, @Nullable Instant since) {

	/**
	 * All there is.
	 */
	public static final PageQuery ALL = new PageQuery(List.of(), null, null);

	private static final int MAX_FILTER = 200;

	/**
	 * Reads the parameters of a request.
	 * @param filter words, separated by blanks; {@code null} for none
	 * @param limit a number from 1 on; {@code null} for none
	 * @param since a time, ISO 8601 in UTC; {@code null} for none
	 * @return what is wanted
	 * @throws IllegalArgumentException if one of them cannot be read, with a message that
	 * names it
	 */
	public static PageQuery of(@Nullable String filter, @Nullable String limit, @Nullable String since) {
		if (filter == null && limit == null && since == null) {
			return ALL;
		}
		return new PageQuery(words(filter), number(limit), time(since));
	}

	private static List<String> words(@Nullable String filter) {
		if (!StringUtils.hasText(filter)) {
			return List.of();
		}
		if (filter.length() > MAX_FILTER) {
			throw new IllegalArgumentException(
					"'filter' must not be longer than " + MAX_FILTER + " characters, was: " + filter.length());
		}
		return Arrays.stream(filter.toLowerCase(Locale.ROOT).strip().split("\\s+")).distinct().toList();
	}

	private static @Nullable Integer number(@Nullable String limit) {
		if (limit == null) {
			return null;
		}
		try {
			int number = Integer.parseInt(limit);
			if (number > 0) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// The same as one that is too small.
		}
		throw new IllegalArgumentException("'limit' must be a number from 1 on, was: '" + cut(limit) + "'");
	}

	private static @Nullable Instant time(@Nullable String since) {
		if (since == null) {
			return null;
		}
		try {
			return Instant.parse(since);
		}
		catch (DateTimeException ex) {
			throw new IllegalArgumentException(
					"'since' must be a time such as 2026-11-23T14:46:59.790Z, or the 'next' of "
							+ "the answer before, was: '" + cut(since) + "'");
		}
	}

	private static String cut(String value) {
		return (value.length() <= 40) ? value : value.substring(0, 40) + "...";
	}

	/**
	 * Returns whether everything is wanted.
	 * @return whether a page need not be changed
	 */
	public boolean isAll() {
		return equals(ALL);
	}

	/**
	 * Returns the parameters that ask for the same.
	 * @return their values by their names
	 */
	public Map<String, String> parameters() {
		Map<String, String> parameters = new LinkedHashMap<>();
		if (!this.words.isEmpty()) {
			parameters.put("filter", String.join(" ", this.words));
		}
		if (this.limit != null) {
			parameters.put("limit", this.limit.toString());
		}
		if (this.since != null) {
			parameters.put("since", this.since.toString());
		}
		return parameters;
	}

	/**
	 * Describes what is wanted, for people.
	 * @return such as {@code rows with "down" and "pay", 10 of each list}
	 */
	public String describe() {
		StringBuilder text = new StringBuilder("rows");
		if (!this.words.isEmpty()) {
			text.append(this.words.stream()
				.map((word) -> '"' + word + '"')
				.collect(Collectors.joining(" and ", " with ", "")));
		}
		if (this.since != null) {
			text.append(" after ").append(this.since);
		}
		if (this.limit != null) {
			text.append(", ").append(this.limit).append(" of each list");
		}
		return text.toString();
	}

}
