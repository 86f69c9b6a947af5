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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

import io.support.connection.Protocol;

/**
 * Which names stand for which addresses, and how these are connected to.
 */
@ConfigurationProperties("support.connections")
public class ConnectionsProperties {

	/**
	 * Whether groups of addresses can be used by name.
	 */
	private boolean enabled = true;

	/**
	 * More names for groups, from the alias to the name of its group.
	 */
	private Map<String, String> aliases = new LinkedHashMap<>();

	/**
	 * Groups of addresses, by the name that takes the host's place in a URI.
	 */
	private Map<String, Group> groups = new LinkedHashMap<>();

	/**
	 * Maximum number of connections of all groups together, idle ones included; 80 % of
	 * the files that the process may open unless set.
	 */
	private @Nullable Integer maxConnections;

	/**
	 * Maximum number of open groups that only a source of addresses knows; 0 for none.
	 */
	private int maxDynamicGroups = 256;

	/**
	 * Resolution of the names among the addresses.
	 */
	@NestedConfigurationProperty
	private final DnsProperties dns = new DnsProperties();

	/**
	 * Addresses from Spring Cloud's discovery clients.
	 */
	private final Discovery discovery = new Discovery();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public Map<String, String> getAliases() {
		return this.aliases;
	}

	public void setAliases(Map<String, String> aliases) {
		this.aliases = aliases;
	}

	public Map<String, Group> getGroups() {
		return this.groups;
	}

	public void setGroups(Map<String, Group> groups) {
		this.groups = groups;
	}

	public @Nullable Integer getMaxConnections() {
		return this.maxConnections;
	}

	public void setMaxConnections(@Nullable Integer maxConnections) {
		this.maxConnections = maxConnections;
	}

	public int getMaxDynamicGroups() {
		return this.maxDynamicGroups;
	}

	public void setMaxDynamicGroups(int maxDynamicGroups) {
		this.maxDynamicGroups = maxDynamicGroups;
	}

	public DnsProperties getDns() {
		return this.dns;
	}

	public Discovery getDiscovery() {
		return this.discovery;
	}

	/**
	 * One group.
	 */
	@ConfigurationPropertiesSource
	public static class Group {

		/**
		 * Addresses in the order of preference: a tier is used when the one before it is
		 * exhausted; without any, a source of addresses is asked.
		 */
		private List<Tier> tiers = new ArrayList<>();

		/**
		 * Maximum time to connect to one IP address.
		 */
		private Duration connectTimeout = Duration.ofSeconds(5);

		/**
		 * Time after which the next address is tried while a connection is still being
		 * opened, more if connecting usually takes longer; 0 for never.
		 */
		private Duration connectAttemptDelay = Duration.ofMillis(50);

		/**
		 * Maximum time that the peer may be silent while a response is expected.
		 */
		private Duration responseTimeout = Duration.ofSeconds(30);

		/**
		 * Number of further addresses of a tier that a request tries after the first.
		 */
		private int maxConnectRetries = 1;

		/**
		 * Leaving alone of addresses that failed.
		 */
		private final Markdown markdown = new Markdown();

		/**
		 * Maximum number of connections of the group, idle ones included.
		 */
		private int maxConnections = 800;

		/**
		 * Idle connections.
		 */
		private final Pool pool = new Pool();

		/**
		 * Limit of requests that are sent more than once.
		 */
		@NestedConfigurationProperty
		private final RetryBudgetProperties retryBudget = new RetryBudgetProperties();

		/**
		 * Sending to another address while the first is silent.
		 */
		@NestedConfigurationProperty
		private final HedgeProperties hedge = new HedgeProperties();

		/**
		 * Leaving out of addresses that answer much later than the others.
		 */
		@NestedConfigurationProperty
		private final OutlierProperties outlier = new OutlierProperties();

		/**
		 * TLS, which is used where a URI says https, and by raw connections with a
		 * bundle.
		 */
		@NestedConfigurationProperty
		private final GroupSslProperties ssl = new GroupSslProperties();

		/**
		 * Protocol that is spoken to the group: HTTP/1.1, HTTP/2 through TLS, or HTTP/2
		 * without TLS.
		 */
		private Protocol protocol = Protocol.HTTP1;

