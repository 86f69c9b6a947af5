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

import java.util.function.Predicate;

/**
 * What SuPPort wants to reach while a fault lasts.
 *
 * @param text what it is, for people
 * @param met whether a measurement has reached it
 */
record Target(String text, Predicate<Cell> met) {

	static final Target NONE = new Target("", (cell) -> true);

	static final Target NONE_FAILED = new Target("0 failed", (cell) -> cell.calls().failed() == 0);

	static final Target NONE_TWICE = new Target("0 twice", (cell) -> cell.peers().twice() == 0);

	static Target p99(int millis) {
		return new Target("p99 at most " + millis + " ms", (cell) -> cell.p99Millis() <= millis);
	}

	static Target sent(double perCall) {
		return new Target("at most " + perCall + " sent/call", (cell) -> cell.sentPerCall() <= perCall);
	}

	Target and(Target other) {
		return new Target(this.text + "; " + other.text, this.met.and(other.met));
	}

}
