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

import java.util.Collection;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * One figure over the repeats.
 *
 * @param median the median, the mean of the middle two where there is none
 * @param min the smallest
 * @param max the greatest
 */
public record Spread(double median, double min, double max) {

	/**
	 * Returns the spread of one figure.
	 * @param repeats what has the figure, at least one
	 * @param figure the figure
	 * @param <T> what has it
	 * @return its spread
	 */
	public static <T> Spread of(Collection<T> repeats, ToDoubleFunction<T> figure) {
		double[] values = repeats.stream().mapToDouble(figure).sorted().toArray();
		int last = values.length - 1;
		return new Spread((values[last / 2] + values[(last + 1) / 2]) / 2, values[0], values[last]);
	}

	/**
	 * Returns the median, and the worst where the smallest is.
	 * @param format of one figure
	 * @return such as {@code 0.97 (0.94)}
	 */
	String orLess(String format) {
		return text(format, this.min);
	}

	/**
	 * Returns the median, and the worst where the greatest is.
	 * @param format of one figure
	 * @return such as {@code 20.1 (24.3)}
	 */
	String orMore(String format) {
		return text(format, this.max);
	}

	private String text(String format, double worst) {
		String median = String.format(Locale.ROOT, format, this.median);
		String other = String.format(Locale.ROOT, format, worst);
		return median.equals(other) ? median : median + " (" + other + ")";
	}

	/**
	 * Returns the median, and the range where there is one.
	 * @param format of one figure
	 * @return such as {@code 0.97 (0.94..0.99)}
	 */
	String text(String format) {
		String median = String.format(Locale.ROOT, format, this.median);
		String min = String.format(Locale.ROOT, format, this.min);
		String max = String.format(Locale.ROOT, format, this.max);
		return min.equals(max) ? median : median + " (" + min + ".." + max + ")";
	}

}
