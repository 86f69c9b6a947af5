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
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the profiler is there for those only who may use it.
 */
class MetaProfileAccessTests {

	private static final String PATH = "/actuator/supportprofile";

	private static final String JSON = "application/json";

	private static final String START = "{\"action\": \"start\", \"kind\": \"cpu\", \"seconds\": 1}";

	private static final String EVERYTHING = "management.endpoints.web.exposure.include=*";

	private MetaServer server;

	@AfterEach
	void close() {
		this.server.close();
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void unexposedItDoesNotExist(WebApplicationType type) {
		this.server = MetaServer.start(type);
		assertMissing();
		assertThat(this.server.get("/actuator/support", MetaServer.BROWSER).body()).doesNotContain("supportprofile");
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void withoutAccessItDoesNotExist(WebApplicationType type) {
		this.server = MetaServer.start(type, EVERYTHING, "management.endpoint.supportprofile.access=none");
		assertMissing();
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void switchedOffItDoesNotExist(WebApplicationType type) {
		this.server = MetaServer.start(type, EVERYTHING, "support.profile.enabled=false");
		assertMissing();
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void byDefaultItIsReadOnly(WebApplicationType type) {
		this.server = MetaServer.start(type, EVERYTHING);
		assertThat(this.server.post(PATH, JSON, START).statusCode()).isEqualTo(405);
		HttpResponse<String> json = this.server.get(PATH, JSON);
		assertThat(json.statusCode()).isEqualTo(200);
		assertThat(MetaServer.json(json).at("/data/state").asString()).isEqualTo("idle");
		assertThat(MetaServer.json(json).at("/page").asString()).isEqualTo("profiler");
		assertThat(this.server.get(PATH, MetaServer.BROWSER).body())
			.contains("management.endpoint.supportprofile.access=unrestricted")
			.doesNotContain("<support-profiler");
		assertThat(this.server.bean(MetaServer.Audits.class).events()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void itNeedsNoOtherEndpoint(WebApplicationType type) {
		this.server = MetaServer.start(type, "management.endpoints.web.exposure.include=supportprofile",
				"management.endpoints.web.path-mapping.supportprofile=profiler");
		HttpResponse<String> page = this.server.get("/actuator/profiler", MetaServer.BROWSER);
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("href=\"profiler/assets/support.css", "src=\"profiler/assets/profile.js")
			.doesNotContain("\"support/", "\"../support");
		for (String asset : List.of("support.css", "profile.js", "profile.css")) {
			HttpResponse<String> response = this.server.get("/actuator/profiler/assets/" + asset, "*/*");
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
		}
		assertThat(this.server.get("/actuator/support", "*/*").statusCode()).isEqualTo(404);
		assertThat(this.server.get("/actuator/profiler/", MetaServer.BROWSER).statusCode()).isEqualTo(308);
	}

	private void assertMissing() {
		for (String path : List.of("", "/cpu-1", "/cpu-1/jfr", "/assets/profile.js")) {
			assertThat(this.server.get(PATH + path, "*/*").statusCode()).isEqualTo(404);
		}
		assertThat(this.server.post(PATH, JSON, START).statusCode()).isEqualTo(404);
	}

}
