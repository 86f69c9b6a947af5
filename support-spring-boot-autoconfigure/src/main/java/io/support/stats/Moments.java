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

import org.jspecify.annotations.Nullable;

/**
 * How many numbers there were, their mean, their extremes, and how they lie around the
 * mean, in a form that can be added up exactly: the sums of the second, third and fourth
 * powers of their distances from the mean.
 * <p>
 * The formulas are those of Pébay, <em>Formulas for Robust, One-Pass Parallel Computation
 * of Covariances and Arbitrary-Order Statistical Moments</em> (Sandia National
 * Laboratories, 2008). Moments are the population's: divided by the count.
 *
 * @param count how many
 * @param mean their mean; 0 if there are none
 * @param secondSum the sum of the squares of the distances from the mean
 * @param thirdSum the sum of their cubes
 * @param fourthSum the sum of their fourth powers
 * @param min the smallest; 0 if there are none
 * @param max the largest; 0 if there are none
 */
public record Moments(long count, double mean, double secondSum, double thirdSum, double fourthSum, double min,
		double max) {

	/**
	 * The moments of nothing.
	 */
	public static final Moments NONE = new Moments(0, 0, 0, 0, 0, 0, 0);

	/**
	 * Adds the moments of other numbers.
	 * @param other their moments
	 * @return the moments of all
	 */
	public Moments plus(Moments other) {
		if (other.count == 0) {
			return this;
		}
		if (this.count == 0) {
			return other;
		}
		double a = this.count;
		double b = other.count;
		double n = a + b;
		double distance = other.mean - this.mean;
		double part = distance / n;
		double second = this.secondSum + other.secondSum + distance * part * a * b;
		double third = this.thirdSum + other.thirdSum + distance * part * part * a * b * (a - b)
				+ 3 * part * (a * other.secondSum - b * this.secondSum);
		double fourth = this.fourthSum + other.fourthSum
				+ distance * part * part * part * a * b * (a * a - a * b + b * b)
				+ 6 * part * part * (a * a * other.secondSum + b * b * this.secondSum)
				+ 4 * part * (a * other.thirdSum - b * this.thirdSum);
		return new Moments(this.count + other.count, this.mean + part * b, second, third, fourth,
				Math.min(this.min, other.min), Math.max(this.max, other.max));
	}

	/**
	 * Returns the mean square distance from the mean.
	 * @return the variance; {@code null} if there are no numbers
	 */
	public @Nullable Double variance() {
		return (this.count > 0) ? this.secondSum / this.count : null;
	}

	/**
	 * Returns how far the distribution leans: above 0 if the tail is on the side of the
	 * large numbers.
	 * @return the skewness; {@code null} if all numbers are the same
	 */
	public @Nullable Double skewness() {
		return (this.secondSum > 0) ? Math.sqrt((double) this.count) * this.thirdSum / Math.pow(this.secondSum, 1.5)
				: null;
	}

	/**
	 * Returns how heavy the tails are, beside those of a normal distribution.
	 * @return the excess kurtosis, 0 for a normal distribution; {@code null} if all
	 * numbers are the same
	 */
	public @Nullable Double kurtosis() {
		return (this.secondSum > 0) ? this.count * this.fourthSum / (this.secondSum * this.secondSum) - 3 : null;
	}

}
