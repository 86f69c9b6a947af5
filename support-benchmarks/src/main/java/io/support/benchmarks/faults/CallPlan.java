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

package io.support.benchmarks.faults;

/**
 * Calls to be made.
 *
 * @param post whether they are POST instead of GET
 * @param first the number of the first one; they are numbered one by one
 * @param calls how many there are at most
 * @param callers how many are under way at the same time
 * @param seconds after how long no further one is begun
 * @param pause how long a caller waits before each
 * @param seed makes pauses repeatable
 */
record CallPlan(boolean post, int first, int calls, int callers, double seconds, Pause pause, long seed) {

	CallPlan from(int number, int atMost) {
		return new CallPlan(this.post, number, atMost, this.callers, this.seconds, this.pause, this.seed);
	}

}
