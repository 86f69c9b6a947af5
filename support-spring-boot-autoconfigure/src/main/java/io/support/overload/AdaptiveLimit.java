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

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Learns how many requests may be in flight in a system whose queues cannot be seen: a
 * database's, a remote service's, a processor's.
 * <p>
 * By Little's law a system that completes {@code X} requests a second, each of which
 * takes {@code B} without a queue, works on {@code X B} of them; whatever else is in
 * flight waits. {@code X} is counted. {@code B} cannot be seen from outside while there
 * is a queue, and to take the shortest or the mean latency for it is how limits of this
 * kind go wrong: it inflates under a standing queue, and the limit climbs for ever. So it
 * is measured, by experiment: when requests take longer than they used to, fewer are let
 * in for a moment. If as many as before are completed then there was a queue, and still
 * fewer are tried until that ends; what they take then is {@code B}. If the system
 * completes fewer in proportion it was only slower, and nothing is limited.
 * <p>
 * As long as there is no queue nobody is refused. While there is one the limit is
 * {@code X B}, a quarter more for the error of the measurement, and a few departures so
 * that the system never runs dry. It ends when nobody is refused for a while, and
 * {@code B} is measured again from time to time, the less often the more it was the same.
 * <p>
 * Of what is known, the estimate of the number in service is that of TCP BBR (Cardwell et
 * al., ACM Queue 2016), with its experiment to see the round trip without a queue; the
 * suspicion is that of TCP Vegas. Requests of different kinds share one limit: {@code X}
 * and {@code B} are means over all of them.
 * <p>
 * Thread-safe; every method costs some ten nanoseconds. All times are nanoseconds of one
 * clock.
 */
public final class AdaptiveLimit {

	/*
	 * As short as a queue has to be to be suspected, in departures.
	 */
	private static final int TARGET_DEPARTURES = 12;

	/*
	 * As small as a change of the latency has to be to mean something, as a share, and in
	 * standard errors of a mean of exponential times.
	 */
	private static final double CHANGE = 0.25;

	private static final double STANDARD_ERRORS = 3;

	private static final int SAMPLES = 32;

	/*
	 * A suspicion takes that many intervals, and twice as many samples: nothing is lost
	 * by being slow as long as the limit is not reached.
	 */
	private static final int CALM_INTERVALS = 3;

	/*
	 * Where an experiment with few in flight completes this share of what was completed
	 * before there is still a queue.
	 */
	private static final double SATURATED = 0.85;

	/*
	 * How many of those in service are left to it in an experiment.
	 */
	private static final double EXPERIMENT = 0.75;

	private static final int MIN_EXPERIMENT = 16;

	private static final int MAX_EXPERIMENT = 100;

	/*
	 * What takes longer is nothing that this can help: an experiment would refuse for
	 * seconds, and who waits for seconds is as a rule meant to wait.
	 */
	private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(2);

	private static final long MAX_MEASURING_NANOS = TimeUnit.SECONDS.toNanos(3);

	private static final long MAX_FLUSHING_NANOS = TimeUnit.SECONDS.toNanos(10);

	/*
	 * Intervals without a refusal, as good as, after which overload is over.
	 */
	private static final int HEALTHY_INTERVALS = 5;

	private static final double REFUSED_SHARE = 0.01;

	/*
	 * Where fewer are refused inside it is one kind of request among many, and the others
	 * are not to suffer for it.
	 */
	private static final double REFUSED_INSIDE_SHARE = 0.1;

	/*
	 * Intervals in which requests take far longer than they should under the limit, after
	 * which B is measured again.
	 */
	private static final int SLOW_INTERVALS = 4;

	private static final double LATENCY_MEMORY_NANOS = TimeUnit.SECONDS.toNanos(10);

	private static final long NEVER = Long.MIN_VALUE;

	private static final double RATE_GAIN = 0.25;

	private final AdaptiveLimitSettings settings;

	private final FlowMeter meter;

	private final UnqueuedLatency unqueued = new UnqueuedLatency();

	private Phase phase = Phase.CALM;

	private int limit;

	/*
	 * The limit to go back to when overload is over.
	 */
	private int calmLimit;

	/*
	 * What requests took while all was well; NaN before it is known.
	 */
	private double usualNanos = Double.NaN;

	private long refusingSince = NEVER;

	private int suspicions;

	private Flow suspect = new Flow(1, 0, 0, 0, 0);

	private boolean wasOverloaded;

	private double perNano;

	private int healthyIntervals;

	private int slowIntervals;

	/**
	 * Creates a limit of a system in which nothing is in flight.
	 * @param settings within which bounds it searches
	 * @param now the time
	 */
	public AdaptiveLimit(AdaptiveLimitSettings settings, long now) {
		this.settings = settings;
		this.meter = new FlowMeter(now);
		this.limit = settings.initial();
		this.calmLimit = settings.initial();
	}

