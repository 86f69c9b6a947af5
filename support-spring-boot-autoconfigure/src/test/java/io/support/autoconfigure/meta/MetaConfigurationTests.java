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

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pages of the context and of the configuration over real HTTP.
 */
class MetaConfigurationTests {

	private static final String JSON = "application/json";

	private static MetaServer server;

	@BeforeAll
	static void start() {
		server = MetaServer.start(WebApplicationType.REACTIVE, "support.stats.max-meters=1234",
				"support.stats.maxmetres=1", "support.stats.include[0]=*", "spring.profiles.active=blue",
				"support.connections.groups.x.password=planted-a",
				"support.connections.groups.x.tiers[0].addresses[0]=127.0.0.1:1",
				"support.desk.url=http://planted-b:planted-c@pla@planted-d@host:1",
				"support.desk.address=planted-e:planted-f@host:2", "support.desk.tokens[0]=planted-g",
				"support.desk.account=planted-h", "support.desk.text=" + MetaServer.HOSTILE);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@ParameterizedTest
	@CsvSource({ "support.stats.max-meters, 1234, command line --support.stats.max-meters, false",
			"support.stats.maxmetres, 1, command line --support.stats.maxmetres, true",
			"support.stats.include[0], *, command line --support.stats.include[0], false",
			"support.meta.page-timeout, 5s, default, false" })
	void propertyHasValueAndSource(String name, String value, String source, boolean unknown) {
		JsonNode property = property(name);
		assertThat(property.get("value").stringValue()).isEqualTo(value);
		assertThat(property.get("source").stringValue()).isEqualTo(source);
		assertThat(property.get("unknown").booleanValue()).isEqualTo(unknown);
	}

	@Test
	void profilesAreThere() {
		assertThat(configuration().get("activeProfiles").toString()).isEqualTo("[\"blue\"]");
	}

	@ParameterizedTest
	@ValueSource(strings = { JSON, MetaServer.BROWSER })
	void plantedSecretsAreNowhere(String accept) {
		assertThat(server.get("/actuator/support/configuration", accept).body()).contains("******")
			.doesNotContain("planted");
	}

	@Test
	void hiddenIsTheSecretAndNotWhatIsAroundIt() {
		assertThat(property("support.connections.groups.x.password").get("value").stringValue()).isEqualTo("******");
		assertThat(property("support.desk.url").get("value").stringValue()).isEqualTo("http://******@host:1");
		assertThat(property("support.desk.address").get("value").stringValue()).isEqualTo("******@host:2");
		assertThat(property("support.desk.tokens[0]").get("value").stringValue()).isEqualTo("******");
	}

	@Test
	void hostileValueIsText() {
		assertThat(property("support.desk.text").get("value").stringValue()).isEqualTo(MetaServer.HOSTILE);
		assertThat(server.get("/actuator/support/configuration", MetaServer.BROWSER).body()).doesNotContain("<script>",
				"<img");
	}

	@Test
	void contextListsThePartsAndTheOrderOfTheStart() {
		JsonNode context = MetaServer.json(server.get("/actuator/support/context", JSON)).get("data");
		JsonNode stats = find(context.get("parts"), "stats");
		assertThat(stats.get("resettable").booleanValue()).isTrue();
		assertThat(stats.get("running").isNull()).isTrue();
		assertThat(stats.get("registeredAt").stringValue()).endsWith("Z");
		JsonNode connections = find(context.get("parts"), "connections");
		assertThat(connections.get("running").booleanValue()).isTrue();
		assertThat(connections.get("phase").isNumber()).isTrue();
		assertThat(context.get("lifecycle").valueStream().map((step) -> step.get("phase").intValue()).toList())
			.isSorted()
			.hasSizeGreaterThan(2);
	}

	private static JsonNode property(String name) {
		return find(configuration().get("properties"), name);
	}

	private static JsonNode find(JsonNode list, String name) {
		return list.valueStream()
			.filter((element) -> element.get("name").stringValue().equals(name))
			.findFirst()
			.orElseThrow(() -> new AssertionError(name + " is not in " + list));
	}

	private static JsonNode configuration() {
		return MetaServer.json(server.get("/actuator/support/configuration", JSON)).get("data");
	}

}
