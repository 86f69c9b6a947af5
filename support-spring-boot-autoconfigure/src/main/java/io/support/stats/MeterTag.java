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

package io.support.stats;

import java.util.Locale;

import io.micrometer.common.docs.KeyName;

/**
 * The keys of the tags of all meters: one word for one thing, whatever the meter.
 */
public enum MeterTag implements KeyName {

	/**
	 * Host and port of a peer, as configured.
	 */
	ADDRESS,

	/**
	 * The name of a dispatcher.
	 */
	DISPATCHER,

	/**
	 * The name of a group of addresses.
	 */
	GROUP,

	/**
	 * What a stalled event loop did: blocked, cpu, starved or pause.
	 */
	KIND,

	/**
	 * The name of an event loop's thread.
	 */
	LOOP,

	/**
	 * What goes from state to state.
	 */
	MACHINE,

	/**
	 * An annotated method, as {@code Class.method}; {@code none} for calls without one.
	 */
	METHOD,

	/**
	 * How much a request matters: critical, normal or sheddable.
	 */
	PRIORITY,

	/**
	 * Why something was refused, failed, or ran in place.
	 */
	REASON,

	/**
	 * A state of what goes from state to state.
	 */
	STATE;

	@Override
	public String asString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
