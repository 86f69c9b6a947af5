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

package io.support.context;

import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Knows of trouble that no meter tells of. What beans of this type find is on the page
 * {@code warnings}.
 * <p>
 * Called from any thread, also while the application is overloaded: it must not block.
 */
@FunctionalInterface
public interface WarningSource {

	/**
	 * Looks for trouble as it is now.
	 * @param found is told of each, in any order; of nothing where all is well
	 */
	void forEachWarning(Consumer<Found> found);

	/**
	 * One kind of trouble in one place.
	 *
	 * @param severity how bad it is
	 * @param what what is wrong, in a sentence
	 * @param where of several of its kind, which one: a name and its value; may be empty
	 * @param amount how much there is of it; {@code null} if it is there or not
	 * @param action what to do
	 * @param see the page that has more
	 * @param source what says so: the name of a property or of a meter
	 */
	record Found(Severity severity, String what, Map<String, String> where, @Nullable Double amount, String action,
			String see, String source) {

	}

	/**
	 * How bad something is, the worst first.
	 */
	enum Severity {

		/** Somebody should look at once. */
		CRITICAL,

		/** Somebody should look. */
		WARNING,

		/** Good to know. */
		INFO;

		@Override
		public String toString() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
