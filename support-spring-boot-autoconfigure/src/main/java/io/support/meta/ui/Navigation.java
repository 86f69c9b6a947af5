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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.support.meta.Page;

/**
 * The links to all pages, in groups and in the order in which one reads them. A page that
 * is not known here, such as one of the application's own, is in a group with its like.
 */
final class Navigation {

	private static final String OWN = "application";

	private static final Map<String, List<String>> GROUPS = new LinkedHashMap<>();

	static {
		GROUPS.put("now", List.of(Page.INDEX, "warnings"));
		GROUPS.put("requests", List.of("acceptor", "admission", "eventloops", "dispatch", "tasks", "connections",
				"traffic", "events"));
		GROUPS.put("statistics", List.of("stats", "states"));
		GROUPS.put("process", List.of("process", "system", "threads", "files", "profiler", "heap", "workers", "logs"));
		GROUPS.put(OWN, List.of("context", "configuration", "modules", "classes", "source", "capabilities", "links"));
	}

	private final Map<String, Map<String, String>> groups = new LinkedHashMap<>();

	/**
	 * Puts links into their groups.
	 * @param addresses the addresses by the names of the pages
	 */
	Navigation(Map<String, String> addresses) {
		Map<String, String> links = new LinkedHashMap<>(addresses);
		GROUPS.forEach((group, names) -> names.forEach((name) -> {
			String href = links.remove(name);
			if (href != null) {
				this.groups.computeIfAbsent(group, (key) -> new LinkedHashMap<>()).put(name, href);
			}
		}));
		if (!links.isEmpty()) {
			this.groups.computeIfAbsent(OWN, (key) -> new LinkedHashMap<>()).putAll(links);
		}
	}

	void write(HtmlWriter html, String current) {
		html.open("nav", "aria-label", "Pages");
		this.groups.forEach((group, links) -> {
			html.leaf("h2", group).open("ul");
			links.forEach((name, href) -> link(html, href, name, isIn(name, current)));
			html.close();
		});
		html.close();
	}

	private static boolean isIn(String page, String current) {
		return current.equals(page) || current.startsWith(page + '/');
	}

	static void link(HtmlWriter html, String href, String name, boolean current) {
		html.open("li").leaf("a", name, "href", href, "aria-current", current ? "page" : null).close();
	}

}
