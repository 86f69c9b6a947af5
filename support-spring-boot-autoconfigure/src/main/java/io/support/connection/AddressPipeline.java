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

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClientConfig;
import reactor.netty.transport.NameResolverProvider;

import io.support.connection.dns.DnsDirectory;

/**
 * From where the addresses of groups come to them: the configuration or a source, and
 * then DNS for the names among them.
 */
final class AddressPipeline {

	private final AddressSources sources;

	private final ConnectionResources resources;

	private @Nullable DnsDirectory dns;

	AddressPipeline(AddressSources sources, ConnectionResources resources) {
		this.sources = sources;
		this.resources = resources;
	}

	boolean hasSources() {
		return this.sources.maxDynamicGroups() > 0 && !this.sources.sources().isEmpty();
	}

	boolean knows(String group) {
		return this.sources.maxDynamicGroups() > 0 && this.sources.knowing(group).isPresent();
	}

	/**
	 * Returns what gives a group its addresses while it runs.
	 * @param group the group as it is configured
	 * @param client the HTTP client that its connections are opened by
	 * @return the addresses, or {@code null} if those that are configured are all
	 */
	@Nullable Flux<ResolvedTiers> addresses(AddressGroup group, HttpClientConfig client) {
		String name = group.name();
		List<AddressTier> configured = configured(group);
		if (configured.isEmpty()) {
			return fromSource(name).switchMap((tiers) -> expand(name, tiers, client));
		}
		boolean fixed = configured.stream().allMatch((tier) -> isFixed(tier, client));
		return fixed ? null : expand(name, configured, client);
	}

	private List<AddressTier> configured(AddressGroup group) {
		List<AddressTier> withServices = this.sources.configured().get(group.name());
		return (withServices != null) ? withServices : tiers(group.tiers());
	}

	private static List<AddressTier> tiers(List<List<Address>> tiers) {
		return tiers.stream().<AddressTier>map(AddressTier.Addresses::new).toList();
	}

	private boolean isFixed(AddressTier tier, HttpClientConfig client) {
		return tier instanceof AddressTier.Addresses addresses
				&& (!expandsHosts(client) || addresses.addresses().stream().noneMatch(AddressExpansion::isName));
	}

	private Flux<List<AddressTier>> fromSource(String group) {
		return Flux
			.defer(() -> this.sources.knowing(group)
				.map((source) -> source.addresses(group))
				.orElseGet(() -> Flux.error(new IllegalStateException("No source of addresses knows '" + group + "'"))))
			.map(AddressPipeline::tiers);
	}

	private Flux<ResolvedTiers> expand(String group, List<AddressTier> tiers, HttpClientConfig client) {
		if (this.sources.dns() == null) {
			return Flux.just(ResolvedTiers.below(tiers.stream()
				.map((tier) -> ResolvedTiers.of(List.of(((AddressTier.Addresses) tier).addresses())))
				.toList()));
		}
		return new AddressExpansion(dns(client), group, expandsHosts(client)).expand(tiers);
	}

	/**
	 * Returns what resolves the hosts of which DNS has not told anything yet.
	 * @param group the name of the group
	 * @param client the HTTP client that its connections are opened by
	 * @return the resolvers, or {@code null} for those of the client
	 */
	@Nullable DnsResolverGroup resolvers(String group, HttpClientConfig client) {
		return expandsHosts(client) ? new DnsResolverGroup(dns(client), group, this.resources.random()) : null;
	}

	/*
	 * A client that was given a resolver keeps it. Reactor Netty sets one of its own
	 * where a client gets event loops; it can be told by what it was made with.
	 */
	private boolean expandsHosts(HttpClientConfig client) {
		NameResolverProvider own = client.getNameResolverProvider();
		boolean resolves = (own != null) ? !own.equals(NameResolverProvider.builder().build())
				: client.resolver() != null;
		return this.sources.dns() != null && !resolves;
	}

	private synchronized DnsDirectory dns(HttpClientConfig client) {
		DnsDirectory present = this.dns;
		if (present == null) {
			if (this.sources.dns() == null) {
				throw new IllegalStateException("There are no settings of DNS");
			}
			present = new DnsDirectory(this.sources.dns(), client.loopResources(), client.isPreferNative(),
					new DnsMeters(this.resources));
			this.dns = present;
			MeterRegistry meters = this.resources.meters();
			ConnectionMeters.DNS_NAMES.gauge(present, DnsDirectory::names).register(meters);
			ConnectionMeters.DNS_REFUSED.counter(present, DnsDirectory::refused).register(meters);
		}
		return present;
	}

	synchronized void close() {
		if (this.dns != null) {
			this.dns.close();
		}
	}

}
