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

import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import reactor.netty.http.client.HttpClient;

import io.support.connection.ConnectionManager;
import io.support.connection.NameNotFoundException;

/**
 * Sends what is addressed to a group to the group, and leaves everything else to another
 * factory. This is what lets {@code RestClient} and {@code RestTemplate} use groups by
 * name.
 * <p>
 * A request to a group blocks its thread and no other: the thread that waits for the
 * response also writes the body. It must not be one of an event loop, which is told by an
 * {@link IllegalStateException}. Interrupting it cancels the request. What fails is an
 * {@link IOException}: a {@code MultiConnectException} if no address could serve the
 * request, a {@code MarkedDownException} if none was tried, a
 * {@link java.net.SocketTimeoutException} if the peer was silent for too long.
 * <p>
 * A body that can be written more than once is sent again to the next address where that
 * does no harm; a stream is not, once it has begun. A response that comes before the body
 * has been written is handed over afterwards.
 * <p>
 * Thread-safe.
 */
public final class GroupClientHttpRequestFactory implements ClientHttpRequestFactory, DisposableBean {

	private final ConnectionManager manager;

	private final Map<String, HttpClient> groups;

	private final ClientHttpRequestFactory others;

	/**
	 * Creates a factory.
	 * @param manager knows the groups
	 * @param others the factory for all other hosts; destroyed with this one if it can be
	 */
	public GroupClientHttpRequestFactory(ConnectionManager manager, ClientHttpRequestFactory others) {
		this.manager = manager;
		this.groups = manager.names()
			.stream()
			.collect(Collectors.toUnmodifiableMap(Function.identity(), (name) -> client(manager, name)));
		this.others = others;
	}

	/*
	 * A group that is not configured comes and goes, so its client is not kept.
	 */
	private @Nullable HttpClient group(String host) {
		HttpClient configured = this.groups.get(host);
		return (configured != null || !this.manager.knows(host)) ? configured : client(this.manager, host);
	}

	private static HttpClient client(ConnectionManager manager, String name) {
		try {
			return manager.httpClient(name);
		}
		catch (NameNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public ClientHttpRequest createRequest(URI uri, HttpMethod method) throws IOException {
		String host = uri.getHost();
		HttpClient group = (host != null) ? group(host.toLowerCase(Locale.ROOT)) : null;
		return (group != null) ? new GroupClientHttpRequest(group, method, uri)
				: this.others.createRequest(uri, method);
	}

	@Override
	public void destroy() throws Exception {
		if (this.others instanceof DisposableBean disposable) {
			disposable.destroy();
		}
	}

}
