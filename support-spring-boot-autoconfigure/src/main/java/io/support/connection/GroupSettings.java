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

import org.jspecify.annotations.Nullable;

/**
 * How the addresses of a group are connected to, and for how long one is left alone.
 *
 * @param group the group
 * @param connectTimeout how long connecting to one IP address may take
 * @param responseTimeout how long the peer may be silent while a response is expected
 * @param maxConnectRetries how many more addresses of a tier are tried after the first,
 * not negative
 * @param markdown when an address is left alone
 * @param maxConnections how many connections the group may have, idle ones included
 * @param pool which idle connections are kept
 * @param tls what TLS to the group is like
 * @param protocol what is spoken to the group
 */
public record GroupSettings(AddressGroup group, Duration connectTimeout, Duration responseTimeout,
		int maxConnectRetries, Markdown markdown, int maxConnections, Pool pool, Tls tls, Protocol protocol) {

	/**
	 * Creates the settings of a group.
	 * @param group the group
	 * @param connectTimeout how long connecting to one IP address may take
	 * @param responseTimeout how long the peer may be silent
	 * @param maxConnectRetries how many more addresses of a tier are tried
	 * @param markdown when an address is left alone
	 * @param maxConnections how many connections the group may have
	 * @param pool which idle connections are kept
	 * @param tls what TLS to the group is like
	 * @param protocol what is spoken to the group
	 * @throws IllegalArgumentException if a value is out of its range
	 */
	public GroupSettings {
		require(isTimeout(connectTimeout), "connect-timeout must be 1ms to 24 days, was: " + connectTimeout);
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
