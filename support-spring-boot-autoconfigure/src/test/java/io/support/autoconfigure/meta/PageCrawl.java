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

package io.support.autoconfigure.meta;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.springframework.web.util.HtmlUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Follows all links from the endpoints of the pages, as somebody who reads them would.
 */
final class PageCrawl {

	private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]*)\"");

	private final MetaServer server;

	/** By the address as it was asked for. */
	private final Map<URI, HttpResponse<String>> answers = new LinkedHashMap<>();

	/** The addresses of all endpoints. */
	private final Set<URI> endpoints = new HashSet<>();

	/** What is no page of ours. It may be heavy, or never end. */
	private final Set<URI> others = new HashSet<>();

	private PageCrawl(MetaServer server) {
		this.server = server;
	}

	/**
	 * Asks for all that can be reached.
	 * @param server the application
	 * @param more paths that somebody may type, with their queries
	 * @return what was answered
	 */
	static PageCrawl of(MetaServer server, String... more) {
		PageCrawl crawl = new PageCrawl(server);
		Deque<URI> open = crawl.starts();
		assertThat(open).isNotEmpty();
		Stream.of(more).map(server::uri).forEach(open::add);
		crawl.follow(open);
		return crawl;
	}

	/** Those of our endpoints that are there. */
	private Deque<URI> starts() {
		Deque<URI> starts = new ArrayDeque<>();
		MetaServer.json(this.server.get("/actuator", "application/json")).get("_links").forEachEntry((name, link) -> {
			if (!link.get("templated").booleanValue()) {
				URI address = URI.create(link.get("href").stringValue());
				this.endpoints.add(address);
				if (name.startsWith("support")) {
					starts.add(address);
				}
			}
		});
		return starts;
	}

	private void follow(Deque<URI> open) {
		while (!open.isEmpty()) {
			URI address = open.pop();
			if (!isOurs(address)) {
				this.others.add(address);
				continue;
			}
			if (this.answers.containsKey(address)) {
				continue;
			}
			HttpResponse<String> answer = this.server.get(address, MetaServer.BROWSER);
			this.answers.put(address, answer);
			if (isHtml(answer)) {
				links(answer).forEach(open::add);
			}
		}
	}

	static List<URI> links(HttpResponse<String> answer) {
		URI address = answer.uri();
		return LINK.matcher(answer.body())
			.results()
			.map((MatchResult result) -> HtmlUtils.htmlUnescape(result.group(1)))
			.map((link) -> link.replaceFirst("#.*", ""))
			.filter((link) -> !link.isEmpty())
			.map((link) -> address.resolve(link.startsWith("?") ? address.getRawPath() + link : link))
			.toList();
	}

	static boolean isHtml(HttpResponse<String> answer) {
		return answer.headers().firstValue("Content-Type").orElse("").startsWith("text/html");
	}

	/**
	 * Returns where links lead that are not to pages, and to no endpoint either.
	 * @return the addresses
	 */
	Set<URI> deadEnds() {
		Set<URI> dead = new HashSet<>(this.others);
		dead.removeAll(this.endpoints);
		return dead;
	}

	private static boolean isOurs(URI address) {
		return address.getPath().startsWith("/actuator/support");
	}

	Map<URI, HttpResponse<String>> answers() {
		return this.answers;
	}

	/**
	 * Returns what people see.
	 * @return the pages that are HTML, assets and JSON left out
	 */
	List<HttpResponse<String>> pages() {
		return this.answers.values().stream().filter((answer) -> isOurs(answer.uri()) && isHtml(answer)).toList();
	}

	/**
	 * Returns pages of every kind.
	 * @param details how many at the most of those that are parts of the same page
	 * @param wanted what is in the address of parts that are taken in any case
	 * @return some of the pages
	 */
	List<HttpResponse<String>> sample(int details, String wanted) {
		Map<String, Integer> taken = new LinkedHashMap<>();
		return pages().stream().filter((page) -> {
			String path = page.uri().getPath();
			String kind = path.replaceFirst("(/actuator/[^/]*/[^/]*/).*", "$1");
			return path.contains(wanted) || taken.merge(kind, 1, Integer::sum) <= details;
		}).toList();
	}

}
