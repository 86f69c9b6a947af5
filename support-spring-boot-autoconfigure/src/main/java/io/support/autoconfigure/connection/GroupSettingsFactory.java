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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.StringUtils;

import io.support.connection.Address;
import io.support.connection.AddressGroup;
import io.support.connection.AddressTier;
import io.support.connection.GroupSettings;

/**
 * Checks the properties of groups, names the first one that cannot be right, and makes
 * settings of the others.
 */
final class GroupSettingsFactory {

	private static final String PREFIX = "support.connections.";

	private static final String TIMEOUT = "it must be a duration from 1ms to 24d, for example 5s";

	private final ConnectionsProperties properties;

	private final boolean hasSources;

	private final @Nullable Collection<String> bundles;

	private final Map<String, List<AddressTier>> withServices = new LinkedHashMap<>();

	/**
	 * Creates a factory.
	 * @param properties what is checked
	 * @param hasSources whether a group may be without addresses, because a source is
	 * asked for them
	 * @param bundles the names of the SSL bundles that there are; {@code null} where that
	 * is not known
	 */
	GroupSettingsFactory(ConnectionsProperties properties, boolean hasSources, @Nullable Collection<String> bundles) {
		this.properties = properties;
		this.hasSources = hasSources;
		this.bundles = bundles;
	}

	List<GroupSettings> groups() {
		List<GroupSettings> groups = new ArrayList<>();
		this.properties.getGroups().forEach((name, group) -> groups.add(group(name, group)));
		return groups;
	}

	int maxConnections() {
		Integer connections = this.properties.getMaxConnections();
		if (connections == null) {
			return SocketBudget.ofThisProcess();
		}
		require(connections > 0, PREFIX + "max-connections", connections,
				"it must be positive; leave it out for 80 % of the files that the process may open");
		return connections;
	}

	/**
	 * Returns all tiers of those groups that have services of DNS among them. To be asked
	 * after the groups.
	 * @return the tiers, by the names of the groups
	 */
	Map<String, List<AddressTier>> withServices() {
		return this.withServices;
	}

	/**
	 * Makes the settings of a group that is not configured.
	 * @param name its name
	 * @return what a configured group without any property has
	 */
	static GroupSettings unconfigured(String name) {
		return new GroupSettingsFactory(new ConnectionsProperties(), true, List.of()).group(name,
				new ConnectionsProperties.Group());
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
		require(group.getConnectAttemptDelay().isZero() || GroupSettings.isTimeout(group.getConnectAttemptDelay()),
				prefix + "connect-attempt-delay", group.getConnectAttemptDelay(),
				"it must be 0 for never, or 1ms to 24 days; leave it above the round-trip time to the service");
		requireTimeout(prefix + "response-timeout", group.getResponseTimeout());
		require(group.getMaxConnectRetries() >= 0, prefix + "max-connect-retries", group.getMaxConnectRetries(),
				"it must not be negative; 0 tries one address of each tier");
		require(group.getMaxConnections() > 0, prefix + "max-connections", group.getMaxConnections(),
				"it must be positive, for example 800");
		return new GroupSettings(new AddressGroup(name, tiers(name, prefix, group)), group.getConnectTimeout(),
				group.getConnectAttemptDelay(), group.getResponseTimeout(), group.getMaxConnectRetries(),
				markdown(prefix, group.getMarkdown()), group.getMaxConnections(), pool(prefix, group.getPool()),
				retryBudget(prefix, group.getRetryBudget()), hedge(prefix, group.getHedge()),
				outlier(prefix + "outlier.", group.getOutlier()), tls(prefix, group.getSsl()), group.getProtocol());
	}

