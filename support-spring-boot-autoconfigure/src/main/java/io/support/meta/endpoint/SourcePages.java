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

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.util.StringUtils;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Mono;

import io.support.meta.ui.Panel;
import io.support.meta.ui.SearchPanel;
import io.support.source.Sources;

/**
 * The pages of the code that runs, for either kind of server.
 */
public final class SourcePages {

	static final String PAGE = "source";

	private static final Panel SEARCH = new SearchPanel("Search the loaded classes", "search");

	private final PageResponder responder;

	private final Sources sources;

	/**
	 * Creates the pages.
	 * @param responder what answers
	 * @param sources knows the code
	 */
	public SourcePages(PageResponder responder, Sources sources) {
		this.responder = responder;
		this.sources = sources;
	}

	WebEndpointResponse<Object> asset(String folder, String name) {
		return this.responder.asset(folder, name);
	}

	Mono<WebEndpointResponse<Object>> page(@Nullable String search, @Nullable String type, @Nullable Integer line,
			PageRequest request) {
		return this.responder.respondWith(PAGE, () -> {
			if (StringUtils.hasText(type)) {
				return this.sources.type(type, line);
			}
			if (StringUtils.hasText(search)) {
				return Optional.of(this.sources.search(search));
			}
			return Optional.of(this.sources.overview(dispatched(this.responder.tree("dispatch"))));
		}, (name) -> "?type=" + UriUtils.encode(name, StandardCharsets.UTF_8),
				StringUtils.hasText(type) ? null : SEARCH, request);
	}

	/*
	 * What the page about dispatch has of each method, shortened.
	 */
	static List<Dispatched> dispatched(@Nullable Object tree) {
		List<Dispatched> dispatched = new ArrayList<>();
		records(tree, "dispatchers", "name")
			.forEach((dispatcher, facts) -> records(facts, "methods", "method").forEach((method, calls) -> dispatched
				.add(new Dispatched(method, dispatcher, number(calls, "calls"), number(calls, "rejected")))));
		// Calls without annotations are no method's.
		dispatched.removeIf((one) -> one.method().equals("none"));
		return dispatched;
	}

	/* Of a record by name, or of a list of records that have one. */
	private static Map<String, Map<?, ?>> records(@Nullable Object parent, String key, String name) {
		Map<String, Map<?, ?>> records = new LinkedHashMap<>();
		Object children = (parent instanceof Map<?, ?> map) ? map.get(key) : null;
		if (children instanceof Map<?, ?> map) {
			map.forEach((child, value) -> {
				if (value instanceof Map<?, ?> facts) {
					records.put(String.valueOf(child), facts);
				}
			});
		}
		if (children instanceof List<?> list) {
			for (Object child : list) {
				if (child instanceof Map<?, ?> facts && facts.get(name) != null) {
					records.put(String.valueOf(facts.get(name)), facts);
				}
			}
		}
		return records;
	}

	private static @Nullable Long number(Map<?, ?> facts, String key) {
		return (facts.get(key) instanceof Number number) ? number.longValue() : null;
	}

	/**
	 * A method that is dispatched.
	 *
	 * @param method the method
	 * @param dispatcher where its calls run
	 * @param calls how many there were
	 * @param rejected how many were refused
	 */
	record Dispatched(String method, String dispatcher, @Nullable Long calls, @Nullable Long rejected) {

	}

}
