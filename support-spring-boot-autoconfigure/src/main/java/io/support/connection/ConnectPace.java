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

package io.support.connection;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How long the addresses of a group take to be connected to, and so how patient a request
 * is before it tries a second address while the first is still being connected to. A
 * service far away is given its time. Thread-safe.
 */
final class ConnectPace {

	/*
	 * As for the round-trip time of TCP (RFC 6298).
	 */
	private static final int WEIGHT = 8;

	private static final int PATIENCE = 2;

	private final long configuredNanos;

	private final AtomicLong meanNanos;

	/**
	 * Creates a pace.
	 * @param configuredNanos how patient a request is at least, in nanoseconds; 0 for
	 * patient for ever
	 */
	ConnectPace(long configuredNanos) {
		this.configuredNanos = configuredNanos;
		this.meanNanos = new AtomicLong(configuredNanos / PATIENCE);
	}

	/**
	 * Counts a connection that has been opened. One that took much longer than the others
	 * counts as one that took twice as long, because it is those that patience is not
	 * for.
	 * @param nanos how long it took, in nanoseconds
	 */
	void opened(long nanos) {
		this.meanNanos.updateAndGet((mean) -> mean + (Math.min(nanos, 2 * mean) - mean) / WEIGHT);
	}

	boolean isPatientForEver() {
		return this.configuredNanos == 0;
	}

	long patienceNanos() {
		return Math.max(this.configuredNanos, PATIENCE * this.meanNanos.get());
	}

}
