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

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;

/**
 * Moments with as many digits as it takes.
 *
 * @param mean the mean
 * @param variance the mean square distance from the mean
 * @param skewness 0 if all numbers are the same
 * @param kurtosis the excess; 0 if all numbers are the same
 */
record ExactMoments(double mean, double variance, double skewness, double kurtosis) {

	private static final MathContext DIGITS = new MathContext(60);

	static ExactMoments of(double... values) {
		BigDecimal count = BigDecimal.valueOf(values.length);
		BigDecimal mean = Arrays.stream(values)
			.mapToObj(BigDecimal::new)
			.reduce(BigDecimal.ZERO, BigDecimal::add)
			.divide(count, DIGITS);
		BigDecimal[] sums = { BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO };
		for (double value : values) {
			BigDecimal distance = new BigDecimal(value).subtract(mean, DIGITS);
			BigDecimal power = distance;
			for (int i = 0; i < sums.length; i++) {
				power = power.multiply(distance, DIGITS);
				sums[i] = sums[i].add(power, DIGITS);
			}
		}
		BigDecimal square = sums[0].divide(count, DIGITS);
		if (Arrays.stream(values).distinct().count() == 1) {
			return new ExactMoments(mean.doubleValue(), 0, 0, 0);
		}
		double skewness = sums[1].divide(count, DIGITS)
			.divide(square.multiply(square.sqrt(DIGITS), DIGITS), DIGITS)
			.doubleValue();
		double kurtosis = sums[2].divide(count, DIGITS)
			.divide(square.multiply(square, DIGITS), DIGITS)
			.subtract(BigDecimal.valueOf(3))
			.doubleValue();
		return new ExactMoments(mean.doubleValue(), square.doubleValue(), skewness, kurtosis);
	}

}
