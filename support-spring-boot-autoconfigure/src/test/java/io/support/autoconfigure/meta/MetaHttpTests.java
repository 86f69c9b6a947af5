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
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The pages over real HTTP, on WebFlux and on Spring MVC.
 */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
class MetaHttpTests {

	private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]*)\"");

	private static final Pattern IMPORT = Pattern.compile("from \"\\./([a-z]+\\.js)([^\"]*)\"");

	private static final String JSON = "application/json";

	private static MetaServer server;

	@Parameter
	private WebApplicationType type;

	@BeforeParameterizedClassInvocation
	static void start(WebApplicationType type) {
		server = MetaServer.start(type);
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/index", "/orders", "/nope", "/broken" })
	void browserGetsHtmlAndEverythingElseJsonFromTheSameUrl(String page) {
		String path = "/actuator/support" + page;
		HttpResponse<String> html = server.get(path, MetaServer.BROWSER);
		assertThat(html.headers().firstValue("Content-Type")).contains("text/html;charset=UTF-8");
		assertThat(html.body()).startsWith("<!DOCTYPE html>").contains("</html>");
		for (String accept : new String[] { "*/*", JSON, null }) {
			HttpResponse<String> json = server.get(path, accept);
			assertThat(json.headers().firstValue("Content-Type")).contains(JSON);
			assertThat(json.statusCode()).isEqualTo(html.statusCode());
			assertThat(MetaServer.json(json).get("schema").stringValue()).isEqualTo("support/1");
		}
	}

	@Test
	void linkToJsonWorksInABrowser() {
		HttpResponse<String> response = server.get("/actuator/support/orders?format=json", MetaServer.BROWSER);
		assertThat(response.headers().firstValue("Content-Type")).contains(JSON);
		assertThat(MetaServer.json(response).at("/data/queueDepth").intValue()).isEqualTo(3);
	}

	@Test
	void envelopeNamesTheProcessAndTheTime() {
		JsonNode envelope = MetaServer.json(server.get("/actuator/support/orders", JSON));
		assertThat(envelope.propertyNames()).containsExactly("schema", "page", "at", "instance", "data", "next",
				"truncated");
		assertThat(envelope.get("page").stringValue()).isEqualTo("orders");
		assertThat(envelope.get("at").stringValue()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
		assertThat(envelope.at("/instance/app").stringValue()).isEqualTo("shop");
		assertThat(envelope.at("/instance/pid").longValue()).isEqualTo(ProcessHandle.current().pid());
		assertThat(envelope.at("/instance/host").stringValue()).isNotBlank();
		assertThat(envelope.at("/instance/startedAt").stringValue()).endsWith("Z");
		assertThat(envelope.get("next").isNull()).isTrue();
		assertThat(envelope.get("truncated").booleanValue()).isFalse();
	}

	@Test
	void everyContributorHasAPageThatTheIndexLists() {
		JsonNode index = MetaServer.json(server.get("/actuator/support", JSON));
		assertThat(index.at("/data/process/pid").longValue()).isEqualTo(ProcessHandle.current().pid());
		assertThat(index.at("/data/load/heap/usedBytes").longValue()).isPositive();
		List<String> pages = index.at("/data/routes").valueStream().map((r) -> r.get("page").stringValue()).toList();
		assertThat(pages).contains("orders", "context", "dispatch", "stats", "connections", "workers");
		assertThat(pages.contains("acceptor")).isEqualTo(this.type == WebApplicationType.REACTIVE);
		for (JsonNode route : index.at("/data/routes")) {
			JsonNode page = MetaServer.json(server.get(route.get("path").stringValue(), JSON));
			assertThat(page.get("page")).isEqualTo(route.get("page"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "nope", "orders/nope", "assets", "assets/nope", "<script>", "%3Cscript%3E" })
	void unknownPageIsNotFoundAndListsThePages(String page) {
		String path = "/actuator/support/" + page.replace("<", "%3C").replace(">", "%3E");
		HttpResponse<String> json = server.get(path, JSON);
		assertThat(json.statusCode()).isEqualTo(404);
		assertThat(MetaServer.json(json).at("/data/routes").valueStream().map((r) -> r.get("page").stringValue()))
			.contains("orders", "hostile");
		HttpResponse<String> html = server.get(path, MetaServer.BROWSER);
		assertThat(html.statusCode()).isEqualTo(404);
		assertThat(html.body()).contains("There is no page", ">orders</a>").doesNotContain("<script>");
	}

	@ParameterizedTest
	@CsvSource({ "'', 200", "/orders, 200", "/nope, 404", "/broken, 500", "/assets/support.css, 200",
			"/assets/support.js, 200", "/assets/support.svg, 200", "/assets/merge.js, 200", "/assets/nope.js, 404" })
	void headersAreOnEveryAnswer(String page, int status) {
		for (String accept : List.of(MetaServer.BROWSER, JSON)) {
			HttpResponse<String> response = server.get("/actuator/support" + page, accept);
			assertThat(response.statusCode()).isEqualTo(status);
			assertSafe(response);
			boolean asset = status == 200 && page.startsWith("/assets");
			assertThat(response.headers().firstValue("Cache-Control"))
				.contains(asset ? "private, max-age=31536000, immutable" : "no-store");
		}
	}

	@Test
	void headersAreOnAnswersThatAreNotOurOwn() {
		HttpResponse<String> otherMethod = server.send("POST", server.uri("/actuator/support"), JSON);
		assertThat(otherMethod.statusCode()).isEqualTo(405);
		assertSafe(otherMethod);
		HttpResponse<String> otherType = server.get("/actuator/support", "image/png");
		assertThat(otherType.statusCode()).isEqualTo(406);
		assertSafe(otherType);
		HttpResponse<String> otherSpelling = server.get("/actuator/%73upport/%6Frders", MetaServer.BROWSER);
		assertThat(otherSpelling.statusCode()).isEqualTo(200);
		assertSafe(otherSpelling);
	}

	private static void assertSafe(HttpResponse<String> response) {
		assertThat(response.headers().map()).as(response.uri().toString())
			.containsEntry("x-content-type-options", List.of("nosniff"))
			.containsEntry("x-frame-options", List.of("DENY"))
			.hasEntrySatisfying("content-security-policy",
					(policies) -> assertThat(policies).singleElement()
						.asString()
						.contains("default-src 'self'", "frame-ancestors 'none'")
						.doesNotContain("unsafe"));
	}

	@Test
	void othersHeadersAreLeftAlone() {
		assertThat(server.get("/actuator", JSON).headers().firstValue("Content-Security-Policy")).isEmpty();
		assertThat(server.get("/actuator/supportive", JSON).headers().firstValue("Content-Security-Policy")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "PUT", "PATCH", "DELETE" })
	void nothingCanBeWritten(String method) {
		for (String page : List.of("", "/orders", "/assets/support.css")) {
			assertThat(server.send(method, server.uri("/actuator/support" + page), JSON).statusCode()).isEqualTo(405);
		}
	}

	@Test
	void secretsAreHiddenByTheMaskAndByTheUsersSanitizingFunction() {
		for (String accept : List.of(MetaServer.BROWSER, JSON)) {
			assertThat(server.get("/actuator/support/secrets", accept).body()).contains("******")
				.doesNotContain("hunter2");
		}
	}

	@Test
	void hostileTextIsShownAsText() {
		assertThat(MetaServer.json(server.get("/actuator/support/hostile", JSON)).at("/data/state").stringValue())
			.isEqualTo(MetaServer.HOSTILE);
		assertThat(server.get("/actuator/support/hostile", MetaServer.BROWSER).body())
			.doesNotContain("<script>", "<img")
			.contains("&lt;script&gt;document.title=");
	}

	@Test
	void failureOfAContributorIsAPage() {
		HttpResponse<String> json = server.get("/actuator/support/broken", JSON);
		assertThat(json.statusCode()).isEqualTo(500);
		assertThat(MetaServer.json(json).at("/data/error/type").stringValue())
			.isEqualTo("java.lang.IllegalStateException");
		HttpResponse<String> html = server.get("/actuator/support/broken", MetaServer.BROWSER);
		assertThat(html.statusCode()).isEqualTo(500);
		assertThat(html.body()).contains("No disk: &lt;script&gt;").doesNotContain("<script>");
	}

	@Test
	void answerIsBoundedAndSaysSo() {
		HttpResponse<String> json = server.get("/actuator/support/large", JSON);
		assertThat(MetaServer.json(json).get("truncated").booleanValue()).isTrue();
		assertThat(json.body()).hasSizeBetween(100_000, 1_000_000);
		assertThat(server.get("/actuator/support/large", MetaServer.BROWSER).body()).hasSizeLessThan(1_000_000)
			.contains("some of it was left out");
	}

	@Test
	void applicationPortHasNoPages() {
		assertThat(server.get(server.applicationUri("/actuator/support"), JSON).statusCode()).isEqualTo(404);
	}

	@Test
	void everyLinkLeadsSomewhereOnTheSameServer() {
		assertThat(crawl(server, "/actuator/support")).contains("/actuator/support/orders",
				"/actuator/support/assets/support.css");
	}

	@ParameterizedTest
	@CsvSource({ "/ops/manage, '', /ops/manage/support, support", "/, '', /support, support",
			"/ops, /m, /m/ops/support, support", "/ops, '', /ops/live, live" })
	void everyLinkWorksBehindAPrefix(String basePath, String serverPath, String index, String mapping) {
		try (MetaServer prefixed = MetaServer.start(this.type, "management.endpoints.web.base-path=" + basePath,
				"management.server.base-path=" + serverPath,
				"management.endpoints.web.path-mapping.support=" + mapping)) {
			assertThat(crawl(prefixed, index)).contains(index, index + "/orders", index + "/assets/support.css");
			JsonNode routes = MetaServer.json(prefixed.get(index, JSON)).at("/data/routes");
			assertThat(routes.valueStream().map((route) -> route.get("path").stringValue()))
				.contains(index + "/orders");
			assertSafe(prefixed.get(index + "/orders", MetaServer.BROWSER));
		}
	}

	@ParameterizedTest
	@CsvSource({ "/actuator/support/, ../support", "/actuator/support/orders/, ../orders",
			"/actuator/support//?format=json, ../../support?format=json" })
	void slashAtTheEndLeadsToThePage(String path, String location) {
		HttpResponse<String> response = server.get(path, MetaServer.BROWSER);
		assertThat(response.statusCode()).isEqualTo(308);
		assertThat(response.headers().firstValue("Location")).hasValue(location);
		assertThat(server.get(path.substring(0, path.indexOf("/support/")) + "/", MetaServer.BROWSER).statusCode())
			.isNotEqualTo(308);
	}

	/** Follows all links, and returns the paths that were found. */
	private static Set<String> crawl(MetaServer server, String start) {
		Set<URI> seen = new LinkedHashSet<>();
		Deque<URI> open = new ArrayDeque<>(List.of(server.uri(start), server.uri(start + "/nope/nope")));
		while (!open.isEmpty()) {
			URI uri = open.pop();
			HttpResponse<String> response = server.get(uri, MetaServer.BROWSER);
			int expected = uri.getPath().endsWith("/nope") ? 404 : uri.getPath().endsWith("/broken") ? 500 : 200;
			// A thread may have ended meanwhile.
			assertThat(response.statusCode()).as("%s answered %s", uri, response.body())
				.isIn(expected, uri.getPath().contains("/threads/") ? 404 : expected);
			if (response.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) {
				List<String> links = LINK.matcher(response.body())
					.results()
					.map((MatchResult r) -> r.group(1))
					.toList();
				for (String link : links) {
					URI target = link.startsWith("#") ? uri
							: uri.resolve(link.startsWith("?") ? uri.getRawPath() + link : link);
					assertThat(target.getAuthority()).as("no page needs another server").isEqualTo(uri.getAuthority());
					if (seen.add(target)) {
						open.push(target);
					}
				}
			}
		}
		return Set.copyOf(seen.stream().map(URI::getPath).toList().stream().distinct().toList());
	}

	@Test
	void assetsAreOfTheirTypesAndNeedNothingFromElsewhere() {
		Map<String, String> types = Map.of("support.css", "text/css", "content.css", "text/css", "charts.css",
				"text/css", "support.js", "text/javascript", "merge.js", "text/javascript", "tables.js",
				"text/javascript", "support.svg", "image/svg+xml");
		types.forEach((name, type) -> {
			HttpResponse<String> response = server.get("/actuator/support/assets/" + name, "*/*");
			assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith(type);
			assertThat(response.body().replace("http://www.w3.org/2000/svg", "")).isNotEmpty()
				.doesNotContain("http:", "https:", "//cdn", "@import");
		});
	}

	@Test
	void modulesImportWhatIsThere() {
		Deque<String> open = new ArrayDeque<>(List.of("support.js", "profile.js"));
		Set<String> seen = new TreeSet<>();
		while (!open.isEmpty()) {
			HttpResponse<String> script = server.get("/actuator/support/assets/" + open.pop(), "*/*");
			assertThat(script.statusCode()).isEqualTo(200);
			Matcher imports = IMPORT.matcher(script.body());
			while (imports.find()) {
				assertThat(imports.group(2)).as("version of %s", imports.group(1)).matches("\\?v=[0-9a-f]{8}");
				if (seen.add(imports.group(1))) {
					open.push(imports.group(1));
				}
			}
		}
		assertThat(seen).containsExactly("element.js", "flame.js", "merge.js", "recorder.js", "tables.js", "tree.js");
	}

	@Test
	void indexHasTheLastMinutesAsChartsAndAsNumbers() {
		JsonNode history = await().atMost(Duration.ofSeconds(20))
			.until(() -> MetaServer.json(server.get("/actuator/support", JSON)).at("/data/history"),
					(found) -> found.at("/heap/lines/used").size() > 1);
		assertThat(history.at("/heap/lines/used/0").longValue()).isPositive();
		assertThat(history.at("/heap/unit").stringValue()).isEqualTo("bytes");
		String html = server.get("/actuator/support", MetaServer.BROWSER).body();
		assertThat(html).contains("class=\"plot\" aria-label=\"heap from ").doesNotContainPattern("NaN|Infinity");
		JsonNode system = MetaServer.json(server.get("/actuator/support/system/index", JSON));
		assertThat(system.at("/data/heap/intervalSeconds").intValue()).isOne();
	}

	@Test
	void pageAndAllThatItNeedsIsSmall() {
		int size = server.get("/actuator/support", MetaServer.BROWSER).body().length();
		for (String name : List.of("support.css", "content.css", "charts.css", "support.js", "merge.js", "tables.js",
				"support.svg")) {
			size += server.get("/actuator/support/assets/" + name, "*/*").body().length();
		}
		assertThat(size).isLessThan(150 * 1024);
	}

}
