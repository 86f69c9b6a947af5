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
 * Which share of what comes is refused, over some intervals: how hard a server is
 * pressed, whatever the queue in which that shows. Shared by the queues that the same
 * clients pass, so that one that is behind another knows why so little comes through.
 * <p>
 * Thread-safe. All times are nanoseconds of one clock.
 */
public final class Pressure {

	private static final long INTERVAL_NANOS = 100_000_000;

	/*
	 * How much one interval changes the share.
	 */
	private static final double GAIN = 0.3;

	private long intervalStart;

	private long served;

	private long refused;

	private double share;

	/**
	 * Creates a pressure of nothing.
	 * @param now the time
	 */
	public Pressure(long now) {
		this.intervalStart = now;
	}

	synchronized void served(long now) {
		roll(now);
		this.served++;
	}

	synchronized void refused(long now) {
		roll(now);
		this.refused++;
	}

	/**
	 * Returns the share that is refused.
	 * @param now the time
	 * @return from 0 to 1; 0 if nothing was served in an interval, since a server that
	 * stood still says nothing about how many come
	 */
	synchronized double share(long now) {
		roll(now);
		return this.share;
	}

	private void roll(long now) {
		long elapsed = now - this.intervalStart;
		if (elapsed < INTERVAL_NANOS) {
			return;
		}
		if (this.served == 0 || elapsed >= 2 * INTERVAL_NANOS) {
			this.share = 0;
		}
		else {
			this.share += GAIN * ((double) this.refused / (this.refused + this.served) - this.share);
		}
		this.served = 0;
		this.refused = 0;
		this.intervalStart = now;
	}

}
