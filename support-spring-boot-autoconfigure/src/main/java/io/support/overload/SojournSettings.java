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
 * How long something may wait in a queue. Checked by whoever reads it from the user's
 * configuration.
 *
 * @param maxAgeNanos how long while the queue is not overloaded, positive
 * @param overloadedMaxAgeNanos how long while it is, positive, not above the other
 * @param targetNanos a queue through which at least one passes within this time, in every
 * interval, is not overloaded; positive
 * @param intervalNanos for how long all must have waited longer than that; positive
 * @param coldDepartures how many have to be served before it is judged how fast that
 * goes; a server that has just started is slow for reasons that are not load
 */
public record SojournSettings(long maxAgeNanos, long overloadedMaxAgeNanos, long targetNanos, long intervalNanos,
		int coldDepartures) {

	/**
	 * Creates settings for a server that is warm from the start.
	 * @param maxAgeNanos how long something may wait while the queue is not overloaded
	 * @param overloadedMaxAgeNanos how long while it is
	 * @param targetNanos what passes within this time shows that it is not overloaded
	 * @param intervalNanos for how long all must have waited longer than that
	 */
	public SojournSettings(long maxAgeNanos, long overloadedMaxAgeNanos, long targetNanos, long intervalNanos) {
		this(maxAgeNanos, overloadedMaxAgeNanos, targetNanos, intervalNanos, 0);
	}

}
