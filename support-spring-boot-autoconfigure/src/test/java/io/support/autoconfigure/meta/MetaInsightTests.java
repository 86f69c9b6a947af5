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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pages of the process, the logs and the capabilities over real HTTP, and the links
 * to what is elsewhere.
 */
@Timeout(120)
class MetaInsightTests {

	private static final Logger logger = LoggerFactory.getLogger(MetaInsightTests.class);

	private MetaServer server;

	@AfterEach
	void close() {
		this.server.close();
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void processIsShownWithoutSecrets(WebApplicationType type) {
		this.server = MetaServer.start(type);
		JsonNode data = data("/actuator/support/process");
		assertThat(data.get("process").get("pid").longValue()).isEqualTo(ProcessHandle.current().pid());
		assertThat(data.get("jvm").get("collectors").size()).isPositive();
		String page = this.server.get("/actuator/support/process", MetaServer.BROWSER).body();
		assertThat(page).contains("href=\"../support/process/pages\"");
		assertThat(data("/actuator/support/process/pages").isObject()).isTrue();
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void logIsShownWithoutSecrets(WebApplicationType type) {
		this.server = MetaServer.start(type, "management.endpoints.web.exposure.include=support,loggers",
				"logging.level.io.support.quiet=error");
		logger.warn("Failed for password=hunter2-a at http://me:hunter2-b@host with {}", MetaServer.HOSTILE);
		logger.error("Failed", new IllegalStateException("Authorization: Basic hunter2-c " + MetaServer.HOSTILE));
		JsonNode data = data("/actuator/support/logs");
		assertThat(data.get("problems").valueStream().map((one) -> one.get("name").stringValue()))
			.anyMatch((name) -> name.startsWith("IllegalStateException at "));
		assertThat(data.get("levels").valueStream().map((one) -> one.get("name").stringValue())).contains("ROOT",
				"io.support.quiet");
		JsonNode event = data.get("events").get(0);
		String detail = "/actuator/support/logs/" + event.get("id").stringValue();
		assertThat(data(detail).get("stack").toString()).contains("MetaInsightTests");
		for (String path : List.of("/actuator/support/logs", detail)) {
			for (String accept : List.of("*/*", MetaServer.BROWSER)) {
				assertThat(this.server.get(path, accept).body()).as(path).doesNotContain("hunter2");
			}
			assertThat(this.server.get(path, MetaServer.BROWSER).body()).doesNotContain("<script>document", "<img");
		}
		assertThat(this.server.get("/actuator/support/logs", MetaServer.BROWSER).body())
			.contains("href=\"../loggers\"");
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void logsCanBeSwitchedOff(WebApplicationType type) {
		this.server = MetaServer.start(type, "support.logs.enabled=false");
		assertThat(this.server.get("/actuator/support/logs", "*/*").statusCode()).isEqualTo(404);
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void capabilitiesSayWhatIsMissingAndWhy(WebApplicationType type) {
		this.server = MetaServer.start(type, "management.endpoints.web.exposure.include=support,heapdump,supportheap");
		JsonNode data = data("/actuator/support/capabilities");
		data.get("platform")
			.valueStream()
			.filter((one) -> !one.get("available").booleanValue())
			.forEach((one) -> assertThat(one.get("reason").stringValue()).as(one.get("name").stringValue())
				.isNotBlank());
		assertThat(named(data.get("platform"), "diagnostic commands").get("available").booleanValue()).isTrue();
		assertThat(named(data.get("application"), "log events").get("available").booleanValue()).isTrue();
		JsonNode support = named(data.get("exposure"), "support");
		assertThat(support.get("exposed").booleanValue()).isTrue();
		assertThat(support.get("access").stringValue()).isEqualTo("read-only");
		assertThat(named(data.get("exposure"), "supportheap").get("property").stringValue())
			.isEqualTo("management.endpoint.supportheap.access=read-only");
		assertThat(named(data.get("exposure"), "supportsource").get("property").stringValue())
			.isEqualTo("management.endpoints.web.exposure.include=supportsource, "
					+ "management.endpoint.supportsource.access=read-only");
		assertThat(named(data.get("exposure"), "env").get("property").stringValue())
			.isEqualTo("management.endpoints.web.exposure.include=env");
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void indexLeadsToWhatIsExposedAndNothingElse(WebApplicationType type) {
		this.server = MetaServer.start(type, "management.endpoints.web.exposure.include=support,health,beans",
				"management.endpoints.web.path-mapping.beans=deep/beans", "management.server.base-path=/ops");
		JsonNode endpoints = data("/ops/actuator/support").get("endpoints");
		assertThat(endpoints.toString()).isEqualTo("[{\"endpoint\":\"beans\",\"path\":\"/ops/actuator/deep/beans\"},"
				+ "{\"endpoint\":\"health\",\"path\":\"/ops/actuator/health\"}]");
		String page = this.server.get("/ops/actuator/support", MetaServer.BROWSER).body();
		assertThat(page).contains("href=\"health\"", "href=\"deep/beans\"").doesNotContain("href=\"env\"");
		assertThat(this.server.get("/ops/actuator/deep/beans", "*/*").statusCode()).isEqualTo(200);
	}

	private static JsonNode named(JsonNode list, String name) {
		return list.valueStream()
			.filter((one) -> one.get("name").stringValue().equals(name))
			.findFirst()
			.orElseThrow(() -> new AssertionError(name + " is not in " + list));
	}

	private JsonNode data(String path) {
		HttpResponse<String> response = this.server.get(path, "*/*");
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return MetaServer.json(response).get("data");
	}

}
