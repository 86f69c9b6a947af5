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
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.StringUtils;

import io.support.connection.Address;
import io.support.connection.AddressGroup;
import io.support.connection.GroupSettings;

/**
 * Checks the properties, names the first one that cannot be right, and makes settings of
 * the others.
 */
final class GroupSettingsFactory {

	private static final String PREFIX = "support.connections.";

	private static final String TIMEOUT = "it must be a duration from 1ms to 24d, for example 5s";

	private final ConnectionsProperties properties;

	private final Collection<String> bundles;

	/**
	 * Creates a factory.
	 * @param properties the properties
	 * @param bundles the names of the SSL bundles that there are
	 */
	GroupSettingsFactory(ConnectionsProperties properties, Collection<String> bundles) {
		this.properties = properties;
		this.bundles = bundles;
	}

	List<GroupSettings> groups() {
		List<GroupSettings> groups = new ArrayList<>();
		this.properties.getGroups().forEach((name, group) -> groups.add(group(name, group)));
		return groups;
	}

	Map<String, String> aliases() {
		Map<String, String> aliases = this.properties.getAliases();
		Set<String> groups = this.properties.getGroups().keySet();
		aliases.forEach((alias, group) -> {
			String property = PREFIX + "aliases." + alias;
			requireName(property, alias);
			require(groups.contains(group), property, group,
					"there is no such group; name one of " + groups + " or add support.connections.groups." + group);
			require(!groups.contains(alias), property, group,
					"'" + alias + "' is the name of a group; choose another alias");
		});
		return Map.copyOf(aliases);
	}

	private GroupSettings group(String name, ConnectionsProperties.Group group) {
		String prefix = PREFIX + "groups." + name + ".";
		requireName(PREFIX + "groups." + name, name);
		requireTimeout(prefix + "connect-timeout", group.getConnectTimeout());
		requireTimeout(prefix + "response-timeout", group.getResponseTimeout());
		require(group.getMaxConnectRetries() >= 0, prefix + "max-connect-retries", group.getMaxConnectRetries(),
				"it must not be negative; 0 tries one address of each tier");
		require(group.getMaxConnections() > 0, prefix + "max-connections", group.getMaxConnections(),
				"it must be positive, for example 800");
		return new GroupSettings(new AddressGroup(name, tiers(prefix, group)), group.getConnectTimeout(),
				group.getResponseTimeout(), group.getMaxConnectRetries(), markdown(prefix, group.getMarkdown()),
				group.getMaxConnections(), pool(prefix, group.getPool()), tls(prefix, group.getSsl()),
				group.getProtocol());
	}

	private GroupSettings.Tls tls(String prefix, ConnectionsProperties.Ssl ssl) {
		String bundle = StringUtils.hasText(ssl.getBundle()) ? ssl.getBundle() : null;
		require(bundle == null || this.bundles.contains(bundle), prefix + "ssl.bundle", bundle,
				"there is no such bundle; name one of " + this.bundles + " or add spring.ssl.bundle.pem." + bundle);
		requireTimeout(prefix + "ssl.handshake-timeout", ssl.getHandshakeTimeout());
		return new GroupSettings.Tls(bundle, ssl.getHandshakeTimeout());
	}

	private GroupSettings.Markdown markdown(String prefix, ConnectionsProperties.Markdown markdown) {
		requireTimeout(prefix + "markdown.duration", markdown.getDuration());
		require(markdown.getFailures() > 0, prefix + "markdown.failures", markdown.getFailures(),
				"it must be positive; set " + prefix + "markdown.enabled=false to mark nothing down");
		return new GroupSettings.Markdown(markdown.isEnabled(), markdown.getDuration(), markdown.getFailures());
	}

	private GroupSettings.Pool pool(String prefix, ConnectionsProperties.Pool pool) {
		require(pool.getMaxIdlePerAddress() >= 0, prefix + "pool.max-idle-per-address", pool.getMaxIdlePerAddress(),
				"it must not be negative; 0 keeps no connection");
		requireTimeout(prefix + "pool.max-idle-time", pool.getMaxIdleTime());
		return new GroupSettings.Pool(pool.getMaxIdlePerAddress(), pool.getMaxIdleTime());
	}

	private List<List<Address>> tiers(String prefix, ConnectionsProperties.Group group) {
		require(!group.getTiers().isEmpty(), prefix + "tiers", null,
				"a group needs at least one tier; add " + prefix + "tiers[0].addresses=10.0.0.1:8080");
		List<List<Address>> tiers = new ArrayList<>();
		Set<String> seen = new HashSet<>();
		for (ConnectionsProperties.Tier tier : group.getTiers()) {
			tiers.add(addresses(prefix + "tiers[" + tiers.size() + "].addresses", tier.getAddresses(), seen));
		}
		return tiers;
	}

	private List<Address> addresses(String property, List<String> values, Set<String> seen) {
		require(!values.isEmpty(), property, null, "a tier needs at least one address, for example 10.0.0.1:8080");
		List<Address> addresses = new ArrayList<>();
		for (String value : values) {
			String element = property + "[" + addresses.size() + "]";
			Address address = address(element, value);
			require(seen.add(address.toString()), element, value,
					"the group names this address twice; give it a weight instead, for example " + address
							+ ";weight=2");
			addresses.add(address);
		}
		return addresses;
	}

	private Address address(String property, String value) {
		try {
			return Address.parse(value);
		}
		catch (IllegalArgumentException ex) {
			// The value again: the analysis shows what another property source has for
			// the
			// element.
			throw new InvalidConfigurationPropertyValueException(property, value,
					"'" + value + "': " + ex.getMessage());
		}
	}

	private static void requireName(String property, String name) {
		require(AddressGroup.isName(name), property, name,
				"the name takes the place of a host in a URI: use lower-case letters, digits, dashes and dots, "
						+ "for example payments");
	}

	private static void requireTimeout(String property, Duration value) {
		require(GroupSettings.isTimeout(value), property, value, TIMEOUT);
	}

	private static void require(boolean condition, String property, @Nullable Object value, String reason) {
		if (!condition) {
			throw new InvalidConfigurationPropertyValueException(property, value, reason);
		}
	}

}
