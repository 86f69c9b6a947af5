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

package io.support.admission;

/**
 * What becomes of a request.
 */
enum Verdict {

	/** Served, and not counted as in flight. */
	EXEMPT("exempt"),

	/** Served. */
	ADMITTED("admitted"),

	/** Refused: its event loop came to it too late. */
	DELAY("delay"),

	/** Refused: as many are in flight as can be served in time. */
	LIMIT("limit");

	private final String tag;

	Verdict(String tag) {
		this.tag = tag;
	}

	boolean isRefusal() {
		return this == DELAY || this == LIMIT;
	}

	/**
	 * Returns the verdict as it is shown in meters, pages and logs.
	 * @return lower-case letters
	 */
	String tag() {
		return this.tag;
	}

}
