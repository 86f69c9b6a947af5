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

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a run of the profiler looks for.
 */
public enum ProfileKind {

	/**
	 * Where processor time goes.
	 */
	CPU("samples"),

	/**
	 * Where memory of the heap is allocated.
	 */
	ALLOCATION("samples"),

	/**
	 * Where threads wait for locks and for each other.
	 */
	LOCKS("waits");

	private final String counted;

	ProfileKind(String counted) {
		this.counted = counted;
	}

	/**
	 * Returns the name that users give it.
	 * @return the name in lower case
	 */
	public String externalName() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Finds a kind.
	 * @param name the name that users give it
	 * @return the kind, or empty if there is none of that name
	 */
	public static Optional<ProfileKind> of(String name) {
		return Arrays.stream(values()).filter((kind) -> kind.externalName().equals(name)).findFirst();
	}

	/**
	 * Returns what one event of it is called.
	 * @return a word in the plural
	 */
	String counted() {
		return this.counted;
	}

}
