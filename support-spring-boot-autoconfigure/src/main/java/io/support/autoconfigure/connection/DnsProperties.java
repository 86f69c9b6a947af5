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

package io.support.autoconfigure.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Resolution of names.
 */
public class DnsProperties {

	/**
	 * Whether host names stand for all of their addresses, and are resolved again in the
	 * background.
	 */
	private boolean enabled = true;

	/**
	 * Servers as address or address:port, instead of those of the operating system.
	 */
	private List<String> servers = new ArrayList<>();

	/**
	 * Maximum time for one server to answer one query.
	 */
	private Duration queryTimeout = Duration.ofSeconds(5);

	/**
	 * Minimum time to use an answer, even if it says less.
	 */
	private Duration minTtl = Duration.ofSeconds(1);

	/**
	 * Maximum time to use an answer before it is asked for again, even if it says more.
	 */
	private Duration maxTtl = Duration.ofMinutes(10);

	/**
	 * Maximum number of names that are known at the same time.
	 */
	private int maxNames = 1000;

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public List<String> getServers() {
		return this.servers;
	}

	public void setServers(List<String> servers) {
		this.servers = servers;
	}

	public Duration getQueryTimeout() {
		return this.queryTimeout;
	}

	public void setQueryTimeout(Duration queryTimeout) {
		this.queryTimeout = queryTimeout;
	}

	public Duration getMinTtl() {
		return this.minTtl;
	}

	public void setMinTtl(Duration minTtl) {
		this.minTtl = minTtl;
	}

	public Duration getMaxTtl() {
		return this.maxTtl;
	}

	public void setMaxTtl(Duration maxTtl) {
		this.maxTtl = maxTtl;
	}

	public int getMaxNames() {
		return this.maxNames;
	}

	public void setMaxNames(int maxNames) {
		this.maxNames = maxNames;
	}

}
