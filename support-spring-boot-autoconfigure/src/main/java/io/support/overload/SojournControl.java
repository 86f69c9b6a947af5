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

import java.util.concurrent.TimeUnit;

/**
 * Decides how long something may wait in a queue, from how long others have waited
 * (sojourn time), not from how many wait: a long queue that moves is good, a short one
 * that stands is not.
 * <p>
 * The queue is overloaded when even the shortest sojourn within an interval lies above
 * the target: a burst drains within an interval, overload does not; and when much is
 * refused for some intervals. The first is the detector of CoDel (Nichols and Jacobson,
 * <em>Controlling Queue Delay</em>, ACM Queue 2012), in the form for servers of Maurer
 * (<em>Fail at Scale</em>, ACM Queue 2015): what has waited for too long is refused, and
 * too long means less while overloaded.
 * <p>
 * It differs from both. What takes longer to serve waits for longer in a queue that is
 * just busy, so target and bound follow the interval between departures. What would be
 * refused later is refused when it comes: as many wait as can leave within the bound, so
 * that nobody waits for nothing, and serving the last first would gain nothing. And
 * overload ends only when little is refused, since a tight bound keeps sojourns short.
 * <p>
 * The first to be served find a server that is loading and compiling its classes. They
 * may wait for half a second, and nothing is learned from them.
 * <p>
 * Thread-safe; every method costs some ten nanoseconds. All times are nanoseconds of one
 * clock.
 */
public final class SojournControl {

	/*
	 * As short as the bound may get, in departures: with fewer than these waiting, the
	 * server would find the queue empty too often while there is more than enough to do.
	 * The more come for each that leaves, the fewer have to wait: a queue of Poisson
	 * arrivals runs empty with a probability that falls with its length, and the faster
	 * the higher the load is.
	 */
	private static final double MIN_DEPARTURES = 2;

	private static final double MAX_DEPARTURES = 6;

	private static final double LOG_OF_EMPTY = 3;

	/*
	 * What has left the queue is served in turns with others: while it is, about so many
	 * leave.
	 */
	private static final int IN_SERVICE_DEPARTURES = 8;

	/*
	 * As short as the target may get, in departures.
	 */
	private static final int TARGET_DEPARTURES = 12;

	/*
	 * Who refuses more than this share is overloaded, and until it is less than that one.
	 * The shortest sojourn alone does not tell: with a tight bound it is short however
	 * many are refused, and where few departures fill the bound it is never long.
	 */
	private static final double OVERLOADED_SHARE = 0.25;

	private static final double CALM_SHARE = 0.1;

	/*
	 * How much one departure changes the estimate.
	 */
	private static final double GAIN = 1.0 / 16;

	private static final long COLD_MAX_AGE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

	/*
	 * A server that is still slow after so much use has too much to do.
	 */
	private static final long MAX_COLD_NANOS = TimeUnit.SECONDS.toNanos(5);

	/*
	 * What lies farther apart is no use: nobody came.
	 */
	private static final long USE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private final SojournSettings settings;

	private final Pressure pressure;

	private long intervalStart;

	private long minAge = Long.MAX_VALUE;

	private boolean overloaded;

	private double departureInterval;

	private double departures = MAX_DEPARTURES;

	private long lastDeparture;

	private boolean standing;

	private int coldDepartures;

	private long coldNanos;

	private boolean cold;

	/**
	 * Creates a control of a queue that is empty and knows of no other.
	 * @param settings how long something may wait
	 * @param now the time
	 */
	public SojournControl(SojournSettings settings, long now) {
		this(settings, new Pressure(now), now);
	}

	/**
	 * Creates a control of a queue that is empty.
	 * @param settings how long something may wait
	 * @param pressure what is refused here and elsewhere
	 * @param now the time
	 */
	public SojournControl(SojournSettings settings, Pressure pressure, long now) {
		this.settings = settings;
		this.pressure = pressure;
		this.intervalStart = now;
		this.cold = settings.coldDepartures() > 0;
	}

