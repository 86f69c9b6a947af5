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

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.AbstractTimer;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.distribution.NoopHistogram;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;

/**
 * A timer with streaming statistics, in nanoseconds.
 */
final class StreamingTimer extends AbstractTimer implements StreamingMeter {

	private final Distribution distribution;

	StreamingTimer(Id id, Clock clock, PauseDetector pauseDetector, Distribution distribution) {
		super(id, clock, pauseDetector, TimeUnit.NANOSECONDS, NoopHistogram.INSTANCE);
		this.distribution = distribution;
	}

	@Override
	public Distribution distribution() {
		return this.distribution;
	}

	@Override
	protected void recordNonNegative(long amount, TimeUnit unit) {
		this.distribution.record((double) unit.toNanos(amount));
	}

	@Override
	public long count() {
		return this.distribution.count();
	}

	@Override
	public double totalTime(TimeUnit unit) {
		return this.distribution.sum() / unit.toNanos(1);
	}

	@Override
	public double max(TimeUnit unit) {
		return this.distribution.max() / unit.toNanos(1);
	}

}
