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

package io.support.system;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * What takes time to find out, and is good for a while: {@value #REST} times as long as
 * that took, but not more than {@link #MAX_REST_NANOS}. So whoever asks all the time does
 * not keep a processor busy, and on one that is busy already mostly need not wait.
 * Thread-safe; one finds out for all who ask meanwhile.
 *
 * @param <T> what is found out
 */
final class Rested<T> {

	static final int REST = 50;

	static final long MAX_REST_NANOS = TimeUnit.SECONDS.toNanos(10);

	private final Supplier<T> finder;

	private final LongSupplier nanoTime;

	private @Nullable T last;

	private long foundNanos;

	private long tookNanos;

	/**
	 * Creates one that has found out nothing yet.
	 * @param finder finds it out
	 * @param nanoTime the time in nanoseconds
	 */
	Rested(Supplier<T> finder, LongSupplier nanoTime) {
		this.finder = finder;
		this.nanoTime = nanoTime;
	}

	/**
	 * Returns what was found out last, or finds it out.
	 * @return how it is, and how old that is
	 */
	synchronized Aged<T> get() {
		long now = this.nanoTime.getAsLong();
		T last = this.last;
		long age = now - this.foundNanos;
		if (last == null || age >= Math.min(REST * this.tookNanos, MAX_REST_NANOS)) {
			last = this.finder.get();
			this.foundNanos = this.nanoTime.getAsLong();
			this.tookNanos = this.foundNanos - now;
			this.last = last;
			age = 0;
		}
		return new Aged<>(last, TimeUnit.NANOSECONDS.toMillis(age));
	}

	/**
	 * Something as it was some time ago.
	 *
	 * @param <T> what it is
	 * @param value how it was
	 * @param ageMillis how long ago
	 */
	record Aged<T>(T value, long ageMillis) {

	}

}
