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

import io.support.stats.DescribedMeter;
import io.support.stats.MeterTag;

/**
 * The meters of connections.
 */
enum ConnectionMeters implements DescribedMeter {

	ACTIVE(Description.gauge("support.connections.active", "connections", "Connections that serve a request now",
			MeterTag.GROUP, MeterTag.ADDRESS)),

	IDLE(Description.gauge("support.connections.idle", "connections", "Connections in the pool that serve no request",
			MeterTag.GROUP, MeterTag.ADDRESS)),

	STREAMS(Description.gauge("support.connections.streams", "requests",
			"Requests that share connections of HTTP/2 now", MeterTag.GROUP, MeterTag.ADDRESS)),

	CONNECT(Description.timer("support.connections.connect", "Time to open a connection, including the TLS handshake",
			MeterTag.GROUP, MeterTag.ADDRESS)),

	TLS(Description.timer("support.connections.tls", "Time of a TLS handshake, without failures", MeterTag.GROUP,
			MeterTag.ADDRESS)),

	REQUEST(Description.timer("support.connections.request",
			"Time from choosing the address to the headers of its response, without failures", MeterTag.GROUP,
			MeterTag.ADDRESS)),

	MARKDOWNS(Description.counter("support.connections.markdowns", "markdowns",
			"Times that the address was marked down", MeterTag.GROUP, MeterTag.ADDRESS)),

	FAILURES(Description.counter("support.connections.failures", "requests",
			"Requests that failed at the address, those that another address served among them", MeterTag.GROUP,
			MeterTag.ADDRESS, MeterTag.REASON));

	@SuppressWarnings("ImmutableEnumChecker") // a record of values
	private final Description description;

	ConnectionMeters(Description description) {
		this.description = description;
	}

	@Override
	public Description description() {
		return this.description;
	}

}
