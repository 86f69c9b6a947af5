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

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.support.meta.SecretMask;

/**
 * Says names and values as people do. The unit is taken from the end of the name, which
 * is where a snapshot has it: {@code queuedNanos} with 1234567 is "queued" and "1.23 ms".
 */
final class Humanizer {

	/** What is not in a meter's unit, whatever that is. */
	static final Set<String> UNITLESS = Set.of("count", "minutes", "perSecond", "variance", "skewness", "kurtosis");

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?Z");

	private static final Pattern DURATION = Pattern.compile("-?PT?[0-9][0-9DTHMS.+-]*");

	private static final Pattern CONSTANT = Pattern.compile("[A-Z][A-Z0-9_]+");

	private static final Pattern STATE_NAME = Pattern
		.compile("(?i).*(state|status|liveness|readiness|circuit|severity)");

	private static final Pattern STATE = Pattern.compile("[A-Za-z]+([_-][A-Za-z]+)*");

	private static final Pattern CAMEL_CASE = Pattern.compile("[a-z][a-z0-9]*([A-Z0-9][a-z0-9]*)+");

	private static final Pattern WORD_START = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

	/** What names a state does not say that anything is in it. */
	private static final Set<String> NAMES = Set.of("name", "from", "to");

	/** Identifiers are digits, not amounts. */
	private static final Pattern IDENTIFIER = Pattern.compile("(?i)(.*[a-z])?(pid|port|id|year|status|code|phase)");

	private Humanizer() {
	}

	/**
	 * Returns a name without its unit, as words.
	 * @param name a key of the tree
	 * @return the words; the name itself where it is not in camel case
	 */
	static String label(String name) {
		if (!CAMEL_CASE.matcher(name).matches()) {
			return name;
		}
		Unit unit = Unit.atEndOf(name);
		String bare = (unit != null) ? unit.cutFrom(name) : name;
		return String.join(" ", WORD_START.split(bare)).toLowerCase(Locale.ROOT);
	}

	/**
	 * Returns the last part of a path, where the unit is.
	 * @param path names, separated by dots
	 * @return the last name
	 */
	static String leaf(String path) {
		return path.substring(path.lastIndexOf('.') + 1);
	}

	/**
	 * Returns a value as people read it.
	 * @param path the name under which it was found, after those of the records around it
	 * @param value a string, number, boolean or {@code null}
	 * @param unit the unit of a number whose name has none, {@code null} if there is no
	 * such unit
	 * @return the text and how to set it
	 */
	static Cell cell(String path, @Nullable Object value, @Nullable String unit) {
		if (value == null) {
			return new Cell("\u2013", Cell.Kind.NOTHING);
		}
		if (value instanceof Boolean yes) {
			return new Cell(yes ? "yes" : "no", Cell.Kind.TEXT, yes ? Tone.ofPresence(path) : Tone.PLAIN, null, null);
		}
		if (value instanceof Number number) {
			return number(path, number, unit);
		}
		return text(leaf(path), value.toString());
	}

	private static Cell text(String name, String text) {
		if (text.equals(SecretMask.MASK)) {
			return new Cell(text, Cell.Kind.SECRET, Tone.PLAIN, "hidden", null);
		}
		try {
			if (INSTANT.matcher(text).matches()) {
				return new Cell(TIME.format(Instant.parse(text)), Cell.Kind.TIME, Tone.PLAIN, text, text);
			}
			if (DURATION.matcher(text).matches()) {
				long nanos = Duration.parse(text).toNanos();
				return new Cell(Unit.NANOS.say((double) nanos), Cell.Kind.NUMBER, Tone.PLAIN, text,
						Long.toString(nanos));
			}
		}
		catch (DateTimeException | ArithmeticException ex) {
			return new Cell(text, Cell.Kind.TEXT);
		}
		if (CONSTANT.matcher(text).matches() || (STATE_NAME.matcher(name).matches() && STATE.matcher(text).matches())) {
			String words = text.replace('_', ' ').toLowerCase(Locale.ROOT);
			Tone tone = NAMES.contains(name) ? Tone.PLAIN : Tone.ofState(text);
			return new Cell(words, Cell.Kind.STATE, tone, text, null);
		}
		return new Cell(text, Cell.Kind.TEXT);
	}

	private static Cell number(String path, Number number, @Nullable String meterUnit) {
		double value = number.doubleValue();
		String exact = new BigDecimal(number.toString()).toPlainString();
		Tone tone = (value > 0) ? Tone.ofPresence(path) : Tone.PLAIN;
		String name = leaf(path);
		if (IDENTIFIER.matcher(name).matches()) {
			return new Cell(exact, Cell.Kind.NUMBER, tone, null, exact);
		}
		Unit unit = Unit.atEndOf(name);
		String word = (unit == null && !UNITLESS.contains(name)) ? meterUnit : null;
		if (unit == null && word != null) {
			unit = Unit.of(word);
		}
		if (unit != null) {
			return new Cell(unit.say(value), Cell.Kind.NUMBER, tone, exact + ' ' + unit.word(), exact);
		}
		String counted = (word != null) ? ' ' + word : "";
		return new Cell(Unit.amount(value) + counted, Cell.Kind.NUMBER, tone, exact + counted, exact);
	}

}
