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

package io.support.benchmarks.compare;

import io.support.benchmarks.load.LoadReport;
import io.support.benchmarks.load.Outcome;
import io.support.benchmarks.load.Percentiles;

/**
 * Figures of a report as tables have them. Those of nothing are not a number.
 */
final class Figures {

	private Figures() {
	}

	static double served(LoadReport report) {
		return percent(report.count(Outcome.OK), report.offered());
	}

	static double refused(LoadReport report) {
		return percent(report.refusals(), report.offered());
	}

	static double percent(int part, int whole) {
		return (whole > 0) ? 100.0 * part / whole : Double.NaN;
	}

	/**
	 * Returns a time in milliseconds.
	 * @param times the times that it stands for
	 * @param nanos the time in nanoseconds
	 * @return the time, not a number if it stands for none
	 */
	static double millis(Percentiles times, long nanos) {
		return (times.count() > 0) ? nanos / 1e6 : Double.NaN;
	}

}
