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
 * How callers call: each one again and again, one call at a time.
 *
 * @param post whether calls are POST with the number in the body; GET with the number in
 * the path otherwise
 * @param callers how many there are; 0 if it does not matter
 * @param pause how long each of them waits before a call
 */
record Traffic(boolean post, int callers, Pause pause) {

	static final Traffic GET = new Traffic(false, 0, Pause.USUAL);

	static final Traffic POST = new Traffic(true, 0, Pause.USUAL);

	Traffic from(int number) {
		return new Traffic(this.post, number, this.pause);
	}

	Traffic with(Pause other) {
		return new Traffic(this.post, this.callers, other);
	}

}
