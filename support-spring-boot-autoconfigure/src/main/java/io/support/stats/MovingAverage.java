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
 * An exponential average over about the last minutes.
 *
 * @param minutes the time constant: what is older by this counts for 1/e
 * @param perSecond how many numbers a second came
 * @param mean their mean; {@code null} if none came
 */
public record MovingAverage(int minutes, double perSecond, @Nullable Double mean) {

	/**
	 * Adds the average of another series over the same time.
	 * @param other the other
	 * @return the average of both
	 */
	public MovingAverage plus(MovingAverage other) {
		if (other.minutes != this.minutes) {
			throw new IllegalArgumentException(
					"Averages must be over the same time, were: " + this.minutes + " and " + other.minutes + " min");
		}
		double both = this.perSecond + other.perSecond;
		return new MovingAverage(this.minutes, both, (both > 0) ? (weight() + other.weight()) / both : null);
	}

	private double weight() {
		return (this.mean != null) ? this.mean * this.perSecond : 0;
	}

}
