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

import java.net.http.HttpResponse;

import io.netty.channel.EventLoopGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.http.client.ReactorResourceFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.support.testing.EventLoopBlocker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for the pages of the MetaApplication, over HTTP, on both web stacks.
 */
@ParameterizedClass
@EnumSource(names = { "REACTIVE", "SERVLET" })
class MetaPagesTests {

	private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

	private static MetaTestApplication application;

	@Parameter
	private WebApplicationType type;

	@BeforeParameterizedClassInvocation
	static void start(WebApplicationType type) {
		application = MetaTestApplication.start(type);
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		application.close();
	}

	@Test
	void browserGetsAPageAndEverythingElseTheSameAsJson() throws Exception {
		for (String path : new String[] { "/actuator/support", "/actuator/support/stats" }) {
			assertThat(contentType(application.get(path, "Accept", BROWSER))).isEqualTo("text/html;charset=UTF-8");
			assertThat(contentType(application.get(path, "Accept", "*/*"))).isEqualTo("application/json");
			assertThat(contentType(application.get(path, "Accept", "application/json"))).isEqualTo("application/json");
			assertThat(contentType(application.get(path))).isEqualTo("application/json");
		}
	}

	@Test
	void envelopeSaysWhatItIsAndWhoAnswered() throws Exception {
		JsonNode index = json(application.get("/actuator/support"));
		assertThat(index.at("/schema").asString()).isEqualTo("support/1");
		assertThat(index.at("/page").asString()).isEqualTo("index");
		assertThat(index.at("/instance/app").asString()).isEqualTo(MetaTestApplication.HOSTILE);
		assertThat(index.at("/instance/pid").asLong()).isEqualTo(ProcessHandle.current().pid());
		assertThat(index.at("/data/load/heap/usedBytes").asLong()).isPositive();
		assertThat(index.at("/data/process/availability/readiness").asString()).isEqualTo("ACCEPTING_TRAFFIC");
		assertThat(index.at("/data/routes")).extracting((route) -> route.at("/path").asString())
			.contains("/actuator/support/dispatch", "/actuator/support/connections", "/actuator/support/stats",
					"/actuator/support/workers", "/actuator/support/hostile");
	}

	@Test
	void everyPageOfTheIndexIsThere() throws Exception {
		JsonNode routes = json(application.get("/actuator/support")).at("/data/routes");
		assertThat(routes).isNotEmpty();
		for (JsonNode route : routes) {
			String address = route.at("/path").asString();
			if (!address.endsWith("/failing")) {
				HttpResponse<String> response = application.get(address);
				assertThat(response.statusCode()).as(address).isEqualTo(200);
				assertThat(json(response).at("/page")).isEqualTo(route.at("/page"));
				assertThat(application.get(address, "Accept", BROWSER).body()).startsWith("<!DOCTYPE html>")
					.contains("href=\"../support/stats\"");
			}
		}
	}

	@Test
	void acceptorHasAPageWhereThereIsOne() throws Exception {
		assertThat(application.get("/actuator/support/acceptor").statusCode())
			.isEqualTo((this.type == WebApplicationType.REACTIVE) ? 200 : 404);
	}

	@Test
	void missingPageIsAnsweredWithThoseThereAre() throws Exception {
		HttpResponse<String> response = application.get("/actuator/support/nothing");
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(json(response).at("/data/error/message").asString()).isEqualTo("There is no page 'nothing'");
		assertThat(json(response).at("/data/routes")).isNotEmpty();
		HttpResponse<String> page = application.get("/actuator/support/nothing/at/all", "Accept", BROWSER);
		assertThat(page.statusCode()).isEqualTo(404);
		assertThat(page.body()).contains("/support/stats\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/stats", "/nothing", "/failing", "/assets/support.css", "/assets/support.js" })
	void everyAnswerIsProtected(String path) throws Exception {
		HttpResponse<String> response = application.get("/actuator/support" + path, "Accept", BROWSER);
		assertThat(response.headers().firstValue("Content-Security-Policy").orElse("")).startsWith("default-src 'self'")
			.contains("frame-ancestors 'none'");
		assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
		assertThat(response.headers().firstValue("X-Frame-Options")).hasValue("DENY");
		assertThat(response.headers().firstValue("Cache-Control"))
			.hasValue(path.startsWith("/assets/") ? "private, max-age=31536000, immutable" : "no-store");
	}

	@Test
	void hostileTextStaysText() throws Exception {
		HttpResponse<String> response = application.get("/actuator/support/hostile", "Accept", BROWSER);
		assertThat(response.body()).contains("&lt;script&gt;alert(1)&lt;/script&gt;")
			.doesNotContain("<script>alert", "<img");
		assertThat(json(application.get("/actuator/support/hostile")).at("/data/rows/0/text").asString())
			.isEqualTo(MetaTestApplication.HOSTILE);
		HttpResponse<String> missing = application.get("/actuator/support/%3Cscript%3Ealert(3)", "Accept", BROWSER);
		assertThat(missing.body()).doesNotContain("<script>alert");
	}

	@Test
	void secretsAreMasked() throws Exception {
		for (String page : new String[] { "secrets", "failing" }) {
			for (String accept : new String[] { BROWSER, "*/*" }) {
				assertThat(application.get("/actuator/support/" + page, "Accept", accept).body()).contains("******")
					.doesNotContain("hunter2");
			}
		}
		assertThat(json(application.get("/actuator/support/secrets")).at("/data/user").asString()).isEqualTo("anna");
	}

	@Test
	void contributorThatFailsSpoilsItsOwnPageOnly() throws Exception {
		HttpResponse<String> response = application.get("/actuator/support/failing");
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(json(response).at("/data/error/type").asString()).isEqualTo("java.lang.IllegalStateException");
		assertThat(application.get("/actuator/support").statusCode()).isEqualTo(200);
	}

	@Test
	void pageHasAnEnd() throws Exception {
		JsonNode page = json(application.get("/actuator/support/endless"));
		assertThat(page.at("/truncated").asBoolean()).isTrue();
		assertThat(page.at("/data").size()).isEqualTo(50_000);
	}

	@Test
	void nothingIsExposedOnTheMainPort() throws Exception {
		assertThat(application.getFromMainPort("/actuator/support").statusCode()).isEqualTo(404);
		assertThat(application.getFromMainPort("/support").statusCode()).isEqualTo(404);
	}

	@Test
	void nothingCanBeWritten() throws Exception {
		assertThat(application.post("/actuator/support", "{}").statusCode()).isEqualTo(405);
		assertThat(application.post("/actuator/support/stats", "{}").statusCode()).isEqualTo(405);
	}

	@Test
	void answersWhileEveryLoopOfTheApplicationIsBlocked() throws Exception {
		assumeThat(this.type).isEqualTo(WebApplicationType.REACTIVE);
		ReactorResourceFactory resources = application.context().getBean(ReactorResourceFactory.class);
		EventLoopGroup loops = resources.getLoopResources().onServer(true);
		try (EventLoopBlocker blocker = EventLoopBlocker.block(loops)) {
			assertThat(blocker).isNotNull();
			assertThat(application.get("/actuator/support/acceptor").statusCode()).isEqualTo(200);
			assertThat(application.get("/actuator/support", "Accept", BROWSER).statusCode()).isEqualTo(200);
		}
	}

	private static String contentType(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(200);
		return response.headers().firstValue("Content-Type").orElse("");
	}

	private static JsonNode json(HttpResponse<String> response) {
		return JsonMapper.shared().readTree(response.body());
	}

}
