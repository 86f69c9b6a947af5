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
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;

import io.support.testing.SecurityOnDemand;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pages behind Spring Security, with the chains that {@code docs/meta.md} shows.
 */
@Timeout(120)
class MetaSecurityTests {

	private static final String INDEX = "/actuator/support";

	private static final String TRAFFIC = "/actuator/supporttraffic";

	private static final String RESET = "{\"action\": \"reset\"}";

	private static final String[] UNRESTRICTED = { "management.endpoint.support.access=unrestricted",
			"management.endpoint.supporttraffic.access=read-only" };

	private MetaServer server;

	private void start(WebApplicationType type, String... properties) {
		Class<?> security = (type == WebApplicationType.REACTIVE) ? WebFluxSecurityExample.class
				: WebMvcSecurityExample.class;
		String[] all = { SecurityOnDemand.PROPERTY + "=true", "management.endpoints.web.exposure.include=*" };
		String[] both = new String[all.length + properties.length];
		System.arraycopy(all, 0, both, 0, all.length);
		System.arraycopy(properties, 0, both, all.length, properties.length);
		this.server = MetaServer.start(type, List.of(security), both);
	}

	@AfterEach
	void stop() {
		if (this.server != null) {
			this.server.close();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void viewersLookAndOperatorsReset(WebApplicationType type) throws Exception {
		start(type, UNRESTRICTED);
		for (String page : List.of(INDEX, INDEX + "/stats", INDEX + "/nope", INDEX + "/assets/support.css", TRAFFIC)) {
			assertThat(get(page, null).statusCode()).as("%s by nobody", page).isEqualTo(401);
			assertThat(get(page, "operator").statusCode()).as("%s by operator", page)
				.isEqualTo(page.endsWith("nope") ? 404 : 200);
			if (!page.equals(TRAFFIC)) {
				assertThat(get(page, "viewer").statusCode()).as("%s by viewer", page)
					.isEqualTo(page.endsWith("nope") ? 404 : 200);
			}
		}
		assertThat(get(TRAFFIC, "viewer").statusCode()).isEqualTo(403);
		assertThat(post(INDEX + "/stats", null).statusCode()).isEqualTo(401);
		assertThat(post(INDEX + "/stats", "viewer").statusCode()).isEqualTo(403);
		assertThat(this.server.bean(MetaServer.Audits.class).events()).isEmpty();
		assertThat(post(INDEX + "/stats", "operator").statusCode()).isEqualTo(200);
		assertThat(this.server.bean(MetaServer.Audits.class).events()).singleElement()
			.satisfies((event) -> assertThat(event.getPrincipal()).isEqualTo("operator"));
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void whatIsNotAllowedIsNotThereEvenForOperators(WebApplicationType type) throws Exception {
		start(type);
		assertThat(get(INDEX, "operator").statusCode()).isEqualTo(200);
		assertThat(post(INDEX, "operator").statusCode()).isEqualTo(405);
		assertThat(post(INDEX + "/stats", "operator").statusCode()).isEqualTo(405);
		assertThat(get(TRAFFIC, "operator").statusCode()).isEqualTo(404);
		assertThat(post(TRAFFIC, "operator").statusCode()).isGreaterThanOrEqualTo(400);
		assertThat(get(INDEX, null).headers().firstValue("Content-Security-Policy")).isPresent();
		for (String user : List.of("viewer", "operator")) {
			assertThat(get(INDEX, user).headers().map()).containsEntry("x-frame-options", List.of("DENY"))
				.containsEntry("x-content-type-options", List.of("nosniff"))
				.containsEntry("cache-control", List.of("no-store"));
		}
	}

	@ParameterizedTest
	@ValueSource(classes = { WebFluxSecurityExample.class, WebMvcSecurityExample.class })
	void documentationShowsWhatIsTested(Class<?> example) throws IOException {
		String source = Files.readString(Path.of("src/test/java", example.getName().replace('.', '/') + ".java"));
		String method = source.substring(source.indexOf("@Bean"), source.indexOf("@Bean", source.indexOf("@Bean") + 1));
		String documentation = Files.readString(Path.of("../docs/meta.md"));
		assertThat(normalized(documentation)).contains(normalized(method));
	}

	private static String normalized(String text) {
		return text.replaceAll("\\s+", "");
	}

	private HttpResponse<String> get(String path, @Nullable String user) throws Exception {
		return send(HttpRequest.newBuilder(this.server.uri(path)), user);
	}

	private HttpResponse<String> post(String path, @Nullable String user) throws Exception {
		return send(HttpRequest.newBuilder(this.server.uri(path))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(RESET)), user);
	}

	private static HttpResponse<String> send(HttpRequest.Builder request, @Nullable String user) throws Exception {
		if (user != null) {
			String credentials = user + ':' + user;
			request.header("Authorization",
					"Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
		}
		return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

}
