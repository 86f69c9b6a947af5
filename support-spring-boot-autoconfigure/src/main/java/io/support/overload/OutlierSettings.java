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
 * When one of several that do the same is left out because it is slower than the others.
 * Checked by whoever reads it from the user's configuration.
 *
 * @param factor how many times as long as the others it must take; above 1
 * @param minRequests how often it, and another one, must have answered within an interval
 * to be judged; positive
 * @param minLatencyNanos who takes less than this is never left out; not negative
 * @param intervalNanos how often they are judged; positive
 * @param baseEjectionNanos for how long one is left out the first time; positive
 * @param maxEjectionNanos for how long it is left out at most; not below the former
 * @param maxEjectedShare how many of them may be left out at the same time, as a part of
 * all; 0 to 1, at 0 none ever is, and one always stays
 */
public record OutlierSettings(double factor, int minRequests, long minLatencyNanos, long intervalNanos,
		long baseEjectionNanos, long maxEjectionNanos, double maxEjectedShare) {

	/*
	 * Whether anybody is ever left out.
	 */
	boolean isEnabled() {
		return this.maxEjectedShare > 0;
	}

}
