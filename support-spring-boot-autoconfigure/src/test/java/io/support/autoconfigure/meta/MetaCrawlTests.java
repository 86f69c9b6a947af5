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

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.logging.LoggerConfiguration;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.ConfigurableEnvironment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.support.testing.Browser;
import io.support.testing.BrowserTab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Every page in a real browser, where one is installed, while the application is full of
 * hostile data.
 */
@ParameterizedClass
@EnumSource(names = { "REACTIVE", "SERVLET" })
@Timeout(240)
class MetaCrawlTests {

	private static final int MAX_BYTES = 2 * 1024 * 1024;

	private static final int MAX_DETAILS = 2;

	private static final String[] ALL_ENDPOINTS = { "management.endpoints.web.exposure.include=*",
			"management.endpoints.access.default=unrestricted" };

	@TempDir
	private static Path directory;

	private static Browser browser;

	private static HostileApplication application;

	private static MetaServer server;

	private static Object before;

	private static PageCrawl crawl;

	private static Map<String, Visit> visits;

	@Parameter
	private WebApplicationType type;

	@BeforeParameterizedClassInvocation
	static void visitAll(WebApplicationType type) throws IOException {
		browser = Browser.start(directory.resolve("profile-" + type));
		application = HostileApplication.start(type, directory, ALL_ENDPOINTS);
		server = application.server();
		server.bean(MeterRegistry.class).counter("orders").increment(3);
		before = state();
		// A table has not all rows on its page.
		crawl = PageCrawl.of(server, "/actuator/support/stats?filter=" + HostileApplication.NAME);
		BrowserTab tab = browser.open();
		tab.prepare(script("timers.js"));
		visits = new LinkedHashMap<>();
		for (HttpResponse<String> page : crawl.sample(MAX_DETAILS, HostileApplication.NAME)) {
			tab.width(400);
			tab.visit(page.uri());
			JsonNode narrow = inspect(tab);
			// As if the time had passed after which pages ask for themselves again.
			tab.evaluate("passTime(), until(() => document.querySelector('main time').dateTime !== " + narrow.get("at")
					+ ")");
			tab.width(3840);
			visits.put(page.uri().toString().substring(page.uri().toString().indexOf("/actuator")),
					new Visit(page.statusCode(), narrow, inspect(tab), tab.complaints(), tab.requests()));
		}
	}

	@AfterParameterizedClassInvocation
	static void stop() throws Exception {
		if (application != null) {
			application.close();
			application = null;
		}
		if (browser != null) {
			browser.close();
			browser = null;
		}
	}

	private static JsonNode inspect(BrowserTab tab) {
		List<String> words = HostileApplication.KINDS.stream().map((kind) -> kind + HostileApplication.NAME).toList();
		return tab.evaluate("(" + script("inspect.js") + ")(" + JsonMapper.shared().writeValueAsString(words) + ")");
	}

