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

package io.support.dispatch;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.docs.MeterDocumentation;
import org.jspecify.annotations.Nullable;

/**
 * The meters of the dispatchers.
 */
enum DispatchMeters implements MeterDocumentation {

	/**
	 * Calls that wait for a thread.
	 */
	DEPTH("support.dispatch.depth", Meter.Type.GAUGE, "calls", Tags.DISPATCHER),

	/**
	 * Time a call waited for a thread.
	 */
	QUEUED("support.dispatch.queued", Meter.Type.TIMER, null, Tags.DISPATCHER, Tags.METHOD),

	/**
	 * Time a call held a thread.
	 */
	DURATION("support.dispatch.duration", Meter.Type.TIMER, null, Tags.DISPATCHER, Tags.METHOD),

	/**
	 * Calls that ran in place.
	 */
	INLINE("support.dispatch.inline", Meter.Type.COUNTER, "calls", Tags.DISPATCHER, Tags.METHOD, Tags.REASON),

	/**
	 * Calls that were refused.
	 */
	REJECTED("support.dispatch.rejected", Meter.Type.COUNTER, "calls", Tags.DISPATCHER, Tags.METHOD),

	/**
	 * Calls that did not finish in time.
	 */
	TIMEOUTS("support.dispatch.timeouts", Meter.Type.COUNTER, "calls", Tags.DISPATCHER, Tags.METHOD);

	private final String name;

	private final Meter.Type type;

	private final @Nullable String baseUnit;

	@SuppressWarnings("ImmutableEnumChecker") // handed out as a copy
	private final KeyName[] tags;

	DispatchMeters(String name, Meter.Type type, @Nullable String baseUnit, KeyName... tags) {
		this.name = name;
		this.type = type;
		this.baseUnit = baseUnit;
		this.tags = tags;
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
		return this.tags.clone();
	}

	/**
	 * The tags of the meters.
	 */
	enum Tags implements KeyName {

		/**
		 * The dispatcher's name.
		 */
		DISPATCHER("dispatcher"),

		/**
		 * The annotated method, as {@code Class.method}; {@code none} for calls through
		 * {@link Dispatchers}.
		 */
		METHOD("method"),

		/**
		 * Why a call ran in place: {@code held}, {@code when} or {@code starved}.
		 */
		REASON("reason");

		private final String key;

		Tags(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

}
