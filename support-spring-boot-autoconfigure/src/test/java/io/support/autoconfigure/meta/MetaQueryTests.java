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
import java.util.Map;
import java.util.Optional;

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
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;

import io.support.context.Confidential;
import io.support.context.ContextContributor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The parameters of the pages over real HTTP, on WebFlux and on Spring MVC.
 */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
class MetaQueryTests {

	private static final String JSON = "application/json";

	private static final String PATH = "/actuator/support/";

	private static MetaServer server;

	@Parameter
	private WebApplicationType type;

	@BeforeParameterizedClassInvocation
	static void start(WebApplicationType type) {
		server = MetaServer.start(type, List.of(Lists.class),
				"management.endpoints.web.exposure.include=support,supporttraffic",
				"management.endpoint.supporttraffic.access=read-only", "support.recent.enabled=false");
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		server.close();
	}

	@Test
	void filterTakesTheRowsWithItsWords() {
		assertThat(names(PATH + "accounts?filter=SECOND%20b")).containsExactly("b");
		assertThat(names(PATH + "accounts?filter=second")).containsExactly("b", "c");
		assertThat(names(PATH + "accounts?filter=nothing")).isEmpty();
		assertThat(names(PATH + "accounts?filter=")).containsExactly("a", "b", "c");
	}

	@Test
	void limitCutsAndSaysSo() {
		JsonNode envelope = json(PATH + "accounts?limit=2");
		assertThat(envelope.at("/data/rows").size()).isEqualTo(2);
		assertThat(envelope.get("truncated").booleanValue()).isTrue();
		assertThat(json(PATH + "accounts?limit=3").get("truncated").booleanValue()).isFalse();
		assertThat(server.get(PATH + "accounts?limit=2", MetaServer.BROWSER).body())
			.contains("There is more than was asked for");
	}

	@Test
	void nextLeadsToWhatHasHappenedSince() {
		String next = json(PATH + "accounts").get("next").stringValue();
		assertThat(next).isEqualTo("2026-11-23T14:00:02Z");
		assertThat(names(PATH + "accounts?since=2026-11-23T14:00:00Z")).containsExactly("b", "c");
		JsonNode later = json(PATH + "accounts?since=" + next);
		assertThat(later.at("/data/rows")).isEmpty();
		assertThat(later.get("next").stringValue()).isEqualTo(next);
	}

	@ParameterizedTest
	@ValueSource(strings = { "filter=hunter2", "filter=hunter2-row", "filter=hunter2-a", "filter=hunter2-d" })
	void secretIsNotGuessedByAFilter(String query) {
		for (String page : List.of("accounts", "secrets")) {
			JsonNode guessed = json(PATH + page + "?" + query);
			assertThat(guessed.get("data")).isEqualTo(json(PATH + page + "?filter=never-there").get("data"));
			assertThat(guessed.toString()).doesNotContain("hunter2");
		}
		assertThat(names(PATH + "accounts?filter=******%20first")).containsExactly("a");
	}

	@ParameterizedTest
	@CsvSource({ "limit=0, 'limit'", "limit=x, 'limit'", "since=yesterday, 'since'", "limit=, 'limit'" })
	void valueThatCannotBeReadIsNamed(String query, String name) {
		for (String page : List.of("", "accounts", "nope", "stats/nope")) {
			HttpResponse<String> json = server.get((PATH + page).replaceAll("/$", "") + "?" + query, JSON);
			assertThat(json.statusCode()).isEqualTo(400);
			assertThat(MetaServer.json(json).at("/data/error/message").stringValue())
				.contains("'" + name + "' must be");
		}
		HttpResponse<String> html = server.get(PATH + "accounts?" + query, MetaServer.BROWSER);
		assertThat(html.statusCode()).isEqualTo(400);
		assertThat(html.body()).contains("Not understood", "must be");
	}

	@Test
	void filterIsShownWithAWayBack() {
		HttpResponse<String> html = server.get(PATH + "accounts?filter=%3Cscript%3E%20second&limit=5",
				MetaServer.BROWSER);
		assertThat(html.statusCode()).isEqualTo(200);
		assertThat(html.body())
			.contains("rows with &quot;&lt;script&gt;&quot; and &quot;second&quot;, 5 of each list", "href=\"?\"",
					"href=\"?format=json&amp;filter=%3Cscript%3E%20second&amp;limit=5\"")
			.doesNotContain("<script>");
		assertThat(server.get(PATH + "accounts", MetaServer.BROWSER).body()).doesNotContain("href=\"?\"");
		assertThat(server.get(PATH + "accounts?filter=second", MetaServer.BROWSER).body()).contains(">b</", ">c</")
			.doesNotContain(">a</");
	}

	@Test
	void indexAndPartsOfPagesTakeThemToo() {
		JsonNode routes = json("/actuator/support?filter=accounts").at("/data/routes");
		assertThat(routes).hasSize(1);
		assertThat(json("/actuator/support?filter=acceptor").at("/data/routes"))
			.hasSize((this.type == WebApplicationType.REACTIVE) ? 1 : 0);
		assertThat(json(PATH + "accounts/some?limit=1").at("/data/rows")).hasSize(1);
	}

	@Test
	void confidentialPageTakesThemToo() {
		JsonNode rows = json("/actuator/supporttraffic?filter=second&limit=1").at("/data/rows");
		assertThat(rows.valueStream().map((row) -> row.get("name").stringValue())).containsExactly("b");
		assertThat(server.get("/actuator/supporttraffic?limit=0", JSON).statusCode()).isEqualTo(400);
	}

	private static JsonNode json(String path) {
		HttpResponse<String> response = server.get(path, JSON);
		assertThat(response.statusCode()).as(path).isEqualTo(200);
		return MetaServer.json(response);
	}

	private static List<String> names(String path) {
		return json(path).at("/data/rows").valueStream().map((row) -> row.get("name").stringValue()).toList();
	}

	/** Lists whose rows have times, and secrets. */
	@Configuration(proxyBeanMethods = false)
	static class Lists {

		private static final List<Account> ROWS = List.of(
				new Account("a", "first", "2026-11-23T14:00:00Z", "hunter2-row"),
				new Account("b", "second", "2026-11-23T14:00:01Z", "hunter2-row"),
				new Account("c", "second", "2026-11-23T14:00:02Z", "hunter2-row"));

		@Bean
		ContextContributor accountsContributor() {
			return new Accounts("accounts");
		}

		@Bean
		Confidential trafficContributor() {
			return new Accounts("traffic").confidential();
		}

	}

	/**
	 * A row.
	 */
	private record Account(String name, String bank, String at, String password) {

	}

	/**
	 * Gives the rows.
	 */
	private record Accounts(String name) implements ContextContributor {

		@Override
		public Object snapshot() {
			return Map.of("rows", Lists.ROWS);
		}

		@Override
		public Optional<Object> detail(String part) {
			return Optional.of(snapshot());
		}

		Confidential confidential() {
			return new Confidential() {

				@Override
				public String name() {
					return Accounts.this.name;
				}

				@Override
				public Object snapshot() {
					return Accounts.this.snapshot();
				}

			};
		}

	}

}
