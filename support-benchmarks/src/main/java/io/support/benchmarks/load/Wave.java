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

package io.support.benchmarks.load;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * Requests that come in addition to those of a plan, at random times, over the same
 * connections.
 *
 * @param path what they ask for; empty for what the plan asks for
 * @param header a line of the request's header that they have and the others have not;
 * empty for none
 * @param ratePerSecond requests per second
 * @param from when the first may come, counted from the first request of all
 * @param duration how long they come
 */
public record Wave(String path, String header, double ratePerSecond, Duration from, Duration duration) {

	/**
	 * Checks the values.
	 */
	public Wave {
		if (ratePerSecond <= 0 || from.isNegative() || duration.isNegative() || duration.isZero()) {
			throw new IllegalArgumentException("A wave must have a positive rate and duration, and not begin before"
					+ " the first request, was: " + ratePerSecond + "/s from " + from + " for " + duration);
		}
		if (header.indexOf('\r') >= 0 || header.indexOf('\n') >= 0) {
			throw new IllegalArgumentException("header must be one line, was: " + header);
		}
	}

	/**
	 * Returns more requests for the same.
	 * @param ratePerSecond requests per second
	 * @param from when the first may come
	 * @param duration how long they come
	 * @return a wave
	 */
	public static Wave burst(double ratePerSecond, Duration from, Duration duration) {
		return new Wave("", "", ratePerSecond, from, duration);
	}

	/**
	 * Returns requests for the same with one more line in their headers.
	 * @param header the line, without its end
	 * @param ratePerSecond requests per second
	 * @param duration how long they come
	 * @return a wave
	 */
	public static Wave marked(String header, double ratePerSecond, Duration duration) {
		return new Wave("", header, ratePerSecond, Duration.ZERO, duration);
	}

	/**
	 * Returns one single request for something else.
	 * @param path what it asks for
	 * @param at when it comes
	 * @return a wave
	 */
	public static Wave single(String path, Duration at) {
		return new Wave(path, "", 1000, at, Duration.ofMillis(1));
	}

	int requests() {
		return (int) Math.min(LoadPlan.MAX_REQUESTS, Math.round(this.ratePerSecond * this.duration.toNanos() / 1e9));
	}

	long[] times(long seed) {
		long begin = this.from.toNanos();
		return new SplittableRandom(~seed).longs(requests(), begin, begin + this.duration.toNanos()).sorted().toArray();
	}

}
