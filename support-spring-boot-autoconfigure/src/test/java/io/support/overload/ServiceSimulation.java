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

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleUnaryOperator;

/**
 * A service in virtual time whose queue its callers cannot see: some servers behind one
 * queue without a bound, an {@link AdaptiveLimit} before it, and clients of an open loop
 * that wait for a second and try again when they are refused.
 */
final class ServiceSimulation {

	private static final double PATIENCE = 1;

	private final int servers;

	private final ServiceTime serviceTime;

	private final AdaptiveLimit limit;

	private final int retries;

	private final Random random = new Random(7);

	private final PriorityQueue<Event> events = new PriorityQueue<>();

	private final Deque<Call> queue = new ArrayDeque<>();

	private int room = Integer.MAX_VALUE;

	private int idle;

	private long order;

	private final Result result = new Result();

	/**
	 * Creates a simulation.
	 * @param limit the limit
	 * @param servers how many are served at the same time
	 * @param retries how often a refused client comes again
	 * @param serviceTime how long it takes to serve one
	 */
	ServiceSimulation(AdaptiveLimit limit, int servers, int retries, ServiceTime serviceTime) {
		this.limit = limit;
		this.servers = servers;
		this.idle = servers;
		this.retries = retries;
		this.serviceTime = serviceTime;
	}

	/**
	 * Bounds the queue: what finds it full is refused inside.
	 * @param room how many may wait
	 * @return this simulation
	 */
	ServiceSimulation bounded(int room) {
		this.room = room;
		return this;
	}

	static ServiceTime constant(double seconds) {
		return (random, now) -> seconds;
	}

	static ServiceTime exponential(double mean) {
		return (random, now) -> -StrictMath.log(1 - random.nextDouble()) * mean;
	}

	/**
	 * The logarithm is normal with a standard deviation of one.
	 */
	static ServiceTime logNormal(double mean) {
		return (random, now) -> StrictMath.exp(random.nextGaussian() - 0.5) * mean;
	}

	/**
	 * Four of five are answered in a millisecond.
	 */
	static ServiceTime mostlyCached(double miss) {
		return (random, now) -> (random.nextDouble() < 0.8) ? 0.001 : miss;
	}

	/**
	 * Runs until the last has been answered.
	 * @param perSecond the rate of arrivals at a time in seconds
	 * @param seconds how long clients come
	 * @return what became of them
	 */
	Result run(DoubleUnaryOperator perSecond, double seconds) {
		add(0, Kind.CLIENT, null);
		while (!this.events.isEmpty()) {
			Event event = this.events.poll();
			double now = event.at;
			switch (event.kind) {
				case CLIENT -> {
					double next = now + exponential(1 / perSecond.applyAsDouble(now)).seconds(this.random, now);
					if (next < seconds) {
						add(next, Kind.CLIENT, null);
					}
					this.result.offered++;
					call(new Call(now), now);
				}
				case RETRY -> call(event.call, now);
				case ANSWER -> answered(event.call, now);
			}
			serve(now);
		}
		return this.result;
	}

	private void call(Call call, double now) {
		call.startedAt = now;
		this.result.sent++;
		if (this.limit.tryAcquire(Priority.NORMAL, nanos(now))) {
			if (this.idle == 0 && this.queue.size() >= this.room) {
				this.limit.refusedInside(nanos(now));
				this.result.refusedInside++;
			}
			else {
				this.queue.addLast(call);
			}
		}
		else if (call.tries++ < this.retries) {
			add(now + 0.01 + 0.05 * this.random.nextDouble(), Kind.RETRY, call);
		}
		else {
			this.result.refused++;
		}
		this.result.sample(now, this.queue.size() + this.servers - this.idle);
	}

	private void serve(double now) {
		while (this.idle > 0 && !this.queue.isEmpty()) {
			this.idle--;
			add(now + this.serviceTime.seconds(this.random, now), Kind.ANSWER, this.queue.pollFirst());
		}
	}

	private void answered(Call call, double now) {
		this.idle++;
		this.limit.completed(nanos(now));
		if (now - call.firstAt <= PATIENCE) {
			this.result.good.add(new Answer(now, now - call.startedAt));
		}
		else {
			this.result.late++;
		}
	}

	private void add(double at, Kind kind, Call call) {
		this.events.add(new Event(at, this.order++, kind, call));
	}

	private static long nanos(double seconds) {
		return (long) (seconds * TimeUnit.SECONDS.toNanos(1));
	}

	/**
	 * How long it takes to serve one.
	 */
	interface ServiceTime {

		double seconds(Random random, double now);

	}

	private enum Kind {

		CLIENT, RETRY, ANSWER

	}

	private record Event(double at, long order, Kind kind, Call call) implements Comparable<Event> {

		@Override
		public int compareTo(Event other) {
			int time = Double.compare(this.at, other.at);
			return (time != 0) ? time : Long.compare(this.order, other.order);
		}

	}

	private static final class Call {

		private final double firstAt;

		private double startedAt;

		private int tries;

		private Call(double firstAt) {
			this.firstAt = firstAt;
		}

	}

	/**
	 * An answer that came in time.
	 *
	 * @param at when
	 * @param seconds how long it took
	 */
	record Answer(double at, double seconds) {

	}

	/**
	 * What became of the clients.
	 */
	static final class Result {

		private final List<Answer> good = new ArrayList<>();

		private int offered;

		private int sent;

		private int refused;

		private int late;

		private int refusedInside;

		/** The last seen in each tenth of a second. */
		private final List<Integer> inFlight = new ArrayList<>();

		double refusedShare() {
			return (double) this.refused / this.offered;
		}

		double refusedInsideShare() {
			return (double) this.refusedInside / this.offered;
		}

		int late() {
			return this.late;
		}

		private void sample(double now, int value) {
			int tenth = (int) (now * 10);
			while (this.inFlight.size() < tenth) {
				this.inFlight.add(inFlightAt(now));
			}
			if (this.inFlight.size() == tenth) {
				this.inFlight.add(value);
			}
			else {
				this.inFlight.set(tenth, value);
			}
		}

		int inFlightAt(double seconds) {
			int tenth = Math.min((int) (seconds * 10), this.inFlight.size() - 1);
			return (tenth < 0) ? 0 : this.inFlight.get(tenth);
		}

		double sentPerClient() {
			return (double) this.sent / this.offered;
		}

		/**
		 * Returns the rate of answers that came in time.
		 */
		double goodPerSecond(double from, double to) {
			return this.good.stream().filter((answer) -> answer.at >= from && answer.at < to).count() / (to - from);
		}

		double percentileMillis(double percentile, double from, double to) {
			double[] sorted = this.good.stream()
				.filter((answer) -> answer.at >= from && answer.at < to)
				.mapToDouble(Answer::seconds)
				.sorted()
				.toArray();
			return sorted[(int) Math.ceil(percentile * sorted.length) - 1] * 1000;
		}

	}

}
