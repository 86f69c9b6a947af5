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

package io.support.connection.client;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import reactor.core.publisher.Mono;

import io.support.connection.BodyState;
import io.support.connection.ConnectionManager;
import io.support.connection.NameNotFoundException;

/**
 * Sends what is addressed to a group to the group, and leaves everything else to another
 * connector.
 */
public final class GroupClientHttpConnector implements ClientHttpConnector {

	private final ConnectionManager manager;

	private final Map<String, ClientHttpConnector> groups;

	private final ClientHttpConnector others;

	/**
	 * Creates a connector.
	 * @param manager knows the groups
	 * @param others the connector for all other hosts
	 */
	public GroupClientHttpConnector(ConnectionManager manager, ClientHttpConnector others) {
		this.manager = manager;
		this.groups = manager.names()
			.stream()
			.collect(Collectors.toUnmodifiableMap(Function.identity(), (name) -> connector(manager, name)));
		this.others = others;
	}

	/*
	 * A group that is not configured comes and goes, so its connector is not kept.
	 */
	private @Nullable ClientHttpConnector group(String host) {
		ClientHttpConnector configured = this.groups.get(host);
		return (configured != null || !this.manager.knows(host)) ? configured : connector(this.manager, host);
	}

	private static ClientHttpConnector connector(ConnectionManager manager, String name) {
		try {
			return new ReactorClientHttpConnector(manager.httpClient(name));
		}
		catch (NameNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public Mono<ClientHttpResponse> connect(HttpMethod method, URI uri,
			Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
		String host = uri.getHost();
		ClientHttpConnector group = (host != null) ? group(host.toLowerCase(Locale.ROOT)) : null;
		if (group == null) {
			return this.others.connect(method, uri, requestCallback);
		}
		return Mono.defer(() -> {
			ObservedBody body = new ObservedBody();
			return group.connect(method, uri, (request) -> body.write(request, requestCallback))
				.contextWrite((context) -> context.put(BodyState.class, body));
		});
	}

}
