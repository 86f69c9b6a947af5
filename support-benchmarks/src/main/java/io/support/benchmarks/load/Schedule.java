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

/**
 * When each request is due. Times are nanoseconds since the start of the run.
 */
interface Schedule {

	/**
	 * The time of a request that will never be due.
	 */
	long NEVER = Long.MAX_VALUE;

	/**
	 * Returns how many requests there may be at most.
	 * @return the bound
	 */
	int capacity();

	/**
	 * Returns when a request is due.
	 * @param index the index of the request
	 * @param now the time now, in nanoseconds since the start
	 * @return the intended time in nanoseconds since the start; {@link #NEVER} if there
	 * is no further request
	 */
	long intended(int index, long now);

	/**
	 * Returns whether a request belongs to the plan's wave.
	 * @param index the index of the request
	 * @return whether it is one of the further requests
	 */
	default boolean isOfWave(int index) {
		return false;
	}

}
