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
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.listener.AbstractAuditListener;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.autoconfigure.actuate.web.server.TomcatReactiveManagementContextAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.reactive.TomcatReactiveWebServerAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.support.context.ContextContributor;

/**
 * A whole application with contributors of every temper, on ports of its own, and a
 * client that reads its pages.
 */
final class MetaServer implements AutoCloseable {

	static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";

	static final String HOSTILE = "<script>document.title='taken'</script>\"'><img src=x onerror=\"document.title='taken'\">";

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final ConfigurableApplicationContext context;

	private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

	private MetaServer(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static MetaServer start(WebApplicationType type, String... properties) {
		return start(type, List.of(), properties);
	}

	static MetaServer start(WebApplicationType type, List<Class<?>> more, String... properties) {
		String[] arguments = Stream.of(properties).map((property) -> "--" + property).toArray(String[]::new);
		return new MetaServer(new SpringApplicationBuilder(Shop.class).sources(more.toArray(Class<?>[]::new))
			.web(type)
			.properties("server.port=0", "management.server.port=0", "spring.main.banner-mode=off",
					"spring.reactor.netty.shutdown-quiet-period=0s", "spring.application.name=shop",
					"management.endpoints.web.exposure.include=support")
			.run(arguments));
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	URI uri(String path) {
		return uri("local.management.port", path);
	}

	URI applicationUri(String path) {
		return uri("local.server.port", path);
	}

	private URI uri(String port, String path) {
		return URI.create("http://127.0.0.1:" + this.context.getEnvironment().getRequiredProperty(port) + path);
	}

	HttpResponse<String> get(URI uri, @Nullable String accept) {
		return send("GET", uri, accept);
	}

	HttpResponse<String> get(String path, @Nullable String accept) {
		return get(uri(path), accept);
	}

	HttpResponse<String> send(String method, URI uri, @Nullable String accept) {
		HttpRequest.Builder request = HttpRequest.newBuilder(uri)
			.timeout(PATIENCE)
			.method(method, HttpRequest.BodyPublishers.noBody());
		if (accept != null) {
			request.header("Accept", accept);
		}
		try {
			return this.client.send(request.build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(method + " " + uri + " as " + accept, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	HttpResponse<String> post(String path, @Nullable String contentType, String body) {
		HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
			.timeout(PATIENCE)
			.POST(HttpRequest.BodyPublishers.ofString(body));
		if (contentType != null) {
			request.header("Content-Type", contentType);
		}
		try {
			return this.client.send(request.build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("POST " + path, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	static JsonNode json(HttpResponse<String> response) {
		return JsonMapper.shared().readTree(response.body());
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = { TomcatReactiveWebServerAutoConfiguration.class,
			TomcatReactiveManagementContextAutoConfiguration.class })
	static class Shop {

		@Bean
		ContextContributor orders() {
			Map<String, Object> refused = new LinkedHashMap<>(Map.of("queue-full", 12L));
			return ContextContributor.of("orders",
					() -> Map.of("queueDepth", 3, "queueCapacity", 10, "refused", refused, "waitedNanos", 1_234_567L));
		}

		@Bean
		ContextContributor secrets() {
			return ContextContributor.of("secrets", () -> Map.of("password", "hunter2-a", "url",
					"jdbc:x://u:hunter2-b@host/db?password=hunter2-c", "account", "hunter2-d"));
		}

		@Bean
		SanitizingFunction accounts() {
			return (data) -> data.getKey().endsWith("account") ? data.withValue("******") : data;
		}

		@Bean
		ContextContributor hostile() {
			return ContextContributor.of("hostile",
					() -> Map.of(HOSTILE, HOSTILE, "list", List.of(HOSTILE), "state", HOSTILE, "rows",
							List.of(Map.of("name", HOSTILE, HOSTILE, 1), Map.of("name", HOSTILE, HOSTILE, 2))));
		}

		@Bean
		ContextContributor broken() {
			return ContextContributor.of("broken", () -> {
				throw new IllegalStateException("No disk: " + HOSTILE);
			});
		}

		@Bean
		ContextContributor reads() {
			AtomicInteger reads = new AtomicInteger();
			return ContextContributor.of("reads", () -> Map.of("reads", reads.incrementAndGet()));
		}

		@Bean
		Audits audits() {
			return new Audits();
		}

		@Bean
		ContextContributor large() {
			return ContextContributor.of("large", () -> new int[1_000_000]);
		}

	}

	/** Keeps the audit events of the pages. */
	static final class Audits extends AbstractAuditListener {

		private final List<AuditEvent> events = new CopyOnWriteArrayList<>();

		@Override
		protected void onAuditEvent(AuditEvent event) {
			if (event.getType().startsWith("SUPPORT_")) {
				this.events.add(event);
			}
		}

		List<AuditEvent> events() {
			return this.events;
		}

	}

}
