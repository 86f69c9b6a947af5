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

package io.support.meta.endpoint;

import org.jspecify.annotations.Nullable;

import io.support.meta.PageQuery;

/**
 * How somebody wants a page, and which part of it, as it came from the client.
 *
 * @param representation what the client accepts; JSON if that is not known
 * @param format {@code json} for JSON whatever the client accepts, so that a browser can
 * follow a link to it
 * @param filter words that must be in a row
 * @param limit how many rows of each list there may be
 * @param since the time after which a row must have happened
 */
record PageRequest(@Nullable Representation representation, @Nullable String format, @Nullable String filter,
		@Nullable String limit, @Nullable String since) {

	/**
	 * Reads which part of the page is wanted.
	 * @return the part
	 * @throws IllegalArgumentException if that cannot be read, with a message that names
	 * the parameter
	 */
	PageQuery query() {
		return PageQuery.of(this.filter, this.limit, this.since);
	}

	boolean isHtml() {
		return this.representation == Representation.HTML && !"json".equals(this.format);
	}

}
