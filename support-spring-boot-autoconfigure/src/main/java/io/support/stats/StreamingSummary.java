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

import io.micrometer.core.instrument.AbstractDistributionSummary;
import io.micrometer.core.instrument.distribution.NoopHistogram;

/**
 * A summary with streaming statistics, in its own unit.
 */
final class StreamingSummary extends AbstractDistributionSummary implements StreamingMeter {

	private final Distribution distribution;

	StreamingSummary(Id id, double scale, Distribution distribution) {
		super(id, scale, NoopHistogram.INSTANCE);
		this.distribution = distribution;
	}

	@Override
	public Distribution distribution() {
		return this.distribution;
	}

	@Override
	protected void recordNonNegative(double amount) {
		this.distribution.record(amount);
	}

	@Override
	public long count() {
		return this.distribution.count();
	}

	@Override
	public double totalAmount() {
		return this.distribution.sum();
	}

	@Override
	public double max() {
		return this.distribution.max();
	}

}
