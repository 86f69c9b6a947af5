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

/**
 * Where numbers lie between the ends of a chart: in equal steps, or by their logarithms
 * where they differ much.
 *
 * @param from the number at one end
 * @param to the number at the other end
 * @param logarithmic whether equal distances are equal ratios; only for numbers above
 * zero
 */
record Axis(double from, double to, boolean logarithmic) {

	static Axis linear(double from, double to) {
		return new Axis(from, to, false);
	}

	/**
	 * Returns the place of a number.
	 * @param number the number
	 * @return 0 for one end, 1 for the other one; never outside of these, whatever the
	 * number is
	 */
	double place(double number) {
		double place = this.logarithmic
				? (Math.log(number) - Math.log(this.from)) / (Math.log(this.to) - Math.log(this.from))
				: linearPlace(number);
		return (place >= 0) ? Math.min(1, place) : 0;
	}

	/* The difference of two doubles may be more than a double can be. */
	private double linearPlace(double number) {
		double half = this.to / 2 - this.from / 2;
		return (half > 0) ? (number / 2 - this.from / 2) / half : 0.5;
	}

	/**
	 * Returns the number in the middle.
	 * @return the mean of the ends
	 */
	double middle() {
		return this.logarithmic ? Math.exp((Math.log(this.from) + Math.log(this.to)) / 2) : this.from / 2 + this.to / 2;
	}

}
