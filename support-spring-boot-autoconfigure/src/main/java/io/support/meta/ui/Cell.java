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

package io.support.meta.ui;

import org.jspecify.annotations.Nullable;

/**
 * A scalar as people read it.
 *
 * @param text what is shown
 * @param kind how it is set: the style sheet's class
 * @param raw the exact value with its unit, where the text is not exact
 * @param order what a table is sorted by, where the text would sort wrongly
 */
record Cell(String text, Kind kind, @Nullable String raw, @Nullable String order) {

	static Cell text(String text) {
		return new Cell(text, Kind.TEXT, null, null);
	}

	boolean isNumber() {
		return this.kind == Kind.NUMBER;
	}

	/**
	 * How a value is set.
	 */
	enum Kind {

		TEXT("t"), NUMBER("n"), TIME("time"), YES("yes"), NO("no"), NOTHING("nil"), SECRET("secret"), GOOD("good"),
		BAD("bad"), STATE("state");

		private final String style;

		Kind(String style) {
			this.style = style;
		}

		String style() {
			return this.style;
		}

	}

}
