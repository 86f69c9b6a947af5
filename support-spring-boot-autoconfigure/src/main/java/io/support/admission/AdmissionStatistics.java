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

import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.MeterRegistry;

/**
 * What admission counts. Thread-safe.
 */
final class AdmissionStatistics {

	private final LongAdder admitted = new LongAdder();

	private final LongAdder refused = new LongAdder();

	void admitted() {
		this.admitted.increment();
	}

	void refused() {
		this.refused.increment();
	}

	long admittedCount() {
		return this.admitted.sum();
	}

	long refusedCount() {
		return this.refused.sum();
	}

	void bindTo(MeterRegistry registry) {
		AdmissionMeters.ADMITTED.counter(this.admitted).register(registry);
		AdmissionMeters.REFUSED.counter(this.refused)
			.tag(AdmissionMeters.Tag.REASON.asString(), "delay")
			.register(registry);
	}

}