	/**
	 * Says whether something that comes now can be served in time.
	 * @param waiting how many wait already
	 * @param now the time
	 * @return whether it may join the queue
	 */
	public synchronized boolean admits(int waiting, long now) {
		roll(now);
		if (this.cold || waiting * this.departureInterval <= maxAge()) {
			return true;
		}
		this.pressure.refused(now);
		return false;
	}

	/**
	 * Learns that something has left the queue because it had waited for too long.
	 * @param now the time
	 */
	public synchronized void expired(long now) {
		roll(now);
		this.pressure.refused(now);
	}

	/**
	 * Learns that something has left the queue to be served.
	 * @param age how long it had waited
	 * @param waiting how many still wait
	 * @param now the time
	 */
	public synchronized void departed(long age, int waiting, long now) {
		if (this.cold) {
			warmUp(age, now);
			return;
		}
		roll(now);
		this.pressure.served(now);
		this.minAge = Math.min(this.minAge, age);
		if (this.standing) {
			long interval = now - this.lastDeparture;
			this.departureInterval = (this.departureInterval == 0) ? interval
					: this.departureInterval + GAIN * (interval - this.departureInterval);
		}
		this.lastDeparture = now;
		this.standing = waiting > 0;
	}

	/**
	 * Returns how long something may wait now.
	 * @param now the time
	 * @return nanoseconds
	 */
	public synchronized long maxAgeNanos(long now) {
		roll(now);
		return maxAge();
	}

	/**
	 * Returns how long something that comes now will probably wait.
	 * @param waiting how many wait already
	 * @return nanoseconds; zero if that is not known
	 */
	public synchronized long expectedNanos(int waiting) {
		return (long) (waiting * this.departureInterval);
	}

	/**
	 * Returns whether the queue is overloaded.
	 * @param now the time
	 * @return whether it is
	 */
	public synchronized boolean isOverloaded(long now) {
		roll(now);
		return this.overloaded;
	}

	/*
	 * What has come meanwhile still waits for too long when the server is warm.
	 */
	private void warmUp(long age, long now) {
		this.coldDepartures++;
		this.coldNanos += Math.min(now - this.lastDeparture, USE_NANOS);
		this.lastDeparture = now;
		int few = this.settings.coldDepartures();
		boolean slow = age > this.settings.targetNanos() / 2 && this.coldNanos < MAX_COLD_NANOS;
		this.cold = this.coldDepartures < few || slow;
	}

	private long maxAge() {
		if (this.cold) {
			return Math.max(COLD_MAX_AGE_NANOS, this.settings.maxAgeNanos());
		}
		if (!this.overloaded) {
			return this.settings.maxAgeNanos();
		}
		double left = (double) this.settings.overloadedMaxAgeNanos() - IN_SERVICE_DEPARTURES * this.departureInterval;
		double bound = Math.max(left, this.departures * this.departureInterval);
		return Math.min((long) bound, this.settings.maxAgeNanos());
	}

	private static double departures(double refusedShare) {
		double logOfLoad = -StrictMath.log1p(-refusedShare);
		return Math.max(MIN_DEPARTURES, Math.min(MAX_DEPARTURES, LOG_OF_EMPTY / logOfLoad));
	}

	private void roll(long now) {
		long elapsed = now - this.intervalStart;
		if (elapsed < this.settings.intervalNanos()) {
			return;
		}
		if (this.minAge == Long.MAX_VALUE || elapsed >= 2 * this.settings.intervalNanos()) {
			// Nothing passed in a whole interval: what was learned is not true any more.
			this.overloaded = false;
			this.departureInterval = 0;
			this.standing = false;
		}
		else {
			boolean late = this.minAge > Math.max(this.settings.targetNanos(),
					(long) (TARGET_DEPARTURES * this.departureInterval));
			double refused = this.pressure.share(now);
			this.departures = departures(refused);
			this.overloaded = late || refused > (this.overloaded ? CALM_SHARE : OVERLOADED_SHARE);
		}
		this.minAge = Long.MAX_VALUE;
		this.intervalStart = now;
	}

}
