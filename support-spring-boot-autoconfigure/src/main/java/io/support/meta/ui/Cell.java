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
 * @param kind what it is
 * @param tone whether it is good or bad news
 * @param raw the exact value with its unit, where the text is not exact
 * @param order what a table is sorted by, where the text would sort wrongly
 */
record Cell(String text, Kind kind, Tone tone, @Nullable String raw, @Nullable String order) {

	Cell(String text, Kind kind) {
		this(text, kind, Tone.PLAIN, null, null);
	}

	/**
	 * Writes the value into the element that is open.
	 * @param html where to
	 */
	void write(HtmlWriter html) {
		switch (this.kind) {
			case TIME -> html.leaf("time", this.text, "datetime", this.raw);
			case STATE -> html.leaf("span", this.text, "class", "tag");
			default -> html.text(this.text);
		}
	}

	/**
	 * Returns the classes in the style sheet.
	 * @return the kind and the tone
	 */
	String style() {
		return (this.kind.style + ' ' + this.tone.style()).strip();
	}

	/**
	 * Returns what a table is sorted by, unless the exact value begins with it.
	 * @return the order, or {@code null} if there is none of its own
	 */
	@Nullable String ownOrder() {
		return (this.raw != null && this.order != null && this.raw.startsWith(this.order)) ? null : this.order;
	}

	/**
	 * What a value is.
	 */
	enum Kind {

		TEXT(""), NUMBER("number"), TIME("time"), STATE("state"), NOTHING("nothing"), SECRET("secret");

		private final String style;

		Kind(String style) {
			this.style = style;
		}

	}

}
