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

package io.support.meta;

import java.util.List;

/**
 * One page, whatever it is written as.
 *
 * @param outcome whether the page is what was asked for
 * @param envelope the content
 * @param pages the names of all pages, for navigation
 * @param resettable whether what it shows can begin anew
 * @param query which part of the content was asked for
 */
public record Page(Outcome outcome, Envelope envelope, List<String> pages, boolean resettable, PageQuery query) {

	/**
	 * The name of the index's page.
	 */
	public static final String INDEX = "index";

	/**
	 * Creates a page with all of its content.
	 * @param outcome whether the page is what was asked for
	 * @param envelope the content
	 * @param pages the names of all pages
	 * @param resettable whether what it shows can begin anew
	 */
	public Page(Outcome outcome, Envelope envelope, List<String> pages, boolean resettable) {
		this(outcome, envelope, pages, resettable, PageQuery.ALL);
	}

	/**
	 * What became of the request for a page.
	 */
	public enum Outcome {

		/**
		 * The page holds the state.
		 */
		FOUND,

		/**
		 * There is no such page; the data lists those there are.
		 */
		MISSING,

		/**
		 * A change was asked for that is not known; the data holds an error that lists
		 * those there are.
		 */
		INVALID,

		/**
		 * The page is there, but has nothing that could be changed so; the data holds an
		 * error.
		 */
		CONFLICT,

		/**
		 * There is one such operation at a time, and it is on; the data holds an error.
		 */
		BUSY,

		/**
		 * The contributor failed; the data holds its error.
		 */
		FAILED,

		/**
		 * Too many pages were asked for at once, or this one took too long.
		 */
		UNAVAILABLE

	}

}
