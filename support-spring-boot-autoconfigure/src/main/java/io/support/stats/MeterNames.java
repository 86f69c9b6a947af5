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

package io.support.stats;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The names of some meters and sketches: patterns with {@code *} for any number of
 * characters.
 */
public final class MeterNames {

	/**
	 * All names.
	 */
	public static final MeterNames ALL = new MeterNames(List.of(), List.of());

	private final List<Pattern> included;

	private final List<Pattern> excluded;

	/**
	 * Creates a set of names.
	 * @param included the patterns of which a name matches one; none for all names
	 * @param excluded the patterns of which it matches none
	 */
	public MeterNames(List<String> included, List<String> excluded) {
		this.included = included.stream().map(MeterNames::pattern).toList();
		this.excluded = excluded.stream().map(MeterNames::pattern).toList();
	}

	private static Pattern pattern(String text) {
		return Pattern.compile(
				Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
				Pattern.DOTALL);
	}

	/**
	 * Returns whether a name is one of these.
	 * @param name the name of a meter or a sketch
	 * @return whether it is
	 */
	public boolean matches(String name) {
		return (this.included.isEmpty() || anyMatches(this.included, name)) && !anyMatches(this.excluded, name);
	}

	private static boolean anyMatches(List<Pattern> patterns, String name) {
		return patterns.stream().anyMatch((pattern) -> pattern.matcher(name).matches());
	}

}
