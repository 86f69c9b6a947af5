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

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.lang.Contract;

import io.support.connection.Address;
import io.support.connection.AddressSource;
import io.support.connection.AddressSources;
import io.support.connection.AddressTier;
import io.support.connection.GroupSettings;
import io.support.connection.dns.DnsSettings;

/**
 * Checks the properties that say where addresses come from, names the first one that
 * cannot be right, and makes settings of the others.
 */
final class AddressSourcesFactory {

	private static final String PREFIX = "support.connections.";

	private static final int DNS_PORT = 53;

	private final ConnectionsProperties properties;

	AddressSourcesFactory(ConnectionsProperties properties) {
		this.properties = properties;
	}

	AddressSources create(List<AddressSource> sources, Map<String, List<AddressTier>> configured) {
		int maxDynamicGroups = this.properties.getMaxDynamicGroups();
		require(maxDynamicGroups >= 0, "max-dynamic-groups", maxDynamicGroups,
				"it must not be negative; 0 makes no group of a name that is not configured");
		return new AddressSources(configured, sources, dns(), GroupSettingsFactory::unconfigured,
				sources.isEmpty() ? 0 : maxDynamicGroups);
	}

	Duration refreshInterval() {
		Duration interval = this.properties.getDiscovery().getRefreshInterval();
		requireDuration("discovery.refresh-interval", interval, "10s");
		return interval;
	}

	private @Nullable DnsSettings dns() {
		DnsProperties dns = this.properties.getDns();
		requireDuration("dns.query-timeout", dns.getQueryTimeout(), "5s");
		requireDuration("dns.min-ttl", dns.getMinTtl(), "1s");
		requireDuration("dns.max-ttl", dns.getMaxTtl(), "10m");
		require(dns.getMaxTtl().compareTo(dns.getMinTtl()) >= 0, "dns.max-ttl", dns.getMaxTtl(),
				"it must not be below " + PREFIX + "dns.min-ttl=" + dns.getMinTtl());
		require(dns.getMaxNames() > 0, "dns.max-names", dns.getMaxNames(), "it must be positive, for example 1000");
		List<InetSocketAddress> servers = servers(dns.getServers());
		return dns.isEnabled()
				? new DnsSettings(servers, dns.getQueryTimeout(), dns.getMinTtl(), dns.getMaxTtl(), dns.getMaxNames())
				: null;
	}

	private static List<InetSocketAddress> servers(List<String> values) {
		List<InetSocketAddress> servers = new ArrayList<>();
		for (String value : values) {
			InetSocketAddress server = server(value.strip());
			require(server != null, "dns.servers[" + servers.size() + "]", value,
					"a server is an IP address, with or without a port, as in 10.0.0.53, 10.0.0.53:5353 or [fd00::53]:5353");
			servers.add(server);
		}
		return servers;
	}

	private static @Nullable InetSocketAddress server(String value) {
		byte[] ip = NetUtil.createByteArrayFromIpAddressString(value);
		try {
			if (ip != null) {
				return new InetSocketAddress(InetAddress.getByAddress(ip), DNS_PORT);
			}
			Address address = Address.parse(value);
			ip = NetUtil.createByteArrayFromIpAddressString(address.host());
			return (ip != null) ? new InetSocketAddress(InetAddress.getByAddress(ip), address.port()) : null;
		}
		catch (IllegalArgumentException | UnknownHostException ex) {
			return null;
		}
	}

	private static void requireDuration(String property, Duration value, String example) {
		require(GroupSettings.isTimeout(value), property, value,
				"it must be a duration from 1ms to 24d, for example " + example);
	}

	@Contract("false, _, _, _ -> fail")
	private static void require(boolean condition, String property, @Nullable Object value, String reason) {
		if (!condition) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + property, value, reason);
		}
	}

}
