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

/**
 * Watches what goes through a system. Not thread-safe.
 */
final class FlowMeter {

	private int inFlight;

	private long changedAt;

	private long startedAt;

	/*
	 * The integral of what is in flight over the time.
	 */
	private double area;

	private int offered;

	private int refused;

	private int refusedInside;

	private int completed;

	FlowMeter(long now) {
		this.changedAt = now;
		this.startedAt = now;
	}

	/**
	 * Begins to watch anew. What is in flight stays in flight.
	 * @param now the time
	 */
	void restart(long now) {
		advance(now);
		this.startedAt = now;
		this.area = 0;
		this.offered = 0;
		this.refused = 0;
		this.refusedInside = 0;
		this.completed = 0;
	}

	void started(long now) {
		advance(now);
		this.offered++;
		this.inFlight++;
	}

	void refused() {
		this.offered++;
		this.refused++;
	}

	void refusedInside(long now) {
		cancelled(now);
		this.refusedInside++;
	}

	void completed(long now) {
		cancelled(now);
		this.completed++;
	}

	void cancelled(long now) {
		advance(now);
		this.inFlight--;
	}

	private void advance(long now) {
		this.area += (double) this.inFlight * (now - this.changedAt);
		this.changedAt = now;
	}

	int inFlight() {
		return this.inFlight;
	}

	int completed() {
		return this.completed;
	}

	long elapsedNanos(long now) {
		return now - this.startedAt;
	}

	/**
	 * Returns what has been seen since it began.
	 * @param now the time, later than the begin
	 * @return the flow
	 */
	Flow read(long now) {
		advance(now);
		long elapsed = Math.max(1, now - this.startedAt);
		return new Flow(elapsed, this.completed, this.area / elapsed, share(this.refused, this.offered),
				share(this.refusedInside, this.refusedInside + this.completed));
	}

	private static double share(int part, int whole) {
		return (whole > 0) ? (double) part / whole : 0;
	}

}
