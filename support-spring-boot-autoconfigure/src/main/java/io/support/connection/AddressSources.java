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

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.support.connection.dns.DnsSettings;

/**
 * Where the addresses of groups come from, if not from their settings alone.
 *
 * @param configured all tiers of those configured groups that have services of DNS among
 * them, by name
 * @param sources what is asked for addresses of groups that have none in their settings,
 * the first that knows the name; and what knows more groups
 * @param dns how DNS is asked; {@code null} leaves host names to the HTTP client, which
 * connects to one of the addresses that it finds, and then there are no services
 * @param dynamic makes the settings of a group that only a source knows
 * @param maxDynamicGroups how many such groups there may be at the same time; 0 for none
 */
public record AddressSources(Map<String, List<AddressTier>> configured, List<AddressSource> sources,
		@Nullable DnsSettings dns, Function<String, GroupSettings> dynamic, int maxDynamicGroups) {

	/**
	 * Creates sources.
	 * @param configured all tiers of groups with services of DNS
	 * @param sources what else is asked
	 * @param dns how DNS is asked
	 * @param dynamic makes the settings of a group that only a source knows
	 * @param maxDynamicGroups how many such groups there may be at the same time
	 * @throws IllegalArgumentException if there are services, but DNS is not asked, or
	 * the number of groups is negative
	 */
	public AddressSources {
		configured = Map.copyOf(configured);
		sources = List.copyOf(sources);
		if (dns == null && !configured.isEmpty()) {
			throw new IllegalArgumentException("services of DNS need DNS settings: " + configured.keySet());
		}
		if (maxDynamicGroups < 0) {
			throw new IllegalArgumentException("max-dynamic-groups must not be negative, was: " + maxDynamicGroups);
		}
	}

	/**
	 * Returns no sources: groups have the addresses of their settings, and host names are
	 * left to the HTTP client.
	 * @return always the same
	 */
	static AddressSources none() {
		return new AddressSources(Map.of(), List.of(), null, (name) -> {
			throw new IllegalStateException("No source knows " + name);
		}, 0);
	}

	/**
	 * Finds the source that knows a group.
	 * @param group the name
	 * @return the first that knows it
	 */
	Optional<AddressSource> knowing(String group) {
		return this.sources.stream().filter((source) -> source.knows(group)).findFirst();
	}

}
