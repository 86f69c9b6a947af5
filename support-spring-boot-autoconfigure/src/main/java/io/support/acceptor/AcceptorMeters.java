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

package io.support.acceptor;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.docs.MeterDocumentation;

/**
 * The acceptor's meters.
 */
enum AcceptorMeters implements MeterDocumentation {

	/**
	 * Connections taken from the kernel, refused ones among them.
	 */
	ACCEPTED("support.acceptor.accepted", Meter.Type.COUNTER, "connections"),

	/**
	 * Connections refused, by reason: queue-full, queue-age, shutdown.
	 */
	REFUSED("support.acceptor.refused", Meter.Type.COUNTER, "connections") {

		@Override
		public KeyName[] getKeyNames() {
			return Tags.values();
		}

	},

	/**
	 * Times that accepting failed and paused for a second, as a rule because no file
	 * descriptor was left.
	 */
	PAUSES("support.acceptor.pauses", Meter.Type.COUNTER, "pauses"),

	/**
	 * Idle connections closed to make room for new ones.
	 */
	IDLE_CLOSED("support.acceptor.idle.closed", Meter.Type.COUNTER, "connections"),

	/**
	 * Connections that wait for a worker loop.
	 */
	QUEUE_DEPTH("support.acceptor.queue.depth", Meter.Type.GAUGE, "connections"),

	/**
	 * Time that connections have waited when a worker loop takes them.
	 */
	QUEUE_AGE("support.acceptor.queue.age", Meter.Type.TIMER, "seconds"),

	/**
	 * Connections being served.
	 */
	CONNECTIONS("support.acceptor.connections", Meter.Type.GAUGE, "connections");

	private final String meterName;

	private final Meter.Type type;

	private final String baseUnit;

	AcceptorMeters(String meterName, Meter.Type type, String baseUnit) {
		this.meterName = meterName;
		this.type = type;
		this.baseUnit = baseUnit;
	}

	@Override
	public String getName() {
		return this.meterName;
	}

	@Override
	public Meter.Type getType() {
		return this.type;
	}

	@Override
	public String getBaseUnit() {
		return this.baseUnit;
	}

	/**
	 * The tags of the acceptor's meters.
	 */
	enum Tags implements KeyName {

		/**
		 * Why a connection was refused.
		 */
		REASON {

			@Override
			public String asString() {
				return "reason";
			}

		}

	}

}
