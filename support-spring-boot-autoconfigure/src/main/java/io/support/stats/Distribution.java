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

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Clock;
import org.jspecify.annotations.Nullable;

/**
 * The streaming statistics of one series of numbers, in bounded memory, all of
 * {@link DistributionState}.
 * <p>
 * Thread-safe. A number costs some tens of nanoseconds and, once its magnitude has been
 * seen, no memory. Threads that record at the same time get a part of the series each,
 * four for each processor at the most, which are added up when somebody looks: nothing is
 * lost. Takes about 5 KiB once the first has been recorded, and 530 bytes for each power
 * of two among the numbers, in each part.
 */
public final class Distribution {

	/**
	 * Above it a number's powers would leave the range of a {@code double}, and so would
	 * all figures that are made of them.
	 */
	static final double MAX_MAGNITUDE = 1e60;

	private static final Stripe[] NONE = {};

	/*
	 * What a released one has: it is full, and empty.
	 */
	private static final Stripe[] RELEASED = {};

	/*
	 * More than there are processors, since a thread may lose its own while it records.
	 */
	private static final int MAX_STRIPES = Integer
		.highestOneBit(Math.min(4 * Runtime.getRuntime().availableProcessors(), 32));

	private static final int COLLISIONS = 64;

	private final Clock clock;

	private final long offset;

	private volatile long sinceEpochNanos;

	private final AtomicInteger collisions = new AtomicInteger();

	private volatile @Nullable TimeSeries series;

	private volatile Stripe[] stripes = NONE;

	/**
	 * Creates statistics of nothing.
	 */
	public Distribution() {
		this(Clock.SYSTEM);
	}

	/**
	 * Creates statistics of nothing.
	 * @param clock gives the times of the numbers
	 */
	public Distribution(Clock clock) {
		this.clock = clock;
		this.offset = clock.wallTime() * 1_000_000 - clock.monotonicTime();
		this.sinceEpochNanos = epochNanos();
	}

	private long epochNanos() {
		return this.clock.monotonicTime() + this.offset;
	}

	/**
	 * Adds a number.
	 * @param value the number; one that is not finite, or beyond 10<sup>60</sup>, is not
	 * recorded
	 */
	public void record(double value) {
		if (Math.abs(value) <= MAX_MAGNITUDE) {
			record(value, this.clock.monotonicTime());
		}
	}

	/*
	 * A number of no greater magnitude, by who has looked at the clock.
	 */
	void record(double value, long nowNanos) {
		long now = nowNanos + this.offset;
		Stripe[] stripes = this.stripes;
		Stripe stripe = (stripes.length > 0) ? stripes[place() & (stripes.length - 1)] : null;
		if (stripe == null || !stripe.tryLock()) {
			stripe = lockAny();
			if (stripe == null) {
				return;
			}
		}
		stripe.add(value, now);
		stripe.unlock();
	}

	/*
	 * Threads that were made one after the other lie apart (Fibonacci hashing).
	 */
	@SuppressWarnings("deprecation") // threadId() is not there in 17
	private static int place() {
		return (int) ((Thread.currentThread().getId() * 0x9E3779B97F4A7C15L) >>> 32);
	}

	/*
	 * Somebody else records, or looks: where that is so again and again there are more
	 * parts, until everybody has one. An event loop waits for nobody here, unless as many
	 * threads as there can be parts were all stopped while they record.
	 */
	private @Nullable Stripe lockAny() {
		Stripe[] stripes = this.stripes;
		boolean often = this.collisions.incrementAndGet() % COLLISIONS == 0;
		Stripe free = often ? null : free(stripes);
		while (free == null) {
			Stripe[] more = grown(stripes);
			if (more.length == 0) {
				return null;
			}
			free = free(more);
			if (free == null && more == stripes) {
				free = more[more.length - 1];
				free.lock();
			}
			stripes = more;
		}
		return free;
	}

	/* The newest first, which has no regular users yet. */
	private static @Nullable Stripe free(Stripe[] stripes) {
		for (int i = stripes.length - 1; i >= 0; i--) {
			if (stripes[i].tryLock()) {
				return stripes[i];
			}
		}
		return null;
	}

