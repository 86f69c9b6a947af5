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

import java.util.Map;

import io.support.benchmarks.load.Percentiles;

/**
 * What has become of calls. Every call that was begun is either answered, or wrong, or
 * failed with an error, or without an end.
 *
 * @param calls how many were begun
 * @param answered how many had the answer that belongs to them
 * @param wrong how many had another one
 * @param endless how many had no end long after the last was begun
 * @param errors how many ended with an error, by its name
 * @param times how long they took, whatever came of them; without those that had no end
 * @param lateTimes the same of the second half of the calls, by when they were begun
 * @param nanos from the beginning of the first to the end of the last
 */
record CallReport(int calls, int answered, int wrong, int endless, Map<String, Integer> errors, Percentiles times,
		Percentiles lateTimes, long nanos) {

	/**
	 * Returns how many callers did not get what they asked for.
	 * @return the number of calls
	 */
	int failed() {
		return this.calls - this.answered;
	}

	double perSecond() {
		return this.calls / (this.nanos / 1e9);
	}

}
