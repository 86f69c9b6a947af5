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

import java.util.List;

/**
 * Writes the lines of a source, each with its number, which is the address of the line in
 * the page.
 */
final class SourceView {

	/** A list of this name holds the lines of a source. */
	static final String SOURCE = "source";

	/** A number of this name beside it is the line that is looked for. */
	static final String LINE = "line";

	private final HtmlWriter html;

	private final int marked;

	/**
	 * Creates a view.
	 * @param html where it is written
	 * @param marked the number of the line that is looked for
	 */
	SourceView(HtmlWriter html, int marked) {
		this.html = html;
		this.marked = marked;
	}

	void write(List<?> lines) {
		this.html.open("div", "class", "scroll source", "tabindex", "0").open("pre");
		int number = 0;
		for (Object line : lines) {
			number++;
			String id = "L" + number;
			this.html.open((number == this.marked) ? "mark" : "span", "id", id);
			this.html.leaf("a", Integer.toString(number), "href", '#' + id).text("\t" + line).close().text("\n");
		}
		this.html.close().close();
	}

}
