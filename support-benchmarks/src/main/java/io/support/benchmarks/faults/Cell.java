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

import java.util.function.ToDoubleFunction;

/**
 * What one contender has made of one fault, once.
 *
 * @param fault the fault
 * @param contender who
 * @param callers how many calls were under way at the same time
 * @param repeat counted from 1
 * @param slice counted from 1
 * @param calls what those who called have seen
 * @param peers what those who were called have seen
 */
record Cell(Fault fault, FaultContender contender, int callers, int repeat, int slice, CallReport calls,
		PeerCounts peers) {

	double p50Millis() {
		return this.calls.times().p50Nanos() / 1e6;
	}

	double p99Millis() {
		return this.calls.times().p99Nanos() / 1e6;
	}

	double p999Millis() {
		return this.calls.times().p999Nanos() / 1e6;
	}

	double lateP99Millis() {
		return this.calls.lateTimes().p99Nanos() / 1e6;
	}

	double sentPerCall() {
		return (double) this.peers.requests() / this.calls.calls();
	}

	double connectsPerCall() {
		return (double) this.peers.connects() / this.calls.calls();
	}

	/**
	 * A figure of a cell.
	 *
	 * @param name what it is called in tables
	 * @param format of one figure
	 * @param value the figure
	 */
	record Figure(String name, String format, ToDoubleFunction<Cell> value) {

	}

}
