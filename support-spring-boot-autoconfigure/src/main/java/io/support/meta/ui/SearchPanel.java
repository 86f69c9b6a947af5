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

/**
 * Asks for a word, and the server for what has it in its name. Shown by the script,
 * without which the address does the same.
 */
public final class SearchPanel extends Panel {

	private final String label;

	private final String parameter;

	/**
	 * Creates a panel.
	 * @param label what is looked for
	 * @param parameter the parameter of the address that has the word
	 */
	public SearchPanel(String label, String parameter) {
		this.label = label;
		this.parameter = parameter;
	}

	@Override
	void write(HtmlWriter html, String home) {
		html.open("section", "class", "card panel");
		html.empty("input", "type", "search", "placeholder", this.label, "aria-label", this.label, QUERY,
				this.parameter, "hidden", "");
		html.open("p").text("Part of a name, then Enter; the same as ");
		html.leaf("code", '?' + this.parameter + "=Name").close().close();
	}

}
