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
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;

/**
 * A queue with servers behind it and a {@link SojournControl} in front, in virtual time:
 * the same seed gives the same run. Arrivals do not wait for answers (open loop).
 */
final class QueueSimulation {

	private static final long SWEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

	private final SojournControl control;

	private final LongUnaryOperator serviceNanos;

	private final int servers;

	private final Deque<Client> queue = new ArrayDeque<>();

	private final PriorityQueue<Client> arrivals = new PriorityQueue<>(Comparator.comparingLong(Client::at));

	private final PriorityQueue<Long> completions = new PriorityQueue<>();

	private final List<Long> ages = new ArrayList<>();

	private final List<Served> served = new ArrayList<>();

	private final List<Long> expiredAges = new ArrayList<>();

	private int retries;

	private int sent;

	private int refusedAtOnce;

	private long busyNanos;

	private int idleServers;

	private final Random random = new Random(3);

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
			time += -StrictMath.log(1 - random.nextDouble()) / perSecond * TimeUnit.SECONDS.toNanos(1);
			if (time >= toNanos) {
				return arrivals.stream().mapToLong(Long::longValue).toArray();
			}
			arrivals.add((long) time);
		}
	}

	/**
	 * Lets clients that are refused come again, within a few hundredths of a second.
	 * @param times how often at the most
	 * @return this simulation
	 */
	QueueSimulation retrying(int times) {
		this.retries = times;
		return this;
	}

	Result run(long... arrivals) {
		for (long arrival : arrivals) {
			this.arrivals.add(new Client(arrival, 0));
		}
		long start = this.arrivals.element().at;
		long sweep = 0;
		while (!this.arrivals.isEmpty() || !this.queue.isEmpty()) {
			long arrival = this.arrivals.isEmpty() ? Long.MAX_VALUE : this.arrivals.element().at;
			long completion = this.completions.isEmpty() ? Long.MAX_VALUE : this.completions.element();
			long now = Math.min(Math.min(arrival, completion), this.queue.isEmpty() ? Long.MAX_VALUE : sweep);
			if (now == completion) {
				this.completions.remove();
				this.idleServers++;
			}
			else if (now == arrival) {
				arrive(this.arrivals.remove(), now);
			}
			expire(now);
			serve(now);
			if (now >= sweep) {
				sweep = now + SWEEP_NANOS;
			}
		}
		long end = this.completions.stream().mapToLong(Long::longValue).max().orElse(0);
		return new Result(arrivals.length, this.sent, this.refusedAtOnce, this.expiredAges, this.ages, this.served,
				(double) this.busyNanos / this.servers / Math.max(1, end - start));
	}

	private void arrive(Client client, long now) {
		this.sent++;
		if (this.control.admits(this.queue.size(), now)) {
			this.queue.addLast(client);
		}
		else if (!comesAgain(client, now)) {
			this.refusedAtOnce++;
		}
	}

	private boolean comesAgain(Client client, long now) {
		if (client.retries == this.retries) {
			return false;
		}
		long wait = TimeUnit.MILLISECONDS.toNanos(10 + this.random.nextInt(50));
		this.arrivals.add(new Client(now + wait, client.retries + 1));
		return true;
	}

	private void expire(long now) {
		while (!this.queue.isEmpty() && now - this.queue.element().at > this.control.maxAgeNanos(now)) {
			Client client = this.queue.removeFirst();
			this.control.expired(now);
			if (!comesAgain(client, now)) {
				this.expiredAges.add(now - client.at);
			}
		}
	}

	private void serve(long now) {
		while (this.idleServers > 0 && !this.queue.isEmpty()) {
			long age = now - this.queue.removeFirst().at;
			this.control.departed(age, this.queue.size(), now);
			this.ages.add(age);
			long service = this.serviceNanos.applyAsLong(now);
			this.busyNanos += service;
			this.completions.add(now + service);
			this.served.add(new Served(now + service, age + service));
			this.idleServers--;
		}
	}

	/**
	 * Somebody who wants to be served.
	 *
	 * @param at when
	 * @param retries how often before
	 */
	private record Client(long at, int retries) {

	}

	/**
	 * Somebody who was.
	 *
	 * @param at when
	 * @param latencyNanos how long it took since the last try began
	 */
	record Served(long at, long latencyNanos) {

	}

	/**
	 * What became of the arrivals.
	 *
	 * @param arrivals how many there were
	 * @param sent how often they tried
	 * @param refusedAtOnce how many were not let in
	 * @param expiredAges how long those waited that waited for nothing
	 * @param ages how long those waited that were served
	 * @param served those that were served
	 * @param utilization how much of the servers' time went into serving
	 */
	record Result(int arrivals, int sent, int refusedAtOnce, List<Long> expiredAges, List<Long> ages,
			List<Served> served, double utilization) {

		double servedPerSecond(double fromSeconds, double toSeconds) {
			return between(fromSeconds, toSeconds).count() / (toSeconds - fromSeconds);
		}

		double latencyPercentileMillis(double percentile, double fromSeconds, double toSeconds) {
			return percentile(between(fromSeconds, toSeconds).map(Served::latencyNanos).toList(), percentile);
		}

		private Stream<Served> between(double fromSeconds, double toSeconds) {
			return this.served.stream().filter((one) -> one.at >= fromSeconds * 1e9 && one.at < toSeconds * 1e9);
		}

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
