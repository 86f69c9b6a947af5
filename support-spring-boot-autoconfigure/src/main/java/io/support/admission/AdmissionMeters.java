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

package io.support.admission;

import io.support.stats.DescribedMeter;
import io.support.stats.MeterTag;

/**
 * The meters of admission.
 */
enum AdmissionMeters implements DescribedMeter {

	ADMITTED(Description.counter("support.admission.admitted", "requests",
			"Requests that were handed to the application")),

	REFUSED(Description.counter("support.admission.refused", "requests", "Requests answered with 503 instead",
			MeterTag.REASON, MeterTag.PRIORITY)),

	IN_FLIGHT(Description.gauge("support.admission.inflight", "requests", "Requests whose answers have not begun")),

	DELAY_LIMIT(Description.gauge("support.admission.delay.limit", "seconds",
			"Time that a request may have waited at this moment, which is short while the loops are late for everything")),

	LIMIT(Description.gauge("support.admission.limit", "requests", "Requests that may be in flight"));

	@SuppressWarnings("ImmutableEnumChecker") // a record of values
	private final Description description;

	AdmissionMeters(Description description) {
		this.description = description;
	}

	@Override
	public Description description() {
		return this.description;
	}

}
