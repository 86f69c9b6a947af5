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
 * What is above the state of a page, where there is something to do.
 */
public abstract sealed class Panel permits ProfilePanel, SearchPanel, ActionPanel {

	/**
	 * The attribute of a field that says to which parameter of the address what was typed
	 * goes.
	 */
	static final String QUERY = "data-query";

	Panel() {
	}

	/**
	 * Writes the panel.
	 * @param html where to
	 * @param home the address of the endpoint
	 */
	abstract void write(HtmlWriter html, String home);

	/**
	 * Says whether the panel has elements of its own.
	 * @return whether the profiler's style sheet and script are needed
	 */
	boolean hasElements() {
		return false;
	}

}