	private GroupSettings.Tls tls(String prefix, GroupSslProperties ssl) {
		String bundle = StringUtils.hasText(ssl.getBundle()) ? ssl.getBundle() : null;
		require(bundle == null || this.bundles == null || this.bundles.contains(bundle), prefix + "ssl.bundle", bundle,
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

	private GroupSettings.RetryBudget retryBudget(String prefix, RetryBudgetProperties budget) {
		require(budget.getRatio() >= 0 && budget.getRatio() <= 100, prefix + "retry-budget.ratio", budget.getRatio(),
				"it must be 0 to 100; with 0.2 one of five requests may be sent once more");
		require(budget.getMinPerSecond() >= 0, prefix + "retry-budget.min-per-second", budget.getMinPerSecond(),
				"it must not be negative; 0 leaves it to the ratio");
		return new GroupSettings.RetryBudget(budget.getRatio(), budget.getMinPerSecond());
	}

	private GroupSettings.Hedge hedge(String prefix, HedgeProperties hedge) {
		List<Duration> delays = List.of(hedge.getDelays());
		require(GroupSettings.Hedge.areDelays(delays), prefix + "hedge.delays", delays,
				"there must be one delay at least, each from 1ms to 24d and longer than the one before, for example "
						+ "50ms,100ms; set " + prefix + "hedge.enabled=false to send nothing twice");
		return new GroupSettings.Hedge(hedge.isEnabled(), delays);
	}

	private GroupSettings.Outlier outlier(String prefix, OutlierProperties outlier) {
		require(outlier.getFactor() > 1 && outlier.getFactor() <= 1000, prefix + "factor", outlier.getFactor(),
				"it must be above 1 and at most 1000; set " + prefix + "enabled=false to leave out nothing");
		require(outlier.getMinRequests() > 0, prefix + "min-requests", outlier.getMinRequests(),
				"it must be positive, for example 100");
		require(outlier.getMinLatency().isZero() || GroupSettings.isTimeout(outlier.getMinLatency()),
				prefix + "min-latency", outlier.getMinLatency(), TIMEOUT + ", or 0");
		requireTimeout(prefix + "interval", outlier.getInterval());
		requireTimeout(prefix + "base-ejection-time", outlier.getBaseEjectionTime());
		return new GroupSettings.Outlier(outlier.isEnabled(), outlier.getFactor(), outlier.getMinRequests(),
				outlier.getMinLatency(), outlier.getInterval(), outlier.getBaseEjectionTime());
	}

	private List<List<Address>> tiers(String name, String prefix, ConnectionsProperties.Group group) {
		require(this.hasSources || !group.getTiers().isEmpty(), prefix + "tiers", null,
				"a group needs at least one tier, unless there is an AddressSource bean or a discovery client; add "
						+ prefix + "tiers[0].addresses=10.0.0.1:8080");
		List<AddressTier> tiers = new ArrayList<>();
		Set<String> seen = new HashSet<>();
		for (ConnectionsProperties.Tier tier : group.getTiers()) {
			tiers.add(tier(prefix + "tiers[" + tiers.size() + "].addresses", tier.getAddresses(), seen));
		}
		List<List<Address>> addresses = new ArrayList<>();
		for (AddressTier tier : tiers) {
			if (tier instanceof AddressTier.Addresses named) {
				addresses.add(named.addresses());
			}
		}
		if (addresses.size() < tiers.size()) {
			this.withServices.put(name, tiers);
		}
		return addresses;
	}

	private AddressTier tier(String property, List<String> values, Set<String> seen) {
		require(!values.isEmpty(), property, null, "a tier needs at least one address, for example 10.0.0.1:8080");
		if (values.stream().noneMatch((value) -> value.strip().startsWith(AddressTier.Service.PREFIX))) {
			return new AddressTier.Addresses(addresses(property, values, seen));
		}
		require(values.size() == 1, property, values,
				"a service of DNS must be alone in its tier, because its priorities become tiers; add another tier");
		String value = values.get(0).strip();
		require(this.properties.getDns().isEnabled(), property + "[0]", value,
				"services are resolved with support.connections.dns.enabled=true only");
		require(seen.add(value), property + "[0]", value, "the group names this service twice; remove it here");
		return parsed(property + "[0]", value,
				() -> new AddressTier.Service(value.substring(AddressTier.Service.PREFIX.length())));
	}

	private List<Address> addresses(String property, List<String> values, Set<String> seen) {
		List<Address> addresses = new ArrayList<>();
		for (String value : values) {
			String element = property + "[" + addresses.size() + "]";
			Address address = parsed(element, value, () -> Address.parse(value));
			require(seen.add(address.toString()), element, value,
					"the group names this address twice; give it a weight instead, for example " + address
							+ ";weight=2");
			addresses.add(address);
		}
		return addresses;
	}

	private static <T> T parsed(String property, String value, Supplier<T> parser) {
		try {
			return parser.get();
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