	/**
	 * Lets a request in, or not.
	 * @param priority how much it matters
	 * @param now the time
	 * @return whether it is in flight from now on, until {@link #completed} or
	 * {@link #cancelled}
	 */
	public synchronized boolean tryAcquire(Priority priority, long now) {
		if (this.meter.inFlight() < limitOf(priority)) {
			this.meter.started(now);
			return true;
		}
		this.meter.refused();
		if (this.phase == Phase.FLUSHING || this.phase == Phase.MEASURING) {
			experimentGoesOn(now);
		}
		else if (Double.isNaN(this.usualNanos)) {
			refuseForNow(now);
		}
		return false;
	}

	/*
	 * Before anything is known, because too few have ended yet.
	 */
	private void refuseForNow(long now) {
		if (this.refusingSince == NEVER) {
			this.refusingSince = now;
		}
		else if (now - this.refusingSince > MAX_MEASURING_NANOS) {
			giveUp(now);
		}
	}

	private int limitOf(Priority priority) {
		return switch (priority) {
			case CRITICAL -> Math.min(2 * this.limit + UnqueuedLatency.QUEUE_DEPARTURES, this.settings.max());
			case NORMAL -> this.limit;
			case SHEDDABLE -> (this.phase == Phase.CALM) ? this.limit : this.limit / 2;
		};
	}

	/**
	 * Learns that a request has been served.
	 * @param now the time
	 */
	public synchronized void completed(long now) {
		this.meter.completed(now);
		switch (this.phase) {
			case CALM -> watchCalm(now);
			case OVERLOADED -> watchOverload(now);
			default -> experimentGoesOn(now);
		}
	}

	/**
	 * Learns that a request was let in for nothing: it was refused farther in, by a queue
	 * with a bound of its own. Where that becomes of many there is overload, though those
	 * that are served may not take long, and refusing here costs less.
	 * @param now the time
	 */
	public synchronized void refusedInside(long now) {
		this.meter.refusedInside(now);
	}

	/**
	 * Learns that a request is not in flight any more and says nothing about the system:
	 * its client has gone.
	 * @param now the time
	 */
	public synchronized void cancelled(long now) {
		this.meter.cancelled(now);
	}

	/**
	 * Returns what the limit is now.
	 * @return how many requests of normal priority may be in flight
	 */
	public synchronized int limit() {
		return this.limit;
	}

	/**
	 * Returns what the limit is now, and why.
	 * @return a copy
	 */
	public synchronized AdaptiveLimitSnapshot snapshot() {
		return new AdaptiveLimitSnapshot(this.meter.inFlight(), this.limit, this.phase.name().toLowerCase(Locale.ROOT),
				this.unqueued.isKnown() ? (long) this.unqueued.nanos() : 0, this.unqueued.measurements());
	}

	private void watchCalm(long now) {
		if (this.meter.elapsedNanos(now) < CALM_INTERVALS * this.settings.intervalNanos()
				|| this.meter.completed() < 2 * SAMPLES) {
			return;
		}
		Flow flow = this.meter.read(now);
		this.meter.restart(now);
		this.suspicions = isUsual(flow) ? 0 : this.suspicions + 1;
		boolean reached = flow.refusedShare() > 0 || flow.refusedInsideShare() > REFUSED_INSIDE_SHARE;
		if (!reached && this.suspicions < 2) {
			return;
		}
		this.suspicions = 0;
		this.suspect = flow;
		if (this.unqueued.isFresh(now)) {
			if (isQueued(flow)) {
				overload(flow.perNano());
				return;
			}
			if (!reached) {
				return;
			}
		}
		this.wasOverloaded = false;
		boolean flood = reached && !this.unqueued.isKnown();
		double unqueued = this.unqueued.isKnown() ? this.unqueued.nanos() : this.usualNanos;
		double guess = flood ? flow.inFlight() / 4
				: Math.min(flow.inFlight() / 2, EXPERIMENT * flow.perNano() * unqueued);
		experiment((int) Math.round(guess), now);
	}

	/*
	 * What is usual follows slowly, and only what is usual.
	 */
	private boolean isUsual(Flow flow) {
		double latency = flow.latencyNanos();
		if (Double.isNaN(this.usualNanos)) {
			this.usualNanos = latency;
		}
		double change = Math.max(CHANGE, STANDARD_ERRORS / Math.sqrt(flow.completed())) * this.usualNanos;
		double target = Math.max((double) this.settings.targetNanos(), TARGET_DEPARTURES / flow.perNano());
		if (latency > this.usualNanos + Math.max(change, target)) {
			return this.usualNanos > SLOW_NANOS;
		}
		this.usualNanos += Math.min(1, (double) flow.elapsedNanos() / LATENCY_MEMORY_NANOS)
				* (latency - this.usualNanos);
		return true;
	}

