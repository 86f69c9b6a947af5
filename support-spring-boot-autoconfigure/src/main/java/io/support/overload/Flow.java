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
 * What went through a system within some time. By Little's law the number in flight
 * divided by the rate is how long one takes, so nothing has to be known of a single one.
 *
 * @param elapsedNanos how long it was watched
 * @param completed how many have left it
 * @param inFlight how many were in it, in the mean
 * @param refusedShare the part of those that came and were not let in, 0 to 1
 * @param refusedInsideShare the part of those that were let in and ended by being refused
 * inside, 0 to 1
 */
record Flow(long elapsedNanos, int completed, double inFlight, double refusedShare, double refusedInsideShare) {

	double perNano() {
		return (double) this.completed / this.elapsedNanos;
	}

	double latencyNanos() {
		return this.inFlight / perNano();
	}

}
