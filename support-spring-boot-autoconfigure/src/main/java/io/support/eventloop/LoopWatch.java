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

package io.support.eventloop;

import java.time.Clock;
import java.util.List;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.support.eventloop.StallSamples.Dominant;
import io.support.eventloop.StallSamples.Sample;

/**
 * The watch over one loop, as a state machine that is driven by {@link #tick}: it keeps
 * one probe outstanding, and looks at the loop's thread while that is overdue.
 * <p>
 * The time that the watcher itself lost, while the JVM or the machine stood still, is not
 * held against the loop. A loop is found stalled by the time that is left, and only then
 * looked at; a stall that was over before that is in the histogram of the delays alone.
 * <p>
 * Used by the watcher's thread. Only the probe runs on the loop, and the current delay
 * may be read by anybody.
 */
final class LoopWatch {

	/**
	 * For so long every sample is taken; then one in ten, and the log is told that the
	 * stall goes on.
	 */
	private static final long LONG_STALL_NANOS = 1_000_000_000;

	private static final long LEAST_WAIT_NANOS = 1_000_000;

	private final Loop loop;

	private final EventLoopSettings settings;

	private final LongSupplier clock;

	private final Clock wallClock;

	private final Listener listener;

	private final Runnable probe = this::ran;

	private volatile boolean outstanding;

	private volatile long sentNanos;

	private long ranNanos;

	private volatile boolean ran;

	private long lostNanos;

	private long cpuNanos;

	private long nextSampleNanos;

	private @Nullable StallSamples samples;

	private boolean told;

	LoopWatch(Loop loop, EventLoopSettings settings, LongSupplier clock, Clock wallClock, Listener listener) {
		this.loop = loop;
		this.settings = settings;
		this.clock = clock;
		this.wallClock = wallClock;
		this.listener = listener;
		this.sentNanos = clock.getAsLong() - settings.probeIntervalNanos();
	}

	/*
	 * On the loop: the fewer here the better.
	 */
	private void ran() {
		this.ranNanos = this.clock.getAsLong();
		this.ran = true;
	}

	/**
	 * Looks after the loop.
	 * @param now the time
	 * @param lostNanos how much of the time since the last tick the watcher has lost
	 * @return whether the loop is still there
	 */
	boolean tick(long now, long lostNanos) {
		if (this.outstanding) {
			await(now, lostNanos);
		}
		if (!this.outstanding && now - this.sentNanos >= this.settings.probeIntervalNanos()) {
			send();
		}
		return !this.loop.isGone();
	}

	private void send() {
		this.ran = false;
		this.lostNanos = 0;
		this.cpuNanos = this.loop.cpuNanos();
		this.sentNanos = this.clock.getAsLong();
		this.outstanding = this.loop.execute(this.probe);
	}

	private void await(long now, long lostNanos) {
		if (this.samples == null) {
			this.lostNanos += lostNanos;
		}
		if (this.ran) {
			arrive(this.ranNanos);
			return;
		}
		if (delay(now) >= this.settings.stallThresholdNanos()) {
			look(now);
		}
	}

	private void arrive(long ranNanos) {
		this.listener.delayed(Math.max(0, ranNanos - this.sentNanos));
		StallSamples samples = this.samples;
		this.samples = null;
		this.outstanding = false;
		if (samples != null) {
			this.listener.ended(stall(samples, ranNanos));
			this.told = false;
		}
	}

	private void look(long now) {
		StallSamples samples = this.samples;
		if (samples == null || now - this.nextSampleNanos >= 0) {
			Sample sample = this.loop.sample();
			if (sample == null) {
				return;
			}
			samples = (samples != null) ? samples : new StallSamples();
			samples.add(sample);
			this.samples = samples;
			this.nextSampleNanos = now + this.settings.sampleIntervalNanos() * (this.told ? 10 : 1);
		}
		if (!this.told && delay(now) >= LONG_STALL_NANOS) {
			this.told = true;
			this.listener.goesOn(stall(samples, now));
		}
	}

	private EventLoopStall stall(StallSamples samples, long now) {
		long duration = delay(now);
		long cpu = this.loop.cpuNanos();
		double cpuShare = (this.cpuNanos < 0 || cpu < 0) ? -1 : (double) (cpu - this.cpuNanos) / Math.max(1, duration);
		Dominant dominant = samples.dominant();
		return new EventLoopStall(this.loop.name(), samples.kind(cpuShare), duration, samples.count(),
				(dominant != null) ? dominant.frame() : null, (dominant != null) ? dominant.samples() : 0,
				(dominant != null) ? dominant.stack() : List.of(), samples.request(),
				this.wallClock.instant().minusNanos(this.clock.getAsLong() - this.sentNanos));
	}

	private long delay(long now) {
		return now - this.sentNanos - this.lostNanos;
	}

	/**
	 * Returns how long the watch can do without a tick.
	 * @param now the time
	 * @return the time until then
	 */
	long waitNanos(long now) {
		if (this.samples != null) {
			return atLeast(this.nextSampleNanos - now);
		}
		long next = this.sentNanos + this.settings.probeIntervalNanos() - now;
		if (next <= 0) {
			long untilStalled = this.settings.stallThresholdNanos() - delay(now);
			next = (untilStalled > 0) ? Math.min(this.settings.probeIntervalNanos(), untilStalled)
					: this.settings.sampleIntervalNanos();
		}
		return atLeast(next);
	}

	private static long atLeast(long nanos) {
		return Math.max(LEAST_WAIT_NANOS, nanos);
	}

	/**
	 * Returns how late the loop is. May be called from any thread.
	 * @param now the time
	 * @return the age of the probe that it has not run yet, or zero
	 */
	long currentDelayNanos(long now) {
		long sent = this.sentNanos;
		return (this.outstanding && !this.ran) ? Math.max(0, now - sent) : 0;
	}

	/**
	 * A loop, as seen from outside.
	 */
	interface Loop {

		/**
		 * Returns what it is called.
		 * @return the name of its thread
		 */
		String name();

		/**
		 * Has the loop run something.
		 * @param task what
		 * @return whether it will
		 */
		boolean execute(Runnable task);

		/**
		 * Tells whether the loop has ended, or is about to.
		 * @return whether it has
		 */
		boolean isGone();

		/**
		 * Returns how long the loop has had a processor.
		 * @return the time since its start; negative if that is not known
		 */
		long cpuNanos();

		/**
		 * Looks at the loop's thread.
		 * @return what is seen; {@code null} as long as it is not known what its thread
		 * is
		 */
		@Nullable Sample sample();

	}

	/**
	 * Is told what becomes of the probes.
	 */
	interface Listener {

		/**
		 * A probe has run.
		 * @param nanos how late
		 */
		void delayed(long nanos);

		/**
		 * A stall has become long, and is not over.
		 * @param soFar what is known of it
		 */
		void goesOn(EventLoopStall soFar);

		/**
		 * A stall is over.
		 * @param stall the stall
		 */
		void ended(EventLoopStall stall);

	}

}
