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

package io.support.autoconfigure.connection;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Makes the HTTP clients of groups as Spring Boot makes its own: with its TLS, its
 * address filter, its event loops, and whatever the application's customizers did to the
 * builder. Only the connections are others.
 */
final class BootConnectionHttpClients implements ConnectionHttpClients {

	private final ReactorClientHttpConnectorBuilder builder;

	private final HttpClientSettings settings;

	BootConnectionHttpClients(ObjectProvider<ClientHttpConnectorBuilder<?>> builders,
			ObjectProvider<HttpClientSettings> settings, ObjectProvider<ReactorResourceFactory> resources) {
		this.builder = (builders.getIfAvailable() instanceof ReactorClientHttpConnectorBuilder reactor) ? reactor
				: builder(resources.getIfAvailable());
		// Reactor Netty keeps no cookies; the stock client may be one that does.
		this.settings = settings.getIfAvailable(HttpClientSettings::defaults).withCookieHandling(null);
	}

	private static ReactorClientHttpConnectorBuilder builder(@Nullable ReactorResourceFactory resources) {
		ReactorClientHttpConnectorBuilder builder = ClientHttpConnectorBuilder.reactor();
		return (resources != null) ? builder.withReactorResourceFactory(resources) : builder;
	}

	@Override
	public HttpClient create(ConnectionProvider provider) {
		HttpClient[] built = new HttpClient[1];
		this.builder.withHttpClientFactory(() -> HttpClient.create(provider)).withHttpClientCustomizer((client) -> {
			built[0] = client;
			return client;
		}).build(this.settings);
		return built[0];
	}

}
