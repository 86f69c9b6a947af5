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

package io.support.connection.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * How DNS is asked, and for how long its answers are used.
 *
 * @param servers the servers, in the order in which they are asked; those of the
 * operating system if there are none
 * @param queryTimeout how long one server may take to answer one query, at least 1 ms
 * @param minTtl for how long an answer is used at least, positive
 * @param maxTtl for how long an answer is used at most until it is asked for again, not
 * below {@code minTtl}
 * @param maxNames how many names may be known at the same time, positive
 */
public record DnsSettings(List<InetSocketAddress> servers, Duration queryTimeout, Duration minTtl, Duration maxTtl,
		int maxNames) {

	/**
	 * Creates settings.
	 * @param servers the servers
	 * @param queryTimeout how long one server may take to answer one query
	 * @param minTtl for how long an answer is used at least
	 * @param maxTtl for how long an answer is used at most
	 * @param maxNames how many names may be known at the same time
	 * @throws IllegalArgumentException if a value is out of its range
	 */
	public DnsSettings {
		servers = List.copyOf(servers);
		require(queryTimeout.toMillis() > 0, "dns.query-timeout must be at least 1ms, was: " + queryTimeout);
		require(minTtl.toMillis() > 0, "dns.min-ttl must be at least 1ms, was: " + minTtl);
		require(maxTtl.compareTo(minTtl) >= 0, "dns.max-ttl must not be below dns.min-ttl, was: " + maxTtl);
		require(maxNames > 0, "dns.max-names must be positive, was: " + maxNames);
	}

	private static void require(boolean condition, String message) {
		if (!condition) {
			throw new IllegalArgumentException(message);
		}
	}

	/**
	 * Returns for how long an answer is used until it is asked for again.
	 * @param seconds its time to live, as DNS says
	 * @return the time to live, within the bounds
	 */
	Duration timeToLive(long seconds) {
		Duration ttl = Duration.ofSeconds(seconds);
		if (ttl.compareTo(this.minTtl) < 0) {
			return this.minTtl;
		}
		return (ttl.compareTo(this.maxTtl) > 0) ? this.maxTtl : ttl;
	}

}
