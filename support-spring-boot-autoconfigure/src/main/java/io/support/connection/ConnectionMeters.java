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
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.docs.MeterDocumentation;
import org.jspecify.annotations.Nullable;

/**
 * The meters of the connections, one set for every address.
 */
enum ConnectionMeters implements MeterDocumentation {

	/**
	 * Connections that serve a request now.
	 */
	ACTIVE("active", Meter.Type.GAUGE, "connections", Tag.GROUP, Tag.ADDRESS),

	/**
	 * Connections in the pool that serve no request.
	 */
	IDLE("idle", Meter.Type.GAUGE, "connections", Tag.GROUP, Tag.ADDRESS),

	/**
	 * Time to open a connection, including the TLS handshake; reused connections do not
	 * count.
	 */
	CONNECT("connect", Meter.Type.TIMER, null, Tag.GROUP, Tag.ADDRESS),

	/**
	 * Time from choosing the address to the headers of its response; failures do not
	 * count.
	 */
	REQUEST("request", Meter.Type.TIMER, null, Tag.GROUP, Tag.ADDRESS),

	/**
	 * How often the address was marked down.
	 */
	MARKDOWNS("markdowns", Meter.Type.COUNTER, null, Tag.GROUP, Tag.ADDRESS),

	/**
	 * Requests that failed at the address, also those that another address served.
	 */
	FAILURES("failures", Meter.Type.COUNTER, null, Tag.GROUP, Tag.ADDRESS, Tag.REASON);

	private final String name;

	private final Meter.Type type;

	private final @Nullable String baseUnit;

	@SuppressWarnings("ImmutableEnumChecker") // handed out as a copy
	private final KeyName[] keyNames;

	ConnectionMeters(String name, Meter.Type type, @Nullable String baseUnit, KeyName... keyNames) {
		this.name = "support.connections." + name;
		this.type = type;
		this.baseUnit = baseUnit;
		this.keyNames = keyNames;
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public Meter.Type getType() {
		return this.type;
	}

	@Override
	public @Nullable String getBaseUnit() {
		return this.baseUnit;
	}

	@Override
	public KeyName[] getKeyNames() {
		return this.keyNames.clone();
	}

	/**
	 * The tags of the meters.
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
