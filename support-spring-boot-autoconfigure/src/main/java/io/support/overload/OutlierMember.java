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

package io.support.overload;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * One of those that an {@link OutlierDetection} compares. Thread-safe: whatever is told
 * here is told without locks, by anybody.
 */
public final class OutlierMember {

	/*
	 * What takes less than this part of what it took an interval before is warming up.
	 */
	private static final double BETTER = 0.75;

	/*
	 * Fewer may be chance.
	 */
	private static final int SILENT_TIMES = 5;

	/*
	 * In floors of what a latency is compared from. Less may be a pause of its collector.
	 */
	private static final int SILENT_FLOORS = 2;

	private final OutlierSettings settings;

	private final Listener listener;

	private final LatencyHistogram latencies = new LatencyHistogram();

	private final AtomicReference<@Nullable Silence> silence = new AtomicReference<>();

	private volatile boolean ejected;

	private volatile long medianNanos;

	/*
	 * These are for the one thread that judges.
	 */
	private long ejectedUntil;

	private int ejections;

	private long suspectNanos;

	private boolean back;

	/**
	 * Creates a member of which nothing is known.
	 * @param settings those of the detection
	 * @param listener is told what changes
	 */
	public OutlierMember(OutlierSettings settings, Listener listener) {
		this.settings = settings;
		this.listener = listener;
	}

	/**
	 * Learns that it has answered, whatever it was.
	 */
	public void spoke() {
		if (this.silence.get() != null) {
			this.silence.set(null);
		}
	}

	/**
	 * Learns how long an answer has taken that is to be compared with those of the
	 * others.
	 * @param nanos how long
	 */
	public void answered(long nanos) {
		spoke();
		record(nanos);
	}

	private void record(long nanos) {
		if (this.settings.isEnabled()) {
			this.latencies.record(nanos);
		}
	}

	/**
	 * Learns that nobody has waited for an answer any longer. It would have taken longer
	 * than that, nobody knows how much, so it counts as if it had come just then: it can
	 * make this member look faster than it is, and never slower. What was given up so
	 * early that it tells nothing does not count.
	 * @param nanos for how long somebody has waited
	 */
	public void givenUp(long nanos) {
		if (nanos >= this.settings.minLatencyNanos()) {
			record(nanos);
		}
	}

	/**
	 * Learns that another member was asked the same later on, and has answered already.
	 * That says something if the other one was much quicker.
	 * @param nanos for how long this one has been silent
	 * @param otherNanos how long the other one has taken
	 * @param now the time
	 */
	public void overtaken(long nanos, long otherNanos, long now) {
		givenUp(nanos);
		if (this.settings.isEnabled() && nanos > this.settings.factor() * otherNanos) {
			this.silence
				.updateAndGet((before) -> (before != null) ? before.goesOn(now) : Silence.since(now - nanos, now));
		}
	}

	/**
	 * Returns whether this member is to be left out.
	 * @return whether it is
	 */
	public boolean isEjected() {
		return this.ejected;
	}

	/**
	 * Returns the median of its latencies in the last interval.
	 * @return nanoseconds; 0 if there were too few; while it is left out, what it was
	 * left out for
	 */
	public long medianNanos() {
		return this.medianNanos;
	}

	boolean isSilent() {
		Silence silence = this.silence.get();
		return silence != null && silence.times() >= SILENT_TIMES
				&& silence.nanos() >= SILENT_FLOORS * this.settings.minLatencyNanos() && !this.ejected;
	}

	void judgeSilence(long now, boolean mayBeEjected) {
		Silence silence = this.silence.getAndSet(null);
		if (silence != null && mayBeEjected) {
			this.medianNanos = silence.nanos();
			this.listener.silent(silence.times(), silence.nanos(), eject(now));
		}
	}

	/**
	 * Takes what it has answered in an interval.
	 * @return whether that suffices to judge it
	 */
	boolean endInterval() {
		long median = this.latencies.takeMedian(this.settings.minRequests());
		if (this.ejected) {
			return false;
		}
		this.medianNanos = median;
		if (median == 0 && !this.back) {
			calm();
		}
		this.back = false;
		return median > 0;
	}

	void judgeLatency(long othersNanos, long now, boolean mayBeEjected) {
		long median = this.medianNanos;
		if (median < this.settings.minLatencyNanos() || median <= this.settings.factor() * othersNanos) {
			calm();
		}
		else if (this.suspectNanos == 0 || median < BETTER * this.suspectNanos) {
			this.suspectNanos = median;
		}
		else if (mayBeEjected) {
			this.listener.ejected(median, othersNanos, eject(now));
		}
	}

	private void calm() {
		this.suspectNanos = 0;
		this.ejections = Math.max(0, this.ejections - 1);
	}

	private long eject(long now) {
		this.ejections++;
		// Divided, since a product might not fit.
		long duration = (this.settings.maxEjectionNanos() / this.ejections < this.settings.baseEjectionNanos())
				? this.settings.maxEjectionNanos() : this.ejections * this.settings.baseEjectionNanos();
		this.ejectedUntil = now + duration;
		this.suspectNanos = this.medianNanos;
		this.ejected = true;
		return duration;
	}

	/*
	 * It stays a suspect: the first interval in which it answers often enough will show
	 * whether it is as slow as it was. The one that is running may be too short.
	 */
	void takeBack(long now) {
		if (this.ejected && now - this.ejectedUntil >= 0) {
			this.latencies.takeMedian(0);
			this.silence.set(null);
			this.back = true;
			this.ejected = false;
			this.listener.returned();
		}
	}

	long returnsBefore(long due) {
		return (this.ejected && this.ejectedUntil - due < 0) ? this.ejectedUntil : due;
	}

	/**
	 * Is told what changes. Called by one thread at a time.
	 */
	public interface Listener {

		/**
		 * The member is left out from now on, because its answers take long.
		 * @param medianNanos the median of its latencies
		 * @param othersNanos what most of the others take at most
		 * @param durationNanos for how long
		 */
		void ejected(long medianNanos, long othersNanos, long durationNanos);

		/**
		 * The member is left out from now on, because it says nothing.
		 * @param times how often it was overtaken in a row
		 * @param silentNanos for how long it has said nothing
		 * @param durationNanos for how long it is left out
		 */
		void silent(int times, long silentNanos, long durationNanos);

		/**
		 * The member is not left out any more.
		 */
		void returned();

	}

	/**
	 * What has been said since the last answer, which is nothing.
	 *
	 * @param times how often it was overtaken meanwhile
	 * @param begin when it was asked what it did not answer
	 * @param end when it was last overtaken
	 */
	private record Silence(int times, long begin, long end) {

		static Silence since(long begin, long now) {
			return new Silence(1, begin, now);
		}

		Silence goesOn(long now) {
			return new Silence(this.times + 1, this.begin, now);
		}

		long nanos() {
			return this.end - this.begin;
		}

	}

}
