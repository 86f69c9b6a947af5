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

/**
 * {@link Moments} in the making, number by number. Not thread-safe.
 */
final class MomentsRecorder {

	private long count;

	private double mean;

	private double second;

	private double third;

	private double fourth;

	private double min = Double.POSITIVE_INFINITY;

	private double max = Double.NEGATIVE_INFINITY;

	/**
	 * Adds a number.
	 * @param value the number, finite
	 */
	void add(double value) {
		double before = this.count;
		this.count++;
		double n = this.count;
		double distance = value - this.mean;
		double part = distance / n;
		double square = part * part;
		double term = distance * part * before;
		this.mean += part;
		this.fourth += term * square * (n * n - 3 * n + 3) + 6 * square * this.second - 4 * part * this.third;
		this.third += term * part * (n - 2) - 3 * part * this.second;
		this.second += term;
		if (value < this.min) {
			this.min = value;
		}
		if (value > this.max) {
			this.max = value;
		}
	}

	long count() {
		return this.count;
	}

	Moments moments() {
		return (this.count == 0) ? Moments.NONE
				: new Moments(this.count, this.mean, this.second, this.third, this.fourth, this.min, this.max);
	}

}