	private synchronized Stripe[] grown(Stripe[] seen) {
		Stripe[] stripes = this.stripes;
		if (stripes != seen || stripes == RELEASED || stripes.length == MAX_STRIPES) {
			return stripes;
		}
		TimeSeries series = series();
		this.series = series;
		Stripe[] more = Arrays.copyOf(stripes, Math.max(1, 2 * stripes.length));
		for (int i = stripes.length; i < more.length; i++) {
			more[i] = new Stripe(series);
		}
		this.stripes = more;
		return more;
	}

	private TimeSeries series() {
		TimeSeries series = this.series;
		return (series != null) ? series : new TimeSeries(this.sinceEpochNanos);
	}

	/**
	 * Forgets everything.
	 */
	public synchronized void reset() {
		if (this.stripes != RELEASED) {
			this.sinceEpochNanos = epochNanos();
			this.series = null;
			this.stripes = NONE;
		}
	}

	/**
	 * Forgets everything, and whatever comes from now on.
	 */
	synchronized void release() {
		this.stripes = RELEASED;
		this.series = null;
	}

	long count() {
		return (long) total(Stripe::count);
	}

	double sum() {
		return total(Stripe::sum);
	}

	double max() {
		Moments moments = moments();
		return Math.max(0, moments.max());
	}

	private Moments moments() {
		Moments moments = Moments.NONE;
		for (Stripe stripe : this.stripes) {
			stripe.lock();
			Moments part = stripe.moments();
			stripe.unlock();
			moments = moments.plus(part);
		}
		return moments;
	}

	private double total(ToDoubleFunction<Stripe> figure) {
		double total = 0;
		for (Stripe stripe : this.stripes) {
			stripe.lock();
			total += figure.applyAsDouble(stripe);
			stripe.unlock();
		}
		return total;
	}

	/**
	 * Adds how many numbers lie where, which costs a microsecond rather than what
	 * {@linkplain #state() everything} costs.
	 * @param histogram where they are added
	 */
	void addTo(Histogram histogram) {
		for (Stripe stripe : this.stripes) {
			stripe.lock();
			stripe.addTo(histogram);
			stripe.unlock();
		}
	}

	/**
	 * Returns when the last number came.
	 * @return the time since the epoch; when this was made if there was none
	 */
	long lastEpochNanos() {
		long last = this.sinceEpochNanos;
		for (Stripe stripe : this.stripes) {
			stripe.lock();
			last = (stripe.count() > 0) ? Math.max(last, stripe.lastEpochNanos()) : last;
			stripe.unlock();
		}
		return last;
	}

	/**
	 * Returns everything that is known now.
	 * @return a copy
	 */
	public DistributionState state() {
		TimeSeries series = series();
		Moments moments = Moments.NONE;
		Buckets buckets = Buckets.NONE;
		List<RecentPoint> points = new ArrayList<>();
		long first = Long.MAX_VALUE;
		long last = Long.MIN_VALUE;
		for (Stripe stripe : this.stripes) {
			stripe.lock();
			stripe.endSlot();
			Moments part = stripe.moments();
			Histogram histogram = stripe.histogram();
			RecentPoints recent = stripe.recent();
			first = (part.count() > 0) ? Math.min(first, stripe.firstEpochNanos()) : first;
			last = (part.count() > 0) ? Math.max(last, stripe.lastEpochNanos()) : last;
			stripe.unlock();
			moments = moments.plus(part);
			buckets = buckets.plus(histogram.buckets());
			recent.addTo(points);
		}
		long now = epochNanos();
		return new DistributionState(moments, buckets, points, series.averages(now), series.minutes(now),
				instant(first), instant(last));
	}

	private static @Nullable Instant instant(long epochNanos) {
		return (epochNanos == Long.MAX_VALUE || epochNanos == Long.MIN_VALUE) ? null
				: Instant.ofEpochSecond(0, epochNanos);
	}

	/**
	 * Returns the figures of all numbers.
	 * @return a copy
	 */
	public DistributionSnapshot snapshot() {
		return state().summary();
	}

}
