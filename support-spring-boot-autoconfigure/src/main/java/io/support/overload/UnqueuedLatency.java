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

package io.support.overload;

import java.util.concurrent.TimeUnit;

/**
 * What requests take that do not wait, as experiments have found it, and how many may be
 * in flight by that. Experiments cost goodput: a value that was found twice is believed
 * for longer. Not thread-safe.
 */
final class UnqueuedLatency {

	/*
	 * How many may wait, in departures, unless that takes too long.
	 */
	static final int QUEUE_DEPARTURES = 10;

	private static final double QUEUE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

	private static final double MAX_QUEUE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	/*
	 * How much more than the number in service may be in flight: the measurement's error
	 * must not make the limit starve the system, which would lower its throughput and so
	 * the limit.
	 */
	private static final double SLACK = 1.25;

	/*
	 * What differs by a smaller share is the same.
	 */
	private static final double CHANGE = 0.25;

	private static final long MIN_VALIDITY_NANOS = TimeUnit.SECONDS.toNanos(10);

	private static final long MAX_VALIDITY_NANOS = TimeUnit.SECONDS.toNanos(60);

	/*
	 * At most one part in so many of the time is spent on experiments.
	 */
	private static final int EXPERIMENT_SHARE = 25;

	private double nanos = Double.NaN;

	private long measuredAt;

	private long validNanos = MIN_VALIDITY_NANOS;

	private long measurements;

	boolean isKnown() {
		return !Double.isNaN(this.nanos);
	}

	double nanos() {
		return this.nanos;
	}

	long measurements() {
		return this.measurements;
	}

	/**
	 * Takes what requests took in an experiment without a queue.
	 * @param flow what went through
	 * @param now the time
	 */
	void learn(Flow flow, long now) {
		double found = flow.latencyNanos();
		double change = Math.abs(found / this.nanos - 1);
		this.nanos = (change < CHANGE) ? (found + this.nanos) / 2 : found;
		long validity = (change < CHANGE) ? 2 * this.validNanos : MIN_VALIDITY_NANOS;
		this.validNanos = Math.min(MAX_VALIDITY_NANOS, Math.max(validity, EXPERIMENT_SHARE * flow.elapsedNanos()));
		this.measuredAt = now;
		this.measurements++;
	}

	/**
	 * Keeps what is known for another while, because an experiment has told nothing.
	 * @param now the time
	 */
	void confirm(long now) {
		this.measuredAt = now;
	}

	void forget() {
		this.nanos = Double.NaN;
	}

	/**
	 * Says whether it need not be measured before something is decided by it.
	 * @param now the time
	 * @return whether it is known, and was measured lately
	 */
	boolean isFresh(long now) {
		return isKnown() && now - this.measuredAt < Math.max(this.validNanos, MAX_VALIDITY_NANOS / 2);
	}

	/**
	 * Says whether it is time to measure it again, while it is being used.
	 * @param now the time
	 * @return whether it has become too old
	 */
	boolean isDue(long now) {
		return now - this.measuredAt >= this.validNanos;
	}

	/**
	 * Returns how many requests are in service by Little's law.
	 * @param perNano how many are completed in a nanosecond
	 * @return the number, with a fraction
	 */
	double inService(double perNano) {
		return perNano * this.nanos;
	}

	/**
	 * Returns how many requests may be in flight where there is a queue.
	 * @param perNano how many are completed in a nanosecond
	 * @return the number, with a fraction
	 */
	double limitAt(double perNano) {
		double wanted = Math.max(QUEUE_DEPARTURES, perNano * QUEUE_NANOS);
		double bearable = perNano * Math.max(MAX_QUEUE_NANOS, this.nanos / 2);
		return SLACK * inService(perNano) + Math.max(1, Math.min(wanted, bearable));
	}

	/**
	 * Returns how many requests may be in flight before there is a queue again.
	 * @param perNano how many are completed in a nanosecond
	 * @return the number, with a fraction
	 */
	double calmLimitAt(double perNano) {
		return SLACK * inService(perNano) + perNano * Math.max(MAX_QUEUE_NANOS, this.nanos);
	}

}
