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

import io.micrometer.common.docs.KeyName;

import io.support.stats.DescribedMeter;

/**
 * The meters of connections.
 */
enum ConnectionMeters implements DescribedMeter {

	ACTIVE(Description.gauge("support.connections.active", "connections", "Connections that serve a request now",
			Tag.GROUP, Tag.ADDRESS)),

	IDLE(Description.gauge("support.connections.idle", "connections", "Connections in the pool that serve no request",
			Tag.GROUP, Tag.ADDRESS)),

	CONNECT(Description.timer("support.connections.connect", "Time to open a connection, including the TLS handshake",
			Tag.GROUP, Tag.ADDRESS)),

	REQUEST(Description.timer("support.connections.request",
			"Time from choosing the address to the headers of its response, without failures", Tag.GROUP, Tag.ADDRESS)),

	MARKDOWNS(Description.counter("support.connections.markdowns", "markdowns",
			"Times that the address was marked down", Tag.GROUP, Tag.ADDRESS)),

	FAILURES(Description.counter("support.connections.failures", "requests",
			"Requests that failed at the address, those that another address served among them", Tag.GROUP, Tag.ADDRESS,
			Tag.REASON));

	@SuppressWarnings("ImmutableEnumChecker") // a record of values
	private final Description description;

	ConnectionMeters(Description description) {
		this.description = description;
	}

	@Override
	public Description description() {
		return this.description;
	}

	/**
	 * The keys of the tags.
	 */
	enum Tag implements KeyName {

		/**
		 * Name of the group.
		 */
		GROUP("group"),

		/**
		 * Host and port, as configured.
		 */
		ADDRESS("address"),

		/**
		 * What went wrong.
		 */
		REASON("reason");

		private final String key;

		Tag(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

}
