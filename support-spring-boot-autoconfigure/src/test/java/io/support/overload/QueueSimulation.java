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
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;

/**
 * A queue with servers behind it and a {@link SojournControl} in front, in virtual time:
 * the same seed gives the same run. Arrivals do not wait for answers (open loop).
 */
final class QueueSimulation {

	private static final long SWEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

	private final SojournControl control;

	private final LongUnaryOperator serviceNanos;

	private final int servers;

	private final Deque<Long> queue = new ArrayDeque<>();

	private final PriorityQueue<Long> completions = new PriorityQueue<>();

	private final List<Long> ages = new ArrayList<>();

	private final List<Long> expiredAges = new ArrayList<>();

	private int refusedAtOnce;

	private long busyNanos;

	private int idleServers;

	/**
	 * Creates a simulation.
	 * @param settings the law's settings
	 * @param servers how many are served at the same time
	 * @param serviceNanos how long it takes to serve one, from the time when that begins
	 */
	QueueSimulation(SojournSettings settings, int servers, LongUnaryOperator serviceNanos) {
		this.control = new SojournControl(settings, 0);
		this.servers = servers;
		this.idleServers = servers;
		this.serviceNanos = serviceNanos;
	}

	/**
	 * Draws arrivals from a Poisson process.
	 */
	static long[] poisson(double perSecond, long fromNanos, long toNanos, Random random) {
		List<Long> arrivals = new ArrayList<>();
		double time = fromNanos;
		while (true) {
			time += -Math.log(1 - random.nextDouble()) / perSecond * TimeUnit.SECONDS.toNanos(1);
			if (time >= toNanos) {
				return arrivals.stream().mapToLong(Long::longValue).toArray();
			}
			arrivals.add((long) time);
		}
	}

	Result run(long... arrivals) {
		long[] sorted = arrivals.clone();
		Arrays.sort(sorted);
		long sweep = 0;
		int next = 0;
		while (next < sorted.length || !this.queue.isEmpty()) {
			long arrival = (next < sorted.length) ? sorted[next] : Long.MAX_VALUE;
			long completion = this.completions.isEmpty() ? Long.MAX_VALUE : this.completions.peek();
			long now = Math.min(Math.min(arrival, completion), this.queue.isEmpty() ? Long.MAX_VALUE : sweep);
			if (now == completion) {
				this.completions.poll();
				this.idleServers++;
			}
			else if (now == arrival) {
				next++;
				arrive(now);
			}
			expire(now);
			serve(now);
			if (now >= sweep) {
				sweep = now + SWEEP_NANOS;
			}
		}
		long end = this.completions.stream().mapToLong(Long::longValue).max().orElse(0);
		return new Result(sorted.length, this.refusedAtOnce, this.expiredAges, this.ages,
				(double) this.busyNanos / this.servers / Math.max(1, end - sorted[0]));
	}

	private void arrive(long now) {
		if (this.control.admits(this.queue.size(), now)) {
			this.queue.addLast(now);
		}
		else {
			this.refusedAtOnce++;
		}
	}

	private void expire(long now) {
		while (!this.queue.isEmpty() && now - this.queue.peekFirst() > this.control.maxAgeNanos(now)) {
			this.expiredAges.add(now - this.queue.pollFirst());
			this.control.expired(now);
		}
	}

	private void serve(long now) {
		while (this.idleServers > 0 && !this.queue.isEmpty()) {
			long arrived = this.queue.pollFirst();
			this.control.departed(now - arrived, this.queue.size(), now);
			this.ages.add(now - arrived);
			long service = this.serviceNanos.applyAsLong(now);
			this.busyNanos += service;
			this.completions.add(now + service);
			this.idleServers--;
		}
	}

	/**
	 * What became of the arrivals.
	 *
	 * @param arrivals how many there were
	 * @param refusedAtOnce how many were not let in
	 * @param expiredAges how long those waited that waited for nothing
	 * @param ages how long those waited that were served
	 * @param utilization how much of the servers' time went into serving
	 */
	record Result(int arrivals, int refusedAtOnce, List<Long> expiredAges, List<Long> ages, double utilization) {

		int refused() {
			return this.refusedAtOnce + this.expiredAges.size();
		}

		double refusedShare() {
			return (double) refused() / this.arrivals;
		}

		double agePercentileMillis(double percentile) {
			return percentile(this.ages, percentile);
		}

		double timeToRefusePercentileMillis(double percentile) {
			List<Long> times = new ArrayList<>(this.expiredAges);
			for (int i = 0; i < this.refusedAtOnce; i++) {
				times.add(0L);
			}
			return percentile(times, percentile);
		}

		private static double percentile(List<Long> values, double percentile) {
			long[] sorted = values.stream().mapToLong(Long::longValue).sorted().toArray();
			return (sorted.length == 0) ? 0 : sorted[(int) Math.ceil(percentile * sorted.length) - 1] / 1e6;
		}

	}

}
