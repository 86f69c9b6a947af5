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

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.support.context.SupportContext;

/**
 * How what a page shows went over the last minutes, as far as the context remembers it.
 * Thread-safe.
 */
final class PageHistory {

	/** The contributor that remembers, and has a part for each page. */
	private static final String HISTORIAN = "system";

	/** What is remembered, on the page that it belongs to. */
	private static final String HISTORY = "history";

	private final SupportContext context;

	private final SnapshotTree trees;

	PageHistory(SupportContext context, SnapshotTree trees) {
		this.context = context;
		this.trees = trees;
	}

	/**
	 * Returns what is remembered.
	 * @param page the name of the page
	 * @return a value as contributors give it, or {@code null} if there is nothing
	 */
	@Nullable Object of(String page) {
		try {
			return this.context.detail(HISTORIAN, page).orElse(null);
		}
		catch (Exception | LinkageError ex) {
			// Its own page says so, and this one has more.
			return null;
		}
	}

	/**
	 * Puts what is remembered after what is trouble and before all else. It is whole
	 * whatever part of the page was asked for, and of a contributor's own history nothing
	 * is taken away.
	 * @param page the page without it
	 * @param history what is remembered; {@code null} for nothing
	 * @return the page with it
	 */
	SnapshotTree.Result addTo(SnapshotTree.Result page, @Nullable Object history) {
		if (history == null || !(page.tree() instanceof Map<?, ?> tree) || tree.containsKey(HISTORY)) {
			return page;
		}
		SnapshotTree.Result past = this.trees.of(history);
		Map<Object, @Nullable Object> data = new LinkedHashMap<>();
		if (tree.containsKey(MetaApplication.WARNINGS)) {
			data.put(MetaApplication.WARNINGS, tree.get(MetaApplication.WARNINGS));
		}
		data.put(HISTORY, past.tree());
		tree.forEach(data::putIfAbsent);
		return new SnapshotTree.Result(data, page.truncated() || past.truncated());
	}

}
