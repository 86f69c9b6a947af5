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
 * A button that has the server do something. Shown by the script, without which it does
 * nothing.
 */
public final class ActionPanel extends Panel {

	private final String action;

	private final String label;

	/**
	 * Creates a panel.
	 * @param action what is sent
	 * @param label what the button says
	 */
	public ActionPanel(String action, String label) {
		this.action = action;
		this.label = label;
	}

	@Override
	void write(HtmlWriter html, String home) {
		html.open("section", "class", "card panel");
		html.leaf("button", this.label, "type", "button", "data-action", this.action, "hidden", "");
		html.open("output", "aria-live", "polite").close();
		html.close();
	}

}