		public List<Tier> getTiers() {
			return this.tiers;
		}

		public void setTiers(List<Tier> tiers) {
			this.tiers = tiers;
		}

		public Duration getConnectTimeout() {
			return this.connectTimeout;
		}

		public void setConnectTimeout(Duration connectTimeout) {
			this.connectTimeout = connectTimeout;
		}

		public Duration getConnectAttemptDelay() {
			return this.connectAttemptDelay;
		}

		public void setConnectAttemptDelay(Duration connectAttemptDelay) {
			this.connectAttemptDelay = connectAttemptDelay;
		}

		public Duration getResponseTimeout() {
			return this.responseTimeout;
		}

		public void setResponseTimeout(Duration responseTimeout) {
			this.responseTimeout = responseTimeout;
		}

		public int getMaxConnectRetries() {
			return this.maxConnectRetries;
		}

		public void setMaxConnectRetries(int maxConnectRetries) {
			this.maxConnectRetries = maxConnectRetries;
		}

		public Markdown getMarkdown() {
			return this.markdown;
		}

		public int getMaxConnections() {
			return this.maxConnections;
		}

		public void setMaxConnections(int maxConnections) {
			this.maxConnections = maxConnections;
		}

		public Pool getPool() {
			return this.pool;
		}

		public RetryBudgetProperties getRetryBudget() {
			return this.retryBudget;
		}

		public HedgeProperties getHedge() {
			return this.hedge;
		}

		public OutlierProperties getOutlier() {
			return this.outlier;
		}

		public GroupSslProperties getSsl() {
			return this.ssl;
		}

		public Protocol getProtocol() {
			return this.protocol;
		}

		public void setProtocol(Protocol protocol) {
			this.protocol = protocol;
		}

	}

	/**
	 * Addresses among which requests are distributed.
	 */
	@ConfigurationPropertiesSource
	public static class Tier {

		/**
		 * Addresses as host:port or host:port;weight=n, an IPv6 address in brackets; or
		 * srv: and the name of a service in DNS, alone.
		 */
		private List<String> addresses = new ArrayList<>();

		public List<String> getAddresses() {
			return this.addresses;
		}

		public void setAddresses(List<String> addresses) {
			this.addresses = addresses;
		}

	}

	/**
	 * When an address is left alone.
	 */
	public static class Markdown {

		/**
		 * Whether an address that failed is left alone; the last one that is up never is.
		 */
		private boolean enabled = true;

		/**
		 * Time after which an address that was marked down is tried again.
		 */
		private Duration duration = Duration.ofSeconds(10);

		/**
		 * Number of failures in a row after which an address is marked down.
		 */
		private int failures = 1;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public Duration getDuration() {
			return this.duration;
		}

		public void setDuration(Duration duration) {
			this.duration = duration;
		}

		public int getFailures() {
			return this.failures;
		}

		public void setFailures(int failures) {
			this.failures = failures;
		}

	}

	/**
	 * Idle connections.
	 */
	public static class Pool {

		/**
		 * Maximum number of idle connections to one address.
		 */
		private int maxIdlePerAddress = 50;

		/**
		 * Maximum time that a connection may be idle and still be used.
		 */
		private Duration maxIdleTime = Duration.ofSeconds(3);

		public int getMaxIdlePerAddress() {
			return this.maxIdlePerAddress;
		}

		public void setMaxIdlePerAddress(int maxIdlePerAddress) {
			this.maxIdlePerAddress = maxIdlePerAddress;
		}

		public Duration getMaxIdleTime() {
			return this.maxIdleTime;
		}

		public void setMaxIdleTime(Duration maxIdleTime) {
			this.maxIdleTime = maxIdleTime;
		}

	}

	/**
	 * Addresses from discovery clients.
	 */
	public static class Discovery {

		/**
		 * Whether services that a discovery client knows are groups.
		 */
		private boolean enabled = true;

		/**
		 * Time after which a discovery client is asked again.
		 */
		private Duration refreshInterval = Duration.ofSeconds(10);

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public Duration getRefreshInterval() {
			return this.refreshInterval;
		}

		public void setRefreshInterval(Duration refreshInterval) {
			this.refreshInterval = refreshInterval;
		}

	}

}
