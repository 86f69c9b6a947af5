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
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import tools.jackson.databind.JsonNode;

import io.support.connection.ConnectionManager;
import io.support.connection.TestPeer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that recent traffic is read by those only who were allowed to.
 */
@Timeout(120)
class MetaTrafficTests {

	private static final String PATH = "/actuator/supporttraffic";

	private static final String ALLOWED = "management.endpoint.supporttraffic.access=read-only";

	private static final String EVERYTHING = "management.endpoints.web.exposure.include=*";

	private final TestPeer peer = TestPeer.answering("one");

	private MetaServer server;

	@AfterEach
	void close() {
		this.server.close();
		this.peer.close();
	}

	private void start(WebApplicationType type, String... properties) throws Exception {
		String group = "support.connections.groups.payments.tiers[0].addresses=" + this.peer.address();
		String[] all = new String[properties.length + 1];
		System.arraycopy(properties, 0, all, 0, properties.length);
		all[properties.length] = group;
		this.server = MetaServer.start(type, all);
		String answer = this.server.bean(ConnectionManager.class)
			.httpClient("payments")
			.get()
			.uri("/secret-path?token=hunter2")
			.responseContent()
			.aggregate()
			.asString()
			.block(Duration.ofSeconds(20));
		assertThat(answer).isEqualTo("one");
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void nobodyReadsItByDefault(WebApplicationType type) throws Exception {
		start(type, EVERYTHING);
		assertThat(this.server.get(PATH, "*/*").statusCode()).isEqualTo(404);
		for (String page : List.of("/actuator/support", "/actuator/support/traffic", "/actuator/support/traffic/x",
				"/actuator/support/index", "/actuator/support/connections", "/actuator")) {
			for (String accept : List.of("*/*", MetaServer.BROWSER)) {
				String body = this.server.get(page, accept).body();
				assertThat(body).as(page).doesNotContain("secret-path", "supporttraffic", "support/traffic\"");
			}
		}
		assertThat(this.server.get("/actuator/support/traffic", "*/*").statusCode()).isEqualTo(404);
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void whoIsAllowedToReadsIt(WebApplicationType type) throws Exception {
		start(type, "management.endpoints.web.exposure.include=support,supporttraffic", ALLOWED);
		JsonNode exchange = Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> exchanges(this.server.get(PATH, "*/*")), (exchanges) -> exchanges.size() == 1)
			.get(0);
		assertThat(exchange.get("path").asString()).isEqualTo("/secret-path");
		assertThat(exchange.get("status").asInt()).isEqualTo(200);
		HttpResponse<String> page = this.server.get(PATH, MetaServer.BROWSER);
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("<title>traffic", "/secret-path", "href=\"support/connections\"")
			.doesNotContain("hunter2", "href=\"support/traffic\"");
		assertThat(page.headers().firstValue("Content-Security-Policy"))
			.hasValueSatisfying((policy) -> assertThat(policy).startsWith("default-src 'self'"));
		assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
		assertThat(page.body()).contains("<a href=\"supporttraffic\" aria-current=\"page\">traffic</a>");
		assertThat(this.server.get("/actuator/support/connections", MetaServer.BROWSER).body())
			.contains("<a href=\"../supporttraffic\">traffic</a>");
		assertThat(this.server.get("/actuator/support/traffic", "*/*").statusCode()).isEqualTo(404);
		assertThat(this.server.post("/actuator/support/traffic", "application/json", "{\"action\":\"reset\"}")
			.statusCode()).isGreaterThanOrEqualTo(400);
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void itNeedsNoOtherEndpoint(WebApplicationType type) throws Exception {
		start(type, "management.endpoints.web.exposure.include=supporttraffic", ALLOWED);
		assertThat(this.server.get("/actuator/support", "*/*").statusCode()).isEqualTo(404);
		HttpResponse<String> json = this.server.get(PATH + "?format=json", MetaServer.BROWSER);
		assertThat(json.statusCode()).isEqualTo(200);
		assertThat(MetaServer.json(json).get("page").asString()).isEqualTo("traffic");
		String html = this.server.get(PATH, MetaServer.BROWSER).body();
		assertThat(html).contains("href=\"supporttraffic/assets/support.css").doesNotContain("\"support/");
		assertThat(this.server.get(PATH + "/assets/support.css", "*/*").statusCode()).isEqualTo(200);
		assertThat(this.server.get(PATH + "/assets/none.css", "*/*").statusCode()).isEqualTo(404);
		assertThat(this.server.bean(MetaAnnouncement.class).message()).startsWith("MetaApplication is off");
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void withoutRecentTrafficThereIsNoPage(WebApplicationType type) throws Exception {
		start(type, EVERYTHING, ALLOWED, "support.recent.enabled=false");
		assertThat(this.server.get(PATH, "*/*").statusCode()).isEqualTo(404);
		assertThat(this.server.get("/actuator/support", MetaServer.BROWSER).body()).doesNotContain(">traffic</a>");
	}

	private static List<JsonNode> exchanges(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(200);
		return MetaServer.json(response).get("data").get("exchanges").valueStream().toList();
	}

}
