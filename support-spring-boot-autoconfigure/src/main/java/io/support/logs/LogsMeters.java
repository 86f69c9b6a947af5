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

package io.support.logs;

import io.support.stats.DescribedMeter;

/**
 * What is measured of the keeping of log events.
 */
enum LogsMeters implements DescribedMeter {

	KEPT(Description.counter("support.logs.kept", "events", "Log events that were kept for the page of the logs")),

	THINNED(Description.counter("support.logs.thinned", "events",
			"Log events that were counted only, because the same message came too often"));

	@SuppressWarnings("ImmutableEnumChecker") // a record of values
	private final Description description;

	LogsMeters(Description description) {
		this.description = description;
	}

	@Override
	public Description description() {
		return this.description;
	}

}
