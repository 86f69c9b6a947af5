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

import io.micrometer.core.instrument.MeterRegistry;
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
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.actuate.endpoint.EndpointId;
import tools.jackson.databind.JsonNode;

import io.support.stats.Sketches;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Changes over real HTTP, on WebFlux and on Spring MVC, where they are allowed.
 */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
class MetaResetTests {

	private static final String INDEX = "/actuator/support";

	private static final String JSON = "application/json";

	private static final String RESET = "{\"action\": \"reset\"}";

	private static MetaServer server;

	@Parameter
	private WebApplicationType type;

	@BeforeParameterizedClassInvocation
	static void start(WebApplicationType type) {
		server = MetaServer.start(type, "management.endpoint.support.access=unrestricted");
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		server.close();
	}

	@ParameterizedTest
	@CsvSource({ "/stats, stats, stats", "'', index, events states stats", "/index, index, events states stats" })
	void statisticsBeginAnewAndLeaveAnAuditEvent(String path, String page, String parts) {
		server.bean(MeterRegistry.class).counter("orders").increment(3);
		server.bean(Sketches.class).offer("customers", "somebody");
		int events = events();
		assertThat(stats().toString()).contains("somebody");
		HttpResponse<String> response = server.post(INDEX + path, JSON, RESET);
		assertThat(response.statusCode()).isEqualTo(200);
		JsonNode answer = MetaServer.json(response);
		assertThat(answer.get("schema").stringValue()).isEqualTo("support/1");
		assertThat(answer.get("page").stringValue()).isEqualTo(page);
		List<String> reset = answer.at("/data/reset").valueStream().map(JsonNode::stringValue).toList();
		assertThat(reset).containsExactlyInAnyOrder(parts.split(" "));
		assertThat(stats().toString()).doesNotContain("somebody");
		assertThat(MetaServer.json(server.get(INDEX + "/stats/orders", JSON)).at("/data/meters/0/value").doubleValue())
			.isZero();
		assertThat(events()).isEqualTo(events + reset.size());
		assertThat(server.bean(MetaServer.Audits.class).events()).allSatisfy((event) -> {
			assertThat(event.getPrincipal()).isEqualTo("anonymous");
			assertThat(event.getType()).isEqualTo("SUPPORT_RESET");
			assertThat(event.getData()).extractingByKey("page").isIn("events", "states", "stats");
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					/stats  | {"action": "restart"} | 400 | Unknown action 'restart'; known actions: reset
					/stats  | {}                    | 400 | The body must name an action, as in {"action": "reset"}; known actions: reset
					''      | {"action": "x"}       | 400 | Unknown action 'x'; known actions: reset
					/nope   | {"action": "reset"}   | 404 | There is no page 'nope'
					/orders | {"action": "reset"}   | 409 | There is nothing to reset in 'orders'; pages that can be reset: events, states, stats
					""")
	void whatCannotBeDoneIsRefusedWithAReason(String path, String body, int status, String message) {
		int events = events();
		HttpResponse<String> response = server.post(INDEX + path, JSON, body);
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(MetaServer.json(response).at("/data/error/message").stringValue()).isEqualTo(message);
		assertThat(events()).isEqualTo(events);
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/x-www-form-urlencoded", "text/plain" })
	void whatAFormOfAnotherSiteCouldSendIsRefused(String contentType) {
		int events = events();
		for (String body : new String[] { RESET, "action=reset", "" }) {
			assertThat(server.post(INDEX + "/stats?action=reset", contentType, body).statusCode()).isEqualTo(415);
			assertThat(server.post(INDEX + "/stats?action=reset", null, body).statusCode()).isEqualTo(415);
		}
		assertThat(events()).isEqualTo(events);
	}

	@Test
	void readingChangesNothing() {
		assertThat(server.bean(EndpointAccessResolver.class).accessFor(EndpointId.of("support"), Access.READ_ONLY))
			.as("on %s", this.type)
			.isEqualTo(Access.UNRESTRICTED);
		int events = events();
		assertThat(server.get(INDEX + "/stats?action=reset", JSON).statusCode()).isEqualTo(200);
		assertThat(events()).isEqualTo(events);
	}

	@Test
	void pageThatCanBeResetHasAButton() {
		assertThat(server.get(INDEX + "/stats", MetaServer.BROWSER).body()).contains("data-action=\"reset\"");
		assertThat(server.get(INDEX + "/orders", MetaServer.BROWSER).body()).doesNotContain("data-action");
	}

	private static JsonNode stats() {
		return MetaServer.json(server.get(INDEX + "/stats", JSON)).at("/data/sketches");
	}

	private static int events() {
		return server.bean(MetaServer.Audits.class).events().size();
	}

}
