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

package io.support.profile;

/**
 * What the weights of a profile are.
 */
enum ProfileUnit {

	/**
	 * Every sample counts as one.
	 */
	SAMPLES("Samples", "none"),

	/**
	 * Time.
	 */
	NANOS("Nanos", "nanoseconds"),

	/**
	 * Memory.
	 */
	BYTES("Bytes", "bytes");

	private final String suffix;

	private final String speedscope;

	ProfileUnit(String suffix, String speedscope) {
		this.suffix = suffix;
		this.speedscope = speedscope;
	}

	/**
	 * Returns the end of the names of such numbers on pages.
	 * @return the end of a name in camel case
	 */
	String suffix() {
		return this.suffix;
	}

	/**
	 * Returns what the file format of speedscope calls it.
	 * @return one of the units of that format
	 */
	String speedscope() {
		return this.speedscope;
	}

}
