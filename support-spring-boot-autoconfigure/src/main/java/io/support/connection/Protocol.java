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

package io.support.connection;

import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClientConfig;
import reactor.netty.transport.TransportConfig;

/**
 * What is spoken to the addresses of a group.
 */
public enum Protocol {

	/** HTTP/1.1: one request at a time on a connection, with TLS or without. */
	HTTP1,

	/** HTTP/2 through TLS: many requests at a time on a connection. */
	H2,

	/** HTTP/2 without TLS, and without asking first whether the peer speaks it. */
	H2C;

	boolean isHttp2() {
		return this != HTTP1;
	}

	/**
	 * Says why a group that speaks this cannot be asked.
	 * @param group the name of the group
	 * @param config how it would be asked
	 * @return what is wrong, and what to do; {@code null} for nothing
	 */
	@Nullable String misuse(String group, TransportConfig config) {
		boolean secure = config instanceof HttpClientConfig client && client.sslProvider() != null;
		return switch (this) {
			case HTTP1 -> null;
			case H2 -> secure ? null : "Group '" + group + "' speaks HTTP/2 through TLS: ask https://" + group
					+ ", or set support.connections.groups." + group + ".protocol=h2c";
			case H2C -> secure ? "Group '" + group + "' speaks HTTP/2 without TLS: ask http://" + group
					+ ", or set support.connections.groups." + group + ".protocol=h2" : null;
		};
	}

	/*
	 * What a path alone is taken for.
	 */
	String scheme() {
		return (this == H2) ? "https" : "http";
	}

}
