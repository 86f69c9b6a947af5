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

package io.support.connection;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How the addresses of a group are connected to, for how long one is left alone, and when
 * a request is sent to a second one.
 *
 * @param group the group
 * @param connectTimeout how long connecting to one IP address may take
 * @param connectAttemptDelay how long it may take before the next address is tried
 * meanwhile; 0 for never
 * @param responseTimeout how long the peer may be silent while a response is expected
 * @param maxConnectRetries how many more addresses of a tier are tried after the first,
 * not negative
 * @param markdown when an address is left alone
 * @param maxConnections how many connections the group may have, idle ones included
 * @param pool which idle connections are kept
 * @param retryBudget how many requests may be sent more than once
 * @param hedge when a request is sent to another address while the first is silent
 * @param outlier when an address is left out because it is slower than the others
 * @param tls what TLS to the group is like
 * @param protocol what is spoken to the group
 */
public record GroupSettings(AddressGroup group, Duration connectTimeout, Duration connectAttemptDelay,
		Duration responseTimeout, int maxConnectRetries, Markdown markdown, int maxConnections, Pool pool,
		RetryBudget retryBudget, Hedge hedge, Outlier outlier, Tls tls, Protocol protocol) {

	/**
	 * Creates the settings of a group.
	 * @param group the group
	 * @param connectTimeout how long connecting to one IP address may take
	 * @param connectAttemptDelay how long it may take before the next address is tried
	 * meanwhile
	 * @param responseTimeout how long the peer may be silent
	 * @param maxConnectRetries how many more addresses of a tier are tried
	 * @param markdown when an address is left alone
	 * @param maxConnections how many connections the group may have
	 * @param pool which idle connections are kept
	 * @param retryBudget how many requests may be sent more than once
	 * @param hedge when a request is sent to another address while the first is silent
	 * @param outlier when an address is left out because it is slower than the others
	 * @param tls what TLS to the group is like
	 * @param protocol what is spoken to the group
	 * @throws IllegalArgumentException if a value is out of its range
	 */
	public GroupSettings {
		require(isTimeout(connectTimeout), "connect-timeout must be 1ms to 24 days, was: " + connectTimeout);
		require(connectAttemptDelay.isZero() || isTimeout(connectAttemptDelay),
				"connect-attempt-delay must be 0 or 1ms to 24 days, was: " + connectAttemptDelay);
		require(isTimeout(responseTimeout), "response-timeout must be 1ms to 24 days, was: " + responseTimeout);
		require(maxConnectRetries >= 0, "max-connect-retries must not be negative, was: " + maxConnectRetries);
		require(maxConnections > 0, "max-connections must be positive, was: " + maxConnections);
	}

	/**
	 * Says whether a duration can be used as a timeout.
	 * @param timeout the duration
	 * @return whether it is positive and its milliseconds fit an {@code int}, which is
	 * how Netty keeps it
	 */
	public static boolean isTimeout(Duration timeout) {
		return timeout.compareTo(Duration.ofMillis(1)) >= 0
				&& timeout.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) <= 0;
	}

	private static void require(boolean condition, String message) {
		if (!condition) {
			throw new IllegalArgumentException(message);
		}
	}

	/**
	 * When an address is left alone.
	 *
	 * @param enabled whether it ever is
	 * @param duration for how long
	 * @param failures after how many failures in a row
	 */
	public record Markdown(boolean enabled, Duration duration, int failures) {

		/**
		 * Creates the settings of the markdown.
		 * @param enabled whether an address ever is left alone
		 * @param duration for how long
		 * @param failures after how many failures in a row
		 * @throws IllegalArgumentException if a value is out of its range
		 */
		public Markdown {
			require(isTimeout(duration), "markdown.duration must be 1ms to 24 days, was: " + duration);
			require(failures > 0, "markdown.failures must be positive, was: " + failures);
		}

	}

	/**
	 * Which idle connections are kept.
	 *
	 * @param maxIdlePerAddress how many for one address, not negative
	 * @param maxIdleTime for how long one may be idle and still be used
	 */
	public record Pool(int maxIdlePerAddress, Duration maxIdleTime) {

		/**
		 * Creates the settings of the pools.
		 * @param maxIdlePerAddress how many idle connections are kept for one address
		 * @param maxIdleTime for how long one may be idle and still be used
		 * @throws IllegalArgumentException if a value is out of its range
		 */
		public Pool {
			require(maxIdlePerAddress >= 0,
					"pool.max-idle-per-address must not be negative, was: " + maxIdlePerAddress);
			require(isTimeout(maxIdleTime), "pool.max-idle-time must be 1ms to 24 days, was: " + maxIdleTime);
		}

	}

	/**
	 * How many requests may be sent more than once, to whatever address.
	 *
	 * @param ratio how many more requests there may be for each one, 0 to 100
	 * @param minPerSecond how many more there may be in a second in any case, not
	 * negative
	 */
	public record RetryBudget(double ratio, int minPerSecond) {

		/**
		 * Creates the settings of the budget.
		 * @param ratio how many more requests there may be for each one
		 * @param minPerSecond how many more there may be in a second in any case
		 * @throws IllegalArgumentException if a value is out of its range
		 */
		public RetryBudget {
			require(ratio >= 0 && ratio <= 100, "retry-budget.ratio must be 0 to 100, was: " + ratio);
			require(minPerSecond >= 0, "retry-budget.min-per-second must not be negative, was: " + minPerSecond);
		}

	}

	/**
	 * When a request is sent to another address while those that have it are silent.
	 *
	 * @param enabled whether it ever is
	 * @param delays how long after the beginning of the request, for each further
	 * address; ascending
	 */
	public record Hedge(boolean enabled, List<Duration> delays) {

		/**
		 * Creates the settings of hedging.
		 * @param enabled whether a request ever is sent to several addresses
		 * @param delays how long after the beginning of the request
		 * @throws IllegalArgumentException if a delay is out of its range, or not longer
		 * than the one before
		 */
		public Hedge {
			delays = List.copyOf(delays);
			require(areDelays(delays),
					"hedge.delays must be 1ms to 24 days, each longer than the one before, were: " + delays);
		}

		/**
		 * Says whether durations can be used as delays.
		 * @param delays the durations
		 * @return whether there is one at least, and each is a timeout and longer than
		 * the one before
		 */
		public static boolean areDelays(List<Duration> delays) {
			Duration before = Duration.ZERO;
			for (Duration delay : delays) {
				if (!isTimeout(delay) || delay.compareTo(before) <= 0) {
					return false;
				}
				before = delay;
			}
			return !delays.isEmpty();
		}

	}

	/**
	 * When an address is left out because it answers much later than the others of its
	 * tier.
	 *
	 * @param enabled whether it ever is
	 * @param factor how many times as long as the others it must take, above 1
	 * @param minRequests how often an address must have answered within an interval to be
	 * compared
	 * @param minLatency an address that takes less is never left out, not negative
	 * @param interval how often the addresses are compared
	 * @param baseEjectionTime for how long one is left out the first time; twice as long
	 * the second time, and so on, ten times at most
	 */
	public record Outlier(boolean enabled, double factor, int minRequests, Duration minLatency, Duration interval,
			Duration baseEjectionTime) {

		/**
		 * Creates the settings of the detection.
		 * @param enabled whether an address ever is left out
		 * @param factor how many times as long as the others it must take
		 * @param minRequests how often an address must have answered within an interval
		 * @param minLatency an address that takes less is never left out
		 * @param interval how often the addresses are compared
		 * @param baseEjectionTime for how long one is left out the first time
		 * @throws IllegalArgumentException if a value is out of its range
		 */
		public Outlier {
			require(factor > 1 && factor <= 1000, "outlier.factor must be above 1 and at most 1000, was: " + factor);
			require(minRequests > 0, "outlier.min-requests must be positive, was: " + minRequests);
			require(minLatency.isZero() || isTimeout(minLatency),
					"outlier.min-latency must be 0 or 1ms to 24 days, was: " + minLatency);
			require(isTimeout(interval), "outlier.interval must be 1ms to 24 days, was: " + interval);
			require(isTimeout(baseEjectionTime),
					"outlier.base-ejection-time must be 1ms to 24 days, was: " + baseEjectionTime);
		}

	}

	/**
	 * What TLS to the group is like. Whether a connection uses TLS is said by the scheme
	 * of the URI.
	 *
	 * @param bundle the name of the bundle with the keys and the trusted certificates;
	 * {@code null} for those of the application's stock client
	 * @param handshakeTimeout how long a handshake may take
	 */
	public record Tls(@Nullable String bundle, Duration handshakeTimeout) {

		/**
		 * Creates the settings of TLS.
		 * @param bundle the name of the bundle, or {@code null}
		 * @param handshakeTimeout how long a handshake may take
		 * @throws IllegalArgumentException if a value is out of its range
		 */
		public Tls {
			require(isTimeout(handshakeTimeout),
					"ssl.handshake-timeout must be 1ms to 24 days, was: " + handshakeTimeout);
		}

	}

}