	private boolean isQueued(Flow flow) {
		return flow.inFlight() > this.unqueued.limitAt(flow.perNano());
	}

	private void experiment(int inFlight, long now) {
		this.limit = Math.max(1, inFlight);
		this.phase = Phase.FLUSHING;
		this.meter.restart(now);
		experimentGoesOn(now);
	}

	private void experimentGoesOn(long now) {
		long elapsed = this.meter.elapsedNanos(now);
		if (this.phase == Phase.FLUSHING) {
			if (this.meter.inFlight() <= this.limit) {
				this.phase = Phase.MEASURING;
				this.meter.restart(now);
			}
			else if (elapsed > MAX_FLUSHING_NANOS) {
				giveUp(now);
			}
			return;
		}
		int samples = Math.max(MIN_EXPERIMENT, Math.min(MAX_EXPERIMENT, 8 * this.limit));
		int completed = this.meter.completed();
		if (completed >= samples || (completed >= MIN_EXPERIMENT && elapsed > SLOW_NANOS)) {
			conclude(this.meter.read(now), now);
		}
		else if (elapsed > MAX_MEASURING_NANOS) {
			giveUp(now);
		}
	}

	/*
	 * It is too slow to be judged. What was known stays; where nothing was, nobody is
	 * refused for it.
	 */
	private void giveUp(long now) {
		if (this.wasOverloaded) {
			this.unqueued.confirm(now);
			this.meter.restart(now);
			overload(this.suspect.perNano());
			return;
		}
		this.usualNanos = Double.NaN;
		this.unqueued.forget();
		this.calmLimit = this.settings.max();
		calm(now);
	}

	private void conclude(Flow flow, long now) {
		boolean saturated = flow.perNano() > SATURATED * this.suspect.perNano();
		if (saturated && flow.refusedShare() > 0 && this.limit > 1) {
			experiment(this.limit / 2, now);
			return;
		}
		this.unqueued.learn(flow, now);
		this.usualNanos = this.unqueued.nanos();
		if (this.wasOverloaded || isQueued(this.suspect)) {
			this.meter.restart(now);
			overload(this.suspect.perNano());
			return;
		}
		if (this.suspect.refusedShare() > 0) {
			// It works on as many as it was given: it may be given more.
			this.calmLimit = (int) Math.min(this.settings.max(), 2L * this.calmLimit);
		}
		calm(now);
	}

	private void calm(long now) {
		this.phase = Phase.CALM;
		this.refusingSince = NEVER;
		this.limit = this.calmLimit;
		this.suspicions = 0;
		this.meter.restart(now);
	}

	private void overload(double perNano) {
		this.phase = Phase.OVERLOADED;
		this.perNano = perNano;
		this.healthyIntervals = 0;
		this.slowIntervals = 0;
		this.limit = bounded(this.unqueued.limitAt(perNano));
		this.calmLimit = Math.max(this.limit, Math.min(this.calmLimit, bounded(this.unqueued.calmLimitAt(perNano))));
	}

	private int bounded(double value) {
		return Math.min(this.settings.max(), (int) Math.ceil(value));
	}

	private void watchOverload(long now) {
		if (this.meter.elapsedNanos(now) < this.settings.intervalNanos() || this.meter.completed() < SAMPLES) {
			return;
		}
		Flow flow = this.meter.read(now);
		this.meter.restart(now);
		this.perNano += RATE_GAIN * (flow.perNano() - this.perNano);
		double latest = this.unqueued.limitAt(this.perNano);
		boolean healthy = flow.refusedShare() < REFUSED_SHARE && flow.refusedInsideShare() < REFUSED_INSIDE_SHARE;
		this.healthyIntervals = healthy ? this.healthyIntervals + 1 : 0;
		this.slowIntervals = (flow.inFlight() > 1.5 * this.unqueued.limitAt(flow.perNano())) ? this.slowIntervals + 1
				: 0;
		if (this.healthyIntervals >= HEALTHY_INTERVALS) {
			calm(now);
		}
		else if (this.slowIntervals >= SLOW_INTERVALS || this.unqueued.isDue(now)) {
			this.suspect = flow;
			this.wasOverloaded = true;
			experiment((int) Math.round(EXPERIMENT * this.unqueued.inService(flow.perNano())), now);
		}
		else {
			this.limit = bounded(latest);
		}
	}

	/**
	 * What the limit is doing.
	 */
	private enum Phase {

		/** Nobody waits for long. */
		CALM,

		/** An experiment is to begin when few enough are in flight. */
		FLUSHING,

		/** How many are completed with few in flight? */
		MEASURING,

		/** There is a queue, and the limit keeps it short. */
		OVERLOADED

	}

}
