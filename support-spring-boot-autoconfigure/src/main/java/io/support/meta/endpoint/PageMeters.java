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

package io.support.meta.endpoint;

import io.support.stats.DescribedMeter;

/**
 * What is measured of the making of pages.
 */
enum PageMeters implements DescribedMeter {

	DEPTH(Description.gauge("support.meta.queue.depth", "pages", "Pages that wait for a thread")),

	REFUSED(Description.counter("support.meta.refused", "pages",
			"Pages that were refused because all threads were busy, or too many with the same page"));

	@SuppressWarnings("ImmutableEnumChecker") // a record of values
	private final Description description;

	PageMeters(Description description) {
		this.description = description;
	}

	@Override
	public Description description() {
		return this.description;
	}

}
