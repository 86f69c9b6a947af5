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
import java.util.Locale;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What a number counts, and how people say so many of it: 1234567 nanoseconds are "1.23
 * ms".
 */
enum Unit {

	NANOS("Nanos", "nanoseconds", 1), MICROS("Micros", "microseconds", 1e3), MILLIS("Millis", "milliseconds", 1e6),
	SECONDS("Seconds", "seconds", 1e9), BYTES("Bytes", "bytes", 1), RATIO("Ratio", "ratio", 100),
	PERCENT("Percent", "percent", 1), PER_SECOND("PerSecond", "per second", 1);

	private static final String[] BYTE_UNITS = { "B", "KiB", "MiB", "GiB", "TiB", "PiB" };

	private final String suffix;

	private final String word;

	private final double factor;

	Unit(String suffix, String word, double factor) {
		this.suffix = suffix;
		this.word = word;
		this.factor = factor;
	}

	/**
	 * Finds the unit at the end of a name.
	 * @param name such as {@code queuedNanos}, or {@code seconds}
	 * @return the unit, or {@code null} if the name ends with none
	 */
	static @Nullable Unit atEndOf(String name) {
		return Stream.of(values())
			.filter((unit) -> name.endsWith(unit.suffix) || name.equals(unit.suffix.toLowerCase(Locale.ROOT)))
			.findFirst()
			.orElse(null);
	}

	/**
	 * Finds the unit that a meter names.
	 * @param word such as {@code nanoseconds}
	 * @return the unit, or {@code null} if it is another one
	 */
	static @Nullable Unit of(String word) {
		return Stream.of(values()).filter((unit) -> unit.word.equals(word)).findFirst().orElse(null);
	}

	/**
	 * Returns a name without this unit at its end.
	 * @param name the name
	 * @return the name's beginning
	 */
	String cutFrom(String name) {
		return name.endsWith(this.suffix) ? name.substring(0, name.length() - this.suffix.length()) : name;
	}

	/**
	 * Returns the unit in words.
	 * @return the plural
	 */
	String word() {
		return this.word;
	}

	/**
	 * Says how much it is, in three digits.
	 * @param value the amount in this unit
	 * @return the amount in the unit that fits it best
	 */
	String say(double value) {
		double amount = value * this.factor;
		return switch (this) {
			case BYTES -> bytes(amount);
			case RATIO, PERCENT -> String.format(Locale.ROOT, "%.1f %%", amount);
			case PER_SECOND -> amount(amount) + "/s";
			default -> nanos(amount);
		};
	}

	/**
	 * Says an amount that has no unit: exactly if it is whole.
	 * @param value the amount
	 * @return digits in groups of three
	 */
	static String amount(double value) {
		if (Math.abs(value) >= 1e18) {
			return String.format(Locale.ROOT, "%.3g", value);
		}
		BigDecimal exact = BigDecimal.valueOf(value);
		BigDecimal shown = (Math.abs(value) >= 1000) ? exact.setScale(0, RoundingMode.HALF_UP)
				: exact.round(new MathContext(3));
		int decimals = Math.max(0, shown.stripTrailingZeros().scale());
		return String.format(Locale.ROOT, "%,." + decimals + "f", shown);
	}

	private static String bytes(double bytes) {
		double scaled = bytes;
		int i = 0;
		while (Math.abs(scaled) >= 1024 && i < BYTE_UNITS.length - 1) {
			scaled /= 1024;
			i++;
		}
		return ((i == 0) ? amount(scaled) : threeDigits(scaled)) + ' ' + BYTE_UNITS[i];
	}

	private static String nanos(double nanos) {
		double size = Math.abs(nanos);
		if (size < 1e3) {
			return amount(nanos) + " ns";
		}
		if (size < 1e6) {
			return threeDigits(nanos / 1e3) + " \u00B5s";
		}
		if (size < 1e9) {
			return threeDigits(nanos / 1e6) + " ms";
		}
		if (size < 60e9) {
			return threeDigits(nanos / 1e9) + " s";
		}
		long seconds = (long) (size / 1e9);
		String sign = (nanos < 0) ? "-" : "";
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
		if (size >= 1e15) {
			return String.format(Locale.ROOT, "%.3g", value);
		}
		String format = (size < 10) ? "%.2f" : (size < 100) ? "%.1f" : "%,.0f";
		return String.format(Locale.ROOT, format, value);
	}

}
