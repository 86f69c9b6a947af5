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

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a value is good or bad news. Names say what is counted, so a count above zero
 * of what was {@code refused} or {@code rejected} is a warning; a state says it itself.
 */
enum Tone {

	PLAIN(""), GOOD("good"), WARN("warn"), BAD("bad");

	private static final Set<String> ALARMS = Set.of("refused", "rejected", "failures", "failed", "errors", "timeouts",
			"dropped", "lost", "stalls", "pauses", "markdowns", "overloaded", "unknown", "exhausted");

	/** A limit of what is bad is not bad. */
	private static final Set<String> LIMITS = Set.of("max", "min", "limit", "threshold");

	private static final Set<String> GOOD_STATES = Set.of("UP", "OK", "CORRECT", "ACCEPTING_TRAFFIC", "SERVING");

	private static final Set<String> WARN_STATES = Set.of("DRAINING", "DRAINED", "OVERLOADED", "HALF_OPEN", "SLOW",
			"WARN", "WARNING");

	private static final Set<String> BAD_STATES = Set.of("DOWN", "BROKEN", "REFUSING_TRAFFIC", "OUT_OF_SERVICE",
			"FAILED", "ERROR", "CRITICAL");

	private static final Pattern WORD_END = Pattern.compile("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])");

	private final String style;

	Tone(String style) {
		this.style = style;
	}

	/**
	 * Returns the class in the style sheet.
	 * @return the class, empty for plain
	 */
	String style() {
		return this.style;
	}

	/**
	 * Judges an amount, or a yes.
	 * @param path where it was found, its parts separated by dots
	 * @return a warning if there should be none of it
	 */
	static Tone ofPresence(String path) {
		List<String> words = WORD_END.splitAsStream(path).map((word) -> word.toLowerCase(Locale.ROOT)).toList();
		boolean alarm = words.stream().anyMatch(ALARMS::contains) && words.stream().noneMatch(LIMITS::contains);
		return alarm ? WARN : PLAIN;
	}

	/**
	 * Judges a state.
	 * @param state its name in any case
	 * @return the tone
	 */
	static Tone ofState(String state) {
		String name = state.toUpperCase(Locale.ROOT).replace('-', '_');
		return GOOD_STATES.contains(name) ? GOOD
				: WARN_STATES.contains(name) ? WARN : BAD_STATES.contains(name) ? BAD : PLAIN;
	}

}
