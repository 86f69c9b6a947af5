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

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the code is shown to those only who were allowed to see it.
 */
@Timeout(120)
class MetaSourceTests {

	private static final String PATH = "/actuator/supportsource";

	private static final String EVERYTHING = "management.endpoints.web.exposure.include=*";

	private static final String READ = "management.endpoint.supportsource.access=read-only";

	private MetaServer server;

	@AfterEach
	void close() {
		this.server.close();
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void nobodySeesItByDefault(WebApplicationType type) {
		this.server = MetaServer.start(type, EVERYTHING);
		assertThat(this.server.get(PATH, "*/*").statusCode()).isEqualTo(404);
		assertThat(this.server.get(PATH + "?type=java.lang.String", "*/*").statusCode()).isEqualTo(404);
		assertThat(this.server.get("/actuator/support/source", "*/*").statusCode()).isEqualTo(404);
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void whoMaySeesModulesAndClasses(WebApplicationType type) {
		this.server = MetaServer.start(type, "management.endpoints.web.exposure.include=supportsource", READ);
		JsonNode data = data(this.server.get(PATH, "*/*"));
		assertThat(data.get("modules").size()).isPositive();
		assertThat(data.get("jars").valueStream().map((jar) -> jar.get("name").stringValue())).contains("spring-core");
		JsonNode found = data(this.server.get(PATH + "?search=MetaSourceTests", "*/*"));
		assertThat(found.get("classes").get(0).get("name").stringValue()).isEqualTo(MetaSourceTests.class.getName());
		String page = this.server.get(PATH + "?search=MetaSourceTests", MetaServer.BROWSER).body();
		assertThat(page).contains("href=\"?type=" + MetaSourceTests.class.getName() + '"');
		JsonNode shown = data(this.server.get(PATH + "?type=java.lang.Runnable&line=3", "*/*"));
		assertThat(shown.get("signature").get(1).stringValue()).isEqualTo("public abstract void run()");
		assertThat(this.server.get(PATH, MetaServer.BROWSER).body()).contains("data-query=\"search\"",
				"href=\"supportsource/assets/support.css");
		assertThat(this.server.get(PATH + "/assets/support.js", "*/*").statusCode()).isEqualTo(200);
		assertThat(this.server.get(PATH, MetaServer.BROWSER).headers().firstValue("X-Frame-Options")).hasValue("DENY");
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void sourceHasLinesThatCanBeLinked(WebApplicationType type) {
		this.server = MetaServer.start(type, EVERYTHING, READ);
		String page = this.server
			.get(PATH + "?type=io.support.autoconfigure.meta.ListedSource&line=2", MetaServer.BROWSER)
			.body();
		assertThat(page).contains("<mark id=\"L2\"><a href=\"#L2\">2</a>", "&lt;script&gt;", "id=\"L4\"")
			.doesNotContain("<script>alert", "hunter2");
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void nothingButClassesIsRead(WebApplicationType type) {
		this.server = MetaServer.start(type, EVERYTHING, READ);
		for (String name : new String[] { "..%2F..%2Fetc%2Fpasswd", "%2Fetc%2Fpasswd", "application.properties",
				"META-INF.MANIFEST", "a%00b", "io.support.autoconfigure.meta.ListedSource.java", "%3Cscript%3E" }) {
			HttpResponse<String> answer = this.server.get(PATH + "?type=" + name, MetaServer.BROWSER);
			assertThat(answer.statusCode()).as(name).isEqualTo(404);
			assertThat(answer.body()).doesNotContain("<script>");
		}
		assertThat(this.server.get(PATH + "?type=java.lang.String&line=x", "*/*").statusCode()).isEqualTo(400);
		assertThat(this.server.get(PATH + "/java.lang.String", "*/*").statusCode()).isEqualTo(404);
	}

	private static JsonNode data(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(200);
		return MetaServer.json(response).get("data");
	}

}
