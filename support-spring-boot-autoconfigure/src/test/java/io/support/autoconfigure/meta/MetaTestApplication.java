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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.catalina.startup.Tomcat;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.DefaultResourceLoader;

import io.support.context.ContextContributor;

/**
 * An application with everything switched on, on ports of its own, and with contributors
 * that nobody would want: one full of hostile text, one full of secrets, one that fails.
 */
final class MetaTestApplication implements AutoCloseable {

	static final String HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private final ConfigurableApplicationContext context;

	private MetaTestApplication(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Starts the application.
	 * @param properties further properties, {@code name=value}; nothing after the
	 * {@code =} takes one away
	 */
	static MetaTestApplication start(WebApplicationType type, String... properties) {
		Map<String, Object> all = new LinkedHashMap<>(Map.of("server.port", "0", "management.server.port", "0",
				"management.server.address", "127.0.0.1", "management.endpoints.web.exposure.include", "support",
				"spring.reactor.netty.shutdown-quiet-period", "0s", "spring.application.name", HOSTILE));
		for (String property : properties) {
			int separator = property.indexOf('=');
			all.put(property.substring(0, separator), property.substring(separator + 1));
		}
		all.values().removeIf(""::equals);
		// Both servers are on the class path; the management of a reactive application
		// wants
		// one.
		ClassLoader loader = (type == WebApplicationType.REACTIVE) ? new FilteredClassLoader(Tomcat.class)
				: MetaTestApplication.class.getClassLoader();
		return new MetaTestApplication(new SpringApplicationBuilder(Application.class).web(type)
			.resourceLoader(new DefaultResourceLoader(loader))
			.properties(all)
			.run());
	}

	ConfigurableApplicationContext context() {
		return this.context;
	}

	String origin(String portProperty) {
		return "http://127.0.0.1:" + this.context.getEnvironment().getRequiredProperty(portProperty);
	}

	HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(URI.create(origin("local.management.port") + path)), headers);
	}

	HttpResponse<String> getFromMainPort(String path) throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(URI.create(origin("local.server.port") + path)));
	}

	HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(URI.create(origin("local.management.port") + path))
			.POST(HttpRequest.BodyPublishers.ofString(body)), "Content-Type", "application/json");
	}

	private static HttpResponse<String> send(HttpRequest.Builder request, String... headers)
			throws IOException, InterruptedException {
		if (headers.length > 0) {
			request.headers(headers);
		}
		return CLIENT.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		ContextContributor hostile() {
			return ContextContributor.of("hostile",
					() -> Map.of(HOSTILE, HOSTILE, "rows", List.of(new Row(HOSTILE, 1), new Row("harmless", 2))));
		}

		@Bean
		ContextContributor secrets() {
			Map<String, Object> secrets = new LinkedHashMap<>();
			secrets.put("password", "hunter2");
			secrets.put("proxy", "https://user:hunter2@proxy.example:3128");
			secrets.put("header", "Authorization: Bearer hunter2hunter2");
			secrets.put("pairs", List.of(Map.of("name", "api-key", "value", "hunter2")));
			secrets.put("user", "anna");
			return ContextContributor.of("secrets", () -> secrets);
		}

		@Bean
		ContextContributor failing() {
			return ContextContributor.of("failing", () -> {
				throw new IllegalStateException("No state, password=hunter2");
			});
		}

		@Bean
		ContextContributor endless() {
			return ContextContributor.of("endless", () -> {
				Map<String, String> values = new LinkedHashMap<>();
				for (int i = 0; i < 200_000; i++) {
					values.put("value" + i, "x");
				}
				return values;
			});
		}

	}

	/**
	 * A row of a table.
	 *
	 * @param text any text
	 * @param sizeBytes any number
	 */
	record Row(String text, long sizeBytes) {

	}

}
