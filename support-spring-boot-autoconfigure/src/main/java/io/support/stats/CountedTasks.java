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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.AbstractMeter;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;

/**
 * Tasks that are being done: how many, and for how long all of them together. Each
 * request is one, so they are counted and not kept: which of them is the oldest is not
 * known. Thread-safe.
 */
final class CountedTasks extends AbstractMeter implements LongTaskTimer {

	private final Clock clock;

	private final LongAdder active = new LongAdder();

	/** Of those that are active, in nanoseconds of the clock. */
	private final LongAdder starts = new LongAdder();

	CountedTasks(Id id, Clock clock) {
		super(id);
		this.clock = clock;
	}

	@Override
	public Sample start() {
		return new Task(this.clock.monotonicTime());
	}

	@Override
	public double duration(TimeUnit unit) {
		long nanos = this.active.sum() * this.clock.monotonicTime() - this.starts.sum();
		return Math.max(0, nanos) / (double) unit.toNanos(1);
	}

	@Override
	public int activeTasks() {
		return this.active.intValue();
	}

	/**
	 * Not known.
	 * @return not a number
	 */
	@Override
	public double max(TimeUnit unit) {
		return Double.NaN;
	}

	@Override
	public TimeUnit baseTimeUnit() {
		return TimeUnit.NANOSECONDS;
	}

	@Override
	public HistogramSnapshot takeSnapshot() {
		return HistogramSnapshot.empty(activeTasks(), duration(baseTimeUnit()), max(baseTimeUnit()));
	}

	/**
	 * One task.
	 */
	private final class Task extends Sample {

		private final long start;

		private final AtomicBoolean stopped = new AtomicBoolean();

		private volatile long nanos = -1;

		Task(long start) {
			this.start = start;
			CountedTasks.this.active.increment();
			CountedTasks.this.starts.add(start);
		}

		@Override
		public long stop() {
			if (this.stopped.compareAndSet(false, true)) {
				this.nanos = CountedTasks.this.clock.monotonicTime() - this.start;
				CountedTasks.this.active.decrement();
				CountedTasks.this.starts.add(-this.start);
			}
			return this.nanos;
		}

		/*
		 * As Micrometer's own have it, -1 once it has stopped.
		 */
		@Override
		public double duration(TimeUnit unit) {
			return this.stopped.get() ? -1
					: (CountedTasks.this.clock.monotonicTime() - this.start) / (double) unit.toNanos(1);
		}

	}

}
