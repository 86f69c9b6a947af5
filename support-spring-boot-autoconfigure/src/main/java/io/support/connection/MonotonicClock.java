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

package io.support.connection;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * A clock that never jumps: the time at which it was made, and the nanoseconds since. A
 * markdown lasts as long as it should when somebody sets the machine's clock.
 */
final class MonotonicClock extends Clock {

	private final LongSupplier nanoTime;

	private final long originNanos;

	private final Instant origin;

	private final ZoneId zone;

	MonotonicClock(LongSupplier nanoTime) {
		this(nanoTime, nanoTime.getAsLong(), Instant.now(), ZoneOffset.UTC);
	}

	private MonotonicClock(LongSupplier nanoTime, long originNanos, Instant origin, ZoneId zone) {
		this.nanoTime = nanoTime;
		this.originNanos = originNanos;
		this.origin = origin;
		this.zone = zone;
	}

	@Override
	public Instant instant() {
		return this.origin.plusNanos(this.nanoTime.getAsLong() - this.originNanos);
	}

	@Override
	public ZoneId getZone() {
		return this.zone;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return new MonotonicClock(this.nanoTime, this.originNanos, this.origin, zone);
	}

}
