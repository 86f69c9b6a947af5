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

package io.support.event;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets so many through in a row, and then so many a second: of a burst all is kept, of a
 * flood enough to see what it is made of. The generic cell rate algorithm of ITU-T I.371,
 * with one read where nothing gets through. Thread-safe.
 */
final class Thinning {

	static final int BURST = 32;

	static final int PER_SECOND = 10;

	private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;

	private static final long TOLERANCE_NANOS = INTERVAL_NANOS * (BURST - 1);

	/** When the next one would be due if they came at the rate that is let through. */
	private final AtomicLong due;

	Thinning(long nowNanos) {
		this.due = new AtomicLong(nowNanos - TOLERANCE_NANOS);
	}

	boolean letsThrough(long nowNanos) {
		while (true) {
			long due = this.due.get();
			if (due - nowNanos > TOLERANCE_NANOS) {
				return false;
			}
			long earliest = (due - nowNanos > 0) ? due : nowNanos;
			if (this.due.compareAndSet(due, earliest + INTERVAL_NANOS)) {
				return true;
			}
		}
	}

}
