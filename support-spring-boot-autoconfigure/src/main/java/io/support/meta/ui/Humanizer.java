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
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.support.meta.SecretMask;

/**
 * Says names and values as people do. The unit is taken from the end of the name, which
 * is where a snapshot has it: {@code queuedNanos} with 1234567 is "queued" and "1.23 ms".
 */
final class Humanizer {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?Z");

	private static final Pattern DURATION = Pattern.compile("-?PT?[0-9][0-9DTHMS.+-]*");

	private static final Pattern CONSTANT = Pattern.compile("[A-Z][A-Z0-9_]+");

	private static final Pattern CAMEL_CASE = Pattern.compile("[a-z][a-z0-9]*([A-Z0-9][a-z0-9]*)+");

	private static final Pattern WORD_START = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

	/** Identifiers are digits, not amounts. */
	private static final Pattern IDENTIFIER = Pattern.compile("(?i)(.*[a-z])?(pid|port|id|year|status|code)");

	private static final Set<String> GOOD = Set.of("UP", "OK", "CORRECT", "ACCEPTING_TRAFFIC");

	private static final Set<String> BAD = Set.of("DOWN", "BROKEN", "REFUSING_TRAFFIC", "OUT_OF_SERVICE", "FAILED");

	private static final Map<String, Long> NANOS = Map.of("Nanos", 1L, "Micros", 1_000L, "Millis", 1_000_000L,
			"Seconds", 1_000_000_000L);

	private static final List<String> UNITS = List.of("PerSecond", "Nanos", "Micros", "Millis", "Seconds", "Bytes",
			"Ratio", "Percent");

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
		String unit = unit(name);
		String bare = (unit != null && !unit.equals("PerSecond")) ? name.substring(0, name.length() - unit.length())
				: name;
		String words = String.join(" ", WORD_START.split(bare)).toLowerCase(Locale.ROOT);
		return words.replace(" per second", "");
	}

	/**
	 * Returns a value as people read it.
	 * @param name the key under which it was found
	 * @param value a string, number, boolean or {@code null}
	 * @return the text and how to set it
	 */
	static Cell cell(String name, @Nullable Object value) {
		if (value == null) {
			return new Cell("\u2013", Cell.Kind.NOTHING, null, "");
		}
		if (value instanceof Boolean bool) {
			return new Cell(bool ? "yes" : "no", bool ? Cell.Kind.YES : Cell.Kind.NO, null, null);
		}
		if (value instanceof Number number) {
			return number(name, number);
		}
		return text(value.toString());
	}

	private static Cell text(String text) {
		if (text.equals(SecretMask.MASK)) {
			return new Cell(text, Cell.Kind.SECRET, "hidden", null);
		}
		if (GOOD.contains(text) || BAD.contains(text)) {
			return new Cell(words(text), GOOD.contains(text) ? Cell.Kind.GOOD : Cell.Kind.BAD, text, null);
		}
		if (CONSTANT.matcher(text).matches()) {
			return new Cell(words(text), Cell.Kind.STATE, text, null);
		}
		try {
			if (INSTANT.matcher(text).matches()) {
				return new Cell(TIME.format(Instant.parse(text)), Cell.Kind.TIME, text, text);
			}
			if (DURATION.matcher(text).matches()) {
				long nanos = Duration.parse(text).toNanos();
				return new Cell(duration(BigDecimal.valueOf(nanos)), Cell.Kind.NUMBER, text, Long.toString(nanos));
			}
		}
		catch (DateTimeException | ArithmeticException ex) {
			return Cell.text(text);
		}
		return Cell.text(text);
	}

	private static String words(String constant) {
		return constant.replace('_', ' ').toLowerCase(Locale.ROOT);
	}

	private static Cell number(String name, Number number) {
		BigDecimal value = new BigDecimal(number.toString());
		String plain = value.toPlainString();
		String unit = unit(name);
		if (unit == null) {
			if (IDENTIFIER.matcher(name).matches()) {
				return new Cell(plain, Cell.Kind.NUMBER, null, null);
			}
			String text = amount(value);
			return new Cell(text, Cell.Kind.NUMBER, text.equals(plain) ? null : plain, plain);
		}
		String text = switch (unit) {
			case "Bytes" -> bytes(value);
			case "Ratio" -> percent(value.movePointRight(2));
			case "Percent" -> percent(value);
			case "PerSecond" -> amount(value) + "/s";
			default -> duration(value.multiply(BigDecimal.valueOf(NANOS.getOrDefault(unit, 1L))));
		};
		String spoken = unit.equals("PerSecond") ? "per second" : unit.toLowerCase(Locale.ROOT);
		return new Cell(text, Cell.Kind.NUMBER, plain + ' ' + spoken, plain);
	}

	private static @Nullable String unit(String name) {
		for (String unit : UNITS) {
			if (name.endsWith(unit) || name.equals(unit.toLowerCase(Locale.ROOT))) {
				return unit;
			}
		}
		return null;
	}

	private static String amount(BigDecimal value) {
		boolean whole = value.stripTrailingZeros().scale() <= 0;
		BigDecimal shown = (whole || value.abs().compareTo(BigDecimal.valueOf(1000)) >= 0)
				? value.setScale(0, RoundingMode.HALF_UP) : value.round(new MathContext(3));
		return grouped(shown);
	}

	private static String grouped(BigDecimal value) {
		BigDecimal plain = (value.scale() > 0) ? value.stripTrailingZeros() : value;
		return String.format(Locale.ROOT, "%,." + Math.max(0, plain.scale()) + "f", plain);
	}

	private static String percent(BigDecimal value) {
		return value.setScale(1, RoundingMode.HALF_UP).toPlainString() + " %";
	}

	private static String bytes(BigDecimal value) {
		String[] units = { "B", "KiB", "MiB", "GiB", "TiB", "PiB" };
		double scaled = value.doubleValue();
		int i = 0;
		while (Math.abs(scaled) >= 1024 && i < units.length - 1) {
			scaled /= 1024;
			i++;
		}
		return ((i == 0) ? amount(value) : threeDigits(scaled)) + ' ' + units[i];
	}

	private static String duration(BigDecimal nanos) {
		double value = nanos.doubleValue();
		double size = Math.abs(value);
		if (size < 1e3) {
			return amount(nanos) + " ns";
		}
		if (size < 1e6) {
			return threeDigits(value / 1e3) + " \u00B5s";
		}
		if (size < 1e9) {
			return threeDigits(value / 1e6) + " ms";
		}
		if (size < 60e9) {
			return threeDigits(value / 1e9) + " s";
		}
		long seconds = (long) (size / 1e9);
		String sign = (value < 0) ? "-" : "";
		if (seconds < 3600) {
			return sign + pair(seconds / 60, "min", seconds % 60, "s");
		}
		if (seconds < 86_400) {
			return sign + pair(seconds / 3600, "h", seconds % 3600 / 60, "min");
		}
		return sign + pair(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
	}

	private static String pair(long large, String largeUnit, long small, String smallUnit) {
		String first = String.format(Locale.ROOT, "%,d %s", large, largeUnit);
		return (small == 0) ? first : first + ' ' + small + ' ' + smallUnit;
	}

	private static String threeDigits(double value) {
		double size = Math.abs(value);
		String format = (size < 10) ? "%.2f" : (size < 100) ? "%.1f" : "%,.0f";
		return String.format(Locale.ROOT, format, value);
	}

}
