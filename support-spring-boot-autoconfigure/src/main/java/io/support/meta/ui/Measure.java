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

import org.jspecify.annotations.Nullable;

/**
 * What the numbers of a chart count, which gives its labels and where its axis ends.
 *
 * @param unit the unit, {@code null} if it is not one that is known
 * @param word what is counted then, empty for nothing in particular
 */
record Measure(@Nullable Unit unit, String word) {

	/**
	 * Finds out what a number counts.
	 * @param name the number's name, which may end with its unit
	 * @param unit the unit of a number whose name has none, {@code null} if there is no
	 * such unit
	 * @return what it counts
	 */
	static Measure of(String name, @Nullable String unit) {
		Unit own = Unit.atEndOf(name);
		if (own != null || unit == null || Humanizer.UNITLESS.contains(name)) {
			return new Measure(own, "");
		}
		Unit known = Unit.of(unit);
		return (known != null) ? new Measure(known, "") : new Measure(null, unit);
	}

	String say(double value) {
		if (this.unit != null) {
			return this.unit.say(value);
		}
		return this.word.isEmpty() ? Unit.amount(value) : Unit.amount(value) + ' ' + this.word;
	}

	/**
	 * Returns where an axis ends that has to reach a number.
	 * @param number the largest number, finite
	 * @return a round number, not below it and above zero
	 */
	double roundUp(double number) {
		if (!(number > 0)) {
			return 1;
		}
		double base = (this.unit == Unit.BYTES && number > 1) ? Math.pow(1024, Math.floor(log(number, 1024))) : 1;
		double scaled = number / base;
		double power = Math.pow(10, Math.floor(Math.log10(scaled)));
		double digit = scaled / power;
		double round = (digit <= 1) ? 1 : (digit <= 2) ? 2 : (digit <= 5) ? 5 : 10;
		double end = round * power * base;
		// At the ends of what a double can be nothing is round.
		return (Double.isFinite(end) && end >= number) ? end : number;
	}

	private static double log(double number, double base) {
		return Math.log(number) / Math.log(base);
	}

}
