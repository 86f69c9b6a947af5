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

import io.support.stats.DescribedMeter;

/**
 * The dispatchers' meters.
 */
enum DispatchMeters implements DescribedMeter {

	DEPTH(Description.gauge("support.dispatch.depth", "calls", "Calls that wait for a thread", Tag.DISPATCHER)),

	QUEUED(Description.timer("support.dispatch.queued", "Time a call waited for a thread", Tag.DISPATCHER, Tag.METHOD)),

	DURATION(Description.timer("support.dispatch.duration", "Time a call held a thread", Tag.DISPATCHER, Tag.METHOD)),

	INLINE(Description.counter("support.dispatch.inline", "calls", "Calls that ran in place", Tag.DISPATCHER,
			Tag.METHOD, Tag.REASON)),

	REJECTED(Description.counter("support.dispatch.rejected", "calls", "Calls that were refused", Tag.DISPATCHER,
			Tag.METHOD, Tag.REASON)),

	CANCELLED(Description.counter("support.dispatch.cancelled", "calls",
			"Calls that left the queue because their caller had gone, or their timeout was over", Tag.DISPATCHER,
			Tag.METHOD)),

	TIMEOUTS(Description.counter("support.dispatch.timeouts", "calls", "Calls that did not finish in time",
			Tag.DISPATCHER, Tag.METHOD));

	@SuppressWarnings("ImmutableEnumChecker") // a record of values
	private final Description description;

	DispatchMeters(Description description) {
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
		 * The dispatcher's name.
		 */
		DISPATCHER("dispatcher"),

		/**
		 * The annotated method, as {@code Class.method}; {@code none} for calls through
		 * {@link Dispatchers}.
		 */
		METHOD("method"),

		/**
		 * Why the call ran in place: held, when or starved; or why it was refused:
		 * queue-full, expected-age, queue-age or shutdown.
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
