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

package io.support.benchmarks.load;

import java.net.URI;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * One run of the load generator.
 *
 * @param target what is asked for with GET; http, and a loopback address
 * @param arrivals how the requests are spread over the duration
 * @param ratePerSecond requests per second; unused in a closed loop
 * @param keepAlive whether connections are used again; otherwise every request has one of
 * its own
 * @param connections how many connections may be open at the same time; a request that
 * finds none free waits, and its latency counts from its intended time all the same
 * @param settle how long requests are sent before the first that is counted
 * @param duration how long requests are sent that are counted
 * @param deadline within which an answer is worth something, from the intended time
 * @param timeout how long a client waits for the answer once its request has been
 * started, and how long for a free connection; then it gives up
 * @param seed of the random times: equal plans have equal times
 * @param wave further requests, reported apart; {@code null} if there are none
 */
public record LoadPlan(URI target, Arrivals arrivals, double ratePerSecond, boolean keepAlive, int connections,
		Duration settle, Duration duration, Duration deadline, Duration timeout, long seed, @Nullable Wave wave) {

	/**
	 * How many requests one run may have.
	 */
	public static final int MAX_REQUESTS = 20_000_000;

	private static final int MAX_CLOSED_RATE = 100_000;

	private static final Duration PATIENCE = Duration.ofSeconds(1);

	/**
	 * Checks the values.
	 */
	public LoadPlan {
		check(!settle.isNegative(), "settle must not be negative", settle);
		check(!duration.isNegative() && !duration.isZero(), "duration must be positive", duration);
		check(!deadline.isNegative() && !deadline.isZero(), "deadline must be positive", deadline);
		check(!timeout.isNegative() && !timeout.isZero(), "timeout must be positive", timeout);
		check(connections > 0, "connections must be positive", connections);
		check(arrivals == Arrivals.CLOSED || ratePerSecond > 0, "ratePerSecond must be positive", ratePerSecond);
		check(wave == null || arrivals == Arrivals.POISSON, "a wave needs arrivals that are POISSON", arrivals);
		double requests = ratePerSecond * settle.plus(duration).toNanos() / 1e9
				+ ((wave != null) ? wave.requests() : 0);
		check(requests <= MAX_REQUESTS, "ratePerSecond times settle and duration must be at most " + MAX_REQUESTS,
				requests);
	}

	/**
	 * Returns an open-loop plan in which every request has a connection of its own. The
	 * arrivals are random, deadline and time-out are one second.
	 * @param target what is asked for
	 * @param ratePerSecond requests per second
	 * @param duration how long requests are due
	 * @return the plan
	 */
	public static LoadPlan open(URI target, double ratePerSecond, Duration duration) {
		return new LoadPlan(target, Arrivals.POISSON, ratePerSecond, false, Integer.MAX_VALUE, Duration.ZERO, duration,
				PATIENCE, PATIENCE, 1, null);
	}

	/**
	 * Returns a closed-loop plan in which every request has a connection of its own.
	 * @param target what is asked for
	 * @param connections how many requests are under way at the same time
	 * @param duration how long requests are sent
	 * @return the plan
	 */
	public static LoadPlan closed(URI target, int connections, Duration duration) {
		return new LoadPlan(target, Arrivals.CLOSED, 0, false, connections, Duration.ZERO, duration, PATIENCE, PATIENCE,
				1, null);
	}

	/**
	 * Returns this plan with connections that are used again.
	 * @param connections how many
	 * @return another plan
	 */
	public LoadPlan keptAlive(int connections) {
		return new LoadPlan(this.target, this.arrivals, this.ratePerSecond, true, connections, this.settle,
				this.duration, this.deadline, this.timeout, this.seed, this.wave);
	}

	/**
	 * Returns this plan with other arrivals.
	 * @param arrivals how the requests are spread over the duration
	 * @return another plan
	 */
	public LoadPlan arrivals(Arrivals arrivals) {
		return new LoadPlan(this.target, arrivals, this.ratePerSecond, this.keepAlive, this.connections, this.settle,
				this.duration, this.deadline, this.timeout, this.seed, this.wave);
	}

	/**
	 * Returns this plan with another patience.
	 * @param deadline within which an answer is worth something
	 * @param timeout after which a client gives up
	 * @return another plan
	 */
	public LoadPlan patience(Duration deadline, Duration timeout) {
		return new LoadPlan(this.target, this.arrivals, this.ratePerSecond, this.keepAlive, this.connections,
				this.settle, this.duration, deadline, timeout, this.seed, this.wave);
	}

	/**
	 * Returns this plan with a time before it that does not count: what is measured is
	 * how a server does under a load, not how it gets there.
	 * @param settle how long requests are sent before the first that is counted
	 * @return another plan
	 */
	public LoadPlan settle(Duration settle) {
		return new LoadPlan(this.target, this.arrivals, this.ratePerSecond, this.keepAlive, this.connections, settle,
				this.duration, this.deadline, this.timeout, this.seed, this.wave);
	}

	/**
	 * Returns this plan with other random times.
	 * @param seed of the random times
	 * @return another plan
	 */
	public LoadPlan seed(long seed) {
		return new LoadPlan(this.target, this.arrivals, this.ratePerSecond, this.keepAlive, this.connections,
				this.settle, this.duration, this.deadline, this.timeout, seed, this.wave);
	}

	/**
	 * Returns this plan with further requests, which are reported apart.
	 * @param wave the requests
	 * @return another plan
	 */
	public LoadPlan with(Wave wave) {
		return new LoadPlan(this.target, this.arrivals, this.ratePerSecond, this.keepAlive, this.connections,
				this.settle, this.duration, this.deadline, this.timeout, this.seed, wave);
	}

	int requests() {
		double rate = (this.arrivals != Arrivals.CLOSED) ? this.ratePerSecond : MAX_CLOSED_RATE;
		return (int) Math.min(MAX_REQUESTS, Math.round(rate * total().toNanos() / 1e9));
	}

	/**
	 * Returns how long requests are due, counted or not.
	 * @return the sum
	 */
	Duration total() {
		return this.settle.plus(this.duration);
	}

	private static void check(boolean valid, String rule, Object value) {
		if (!valid) {
			throw new IllegalArgumentException(rule + ", was: " + value);
		}
	}

}
