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

package io.support.benchmarks.compare;

import java.util.List;

/**
 * One figure of a comparison.
 *
 * @param name the head of its column
 * @param format of one figure
 * @param worst which of the repeats is the worst
 */
public record Column(String name, String format, Worst worst) {

	/**
	 * A figure that should be great.
	 * @param name the head of its column
	 * @param format of one figure
	 * @return the column
	 */
	public static Column more(String name, String format) {
		return new Column(name, format, Worst.SMALLEST);
	}

	/**
	 * A figure that should be small. One that is infinite is "not" in the table.
	 * @param name the head of its column
	 * @param format of one figure
	 * @return the column
	 */
	public static Column less(String name, String format) {
		return new Column(name, format, Worst.GREATEST);
	}

	/**
	 * Returns the text of one cell.
	 * @param repeats the figure of each repeat, without those that have none
	 * @return the median and the worst
	 */
	public String text(List<Double> repeats) {
		if (repeats.isEmpty()) {
			return "-";
		}
		Spread spread = Spread.of(repeats, Double::doubleValue);
		String text = (this.worst == Worst.SMALLEST) ? spread.orLess(this.format) : spread.orMore(this.format);
		return text.replace("Infinity", "not");
	}

	/**
	 * Where the worst of the repeats is.
	 */
	public enum Worst {

		/**
		 * The smallest.
		 */
		SMALLEST,

		/**
		 * The greatest.
		 */
		GREATEST

	}

}