	private static String script(String name) {
		try (InputStream in = MetaCrawlTests.class.getResourceAsStream(name)) {
			return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void pagesOfAllKindsWereVisited() {
		assertThat(visits).hasSizeGreaterThan(30)
			.containsKeys("/actuator/support", "/actuator/supporttraffic", "/actuator/support/broken",
					"/actuator/support/planted");
	}

	@Test
	void hostileTextIsText() {
		Set<String> seen = new HashSet<>();
		assertEach((visit) -> {
			for (JsonNode state : List.of(visit.narrow(), visit.wide())) {
				assertThat(state.get("oddities")).isEmpty();
				assertThat(state.get("title").stringValue()).contains(" \u00B7 application" + HostileApplication.NAME);
				state.get("words").forEach((word) -> seen.add(word.stringValue()));
			}
		});
		assertThat(seen).as("kinds of hostile data that were seen").hasSameSizeAs(HostileApplication.KINDS);
	}

	@Test
	void nothingIsComplainedAbout() {
		assertEach((visit) -> {
			// An answer that says that something failed is logged by the browser itself.
			int expected = (visit.status() == 200) ? 0 : 2;
			assertThat(visit.complaints().stream().filter((text) -> !text.contains("status of " + visit.status())))
				.isEmpty();
			assertThat(visit.complaints()).hasSizeLessThanOrEqualTo(expected);
		});
	}

	@Test
	void nothingIsAskedForElsewhere() {
		String authority = server.uri("/").getAuthority();
		assertEach((visit) -> {
			assertThat(visit.requests()).hasSizeGreaterThan(2);
			assertThat(visit.requests()).allSatisfy((request) -> {
				assertThat(URI.create(request).getAuthority()).isEqualTo(authority);
				assertThat(URI.create(request).getPath()).startsWith("/actuator/support");
			});
		});
	}

	@Test
	void pagesRefreshThemselves() {
		assertEach((visit) -> {
			assertThat(visit.narrow().get("at").stringValue()).isNotNull();
			assertThat(visit.wide().get("at").stringValue()).isGreaterThan(visit.narrow().get("at").stringValue());
		});
	}

	@Test
	void pagesFitNarrowAndWideWindows() {
		assertEach((visit) -> {
			assertThat(visit.narrow().get("wide")).as("at 400 px").isEmpty();
			assertThat(visit.wide().get("wide")).as("at 3840 px").isEmpty();
		});
	}

	@Test
	void everyPageLinksItsJson() {
		assertEach((visit) -> {
			URI json = URI.create(visit.narrow().get("json").stringValue());
			JsonNode envelope = MetaServer.json(server.get(json, MetaServer.BROWSER));
			assertThat(envelope.get("schema").stringValue()).isEqualTo("support/1");
		});
	}

	@Test
	void everyLinkLeadsSomewhere() {
		assertThat(crawl.deadEnds()).isEmpty();
		assertThat(crawl.answers()).allSatisfy((address, answer) -> {
			int status = address.getPath().endsWith("/broken") ? 500 : 200;
			// A thread may have ended meanwhile.
			assertThat(answer.statusCode()).as("%s", address)
				.isIn(status, address.getPath().contains("/threads/") ? 404 : status);
			assertThat(address.getAuthority()).isEqualTo(server.uri("/").getAuthority());
		});
		assertEach((visit) -> assertThat(visit.narrow().get("anchors")).isEmpty());
	}

	@Test
	void pagesAreSmall() {
		assertThat(crawl.pages()).allSatisfy((page) -> {
			assertThat(page.body().getBytes(StandardCharsets.UTF_8)).as("%s", page.uri()).hasSizeLessThan(MAX_BYTES);
			String json = server.get(URI.create(page.uri() + "?format=json"), MetaServer.BROWSER).body();
			assertThat(json.getBytes(StandardCharsets.UTF_8)).as("%s as JSON", page.uri()).hasSizeLessThan(MAX_BYTES);
		});
	}

	@Test
	void readingChangesNothing() {
		for (HttpResponse<String> page : crawl.sample(MAX_DETAILS, HostileApplication.NAME)) {
			for (String query : List.of("action=reset", "action=start&seconds=1",
					"action=level&level=DEBUG&logger=ROOT")) {
				URI address = URI.create(page.uri() + "?" + query);
				assertThat(server.get(address, "application/json").statusCode()).isIn(page.statusCode(), 400, 404);
				assertThat(server.send("HEAD", address, "text/html").statusCode()).isIn(page.statusCode(), 400, 404,
						405);
			}
		}
		assertThat(state()).isEqualTo(before);
	}

	/** What somebody could have changed. */
	private static Object state() {
		Map<String, Object> state = new LinkedHashMap<>();
		state.put("audit", List.copyOf(server.bean(MetaServer.Audits.class).events()));
		state.put("resets", application.resets());
		state.put("orders", server.bean(MeterRegistry.class).counter("orders").count());
		state.put("levels",
				LoggingSystem.get(MetaCrawlTests.class.getClassLoader())
					.getLoggerConfigurations()
					.stream()
					.filter((logger) -> logger.getConfiguredLevel() != null)
					.map(LoggerConfiguration::toString)
					.sorted()
					.toList());
		state.put("properties", Map.copyOf(System.getProperties()));
		state.put("sources",
				server.bean(ConfigurableEnvironment.class)
					.getPropertySources()
					.stream()
					.map((source) -> source.getName())
					.toList());
		return state;
	}

	@Test
	void pagesAreAccessible() {
		assumeThat(this.type).as("they are the same on all stacks").isEqualTo(WebApplicationType.REACTIVE);
		String axe = axe();
		BrowserTab tab = browser.open();
		List<String> findings = new ArrayList<>();
		for (HttpResponse<String> page : crawl.sample(1, "\n")) {
			tab.scheme("light");
			tab.width(1280);
			tab.visit(page.uri());
			tab.evaluate(axe + "; true");
			findings.addAll(findings(tab, page, "light", "{}"));
			tab.scheme("dark");
			findings.addAll(findings(tab, page, "dark", "{runOnly: ['color-contrast']}"));
		}
		assertThat(findings).isEmpty();
	}

	private static List<String> findings(BrowserTab tab, HttpResponse<String> page, String scheme, String options) {
		return tab
			.evaluate("axe.run(document, " + options + ").then((results) => results.violations"
					+ ".filter((one) => one.impact === 'serious' || one.impact === 'critical')"
					+ ".map((one) => one.id + ' ' + one.nodes.length + ' times: ' + one.nodes[0].html.slice(0, 300)"
					+ " + ' ' + one.nodes[0].failureSummary))")
			.valueStream()
			.map((finding) -> page.uri().getPath() + ", " + scheme + ": " + finding.stringValue())
			.toList();
	}

	private static String axe() {
		try (InputStream in = MetaCrawlTests.class.getResourceAsStream("/axe.min.js")) {
			return new String(Objects.requireNonNull(in, "axe").readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void whatIsWrongWouldBeSeen() throws IOException {
		String policy = server.get("/actuator/support", MetaServer.BROWSER)
			.headers()
			.firstValue("Content-Security-Policy")
			.orElseThrow();
		HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		byte[] body = """
				<!DOCTYPE html><title>free</title><script>document.title='taken'</script><x-hostile></x-hostile>
				<img src="http://127.0.0.2:1/" onerror="document.title='taken'"><a href="javascript:alert(1)">x</a>
				<pre>%s</pre>""".formatted("x".repeat(1000)).getBytes(StandardCharsets.UTF_8);
		other.createContext("/", (exchange) -> {
			exchange.getResponseHeaders().set("Content-Security-Policy", policy);
			exchange.getResponseHeaders().set("Content-Type", "text/html");
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		other.start();
		try {
			BrowserTab tab = browser.open();
			tab.width(400);
			tab.visit(URI.create("http://127.0.0.1:" + other.getAddress().getPort() + "/"));
			JsonNode state = inspect(tab);
			assertThat(state.get("title").stringValue()).isEqualTo("free");
			assertThat(state.get("oddities").size()).isGreaterThanOrEqualTo(3);
			assertThat(state.get("wide")).isNotEmpty();
			assertThat(tab.complaints()).anyMatch((text) -> text.contains("Content Security Policy"));
		}
		finally {
			other.stop(0);
		}
	}

	/* A page can be long: what is wrong is said without it. */
	private static void assertEach(Consumer<Visit> requirement) {
		List<String> wrong = new ArrayList<>();
		visits.forEach((path, visit) -> {
			try {
				requirement.accept(visit);
			}
			catch (AssertionError ex) {
				wrong.add(path + ": " + ex.getMessage());
			}
		});
		assertThat(wrong).isEmpty();
	}

	/**
	 * What a visit has left.
	 *
	 * @param status the status of the page
	 * @param narrow what it was in a narrow window
	 * @param wide what it was in a wide one, after it had refreshed itself
	 * @param complaints what the browser complained about
	 * @param requests what was asked for
	 */
	private record Visit(int status, JsonNode narrow, JsonNode wide, List<String> complaints, List<String> requests) {

	}

}
