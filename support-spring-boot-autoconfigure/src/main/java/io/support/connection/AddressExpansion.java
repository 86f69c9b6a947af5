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

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.netty.util.NetUtil;
import reactor.core.publisher.Flux;

import io.support.connection.dns.DnsAnswer;
import io.support.connection.dns.DnsDirectory;
import io.support.connection.dns.ServiceRecord;

/**
 * Makes addresses of names: of a host all that DNS says of it, of a service its
 * instances, and anew whenever DNS says something else. A host of which nothing is known
 * yet stays what it is: a request to it waits for DNS while it connects.
 */
final class AddressExpansion {

	private final DnsDirectory dns;

	private final String group;

	private final boolean expandsHosts;

	/**
	 * Creates an expansion.
	 * @param dns knows what the names stand for
	 * @param group whose addresses they are
	 * @param expandsHosts whether hosts are expanded too, and not services alone
	 */
	AddressExpansion(DnsDirectory dns, String group, boolean expandsHosts) {
		this.dns = dns;
		this.group = group;
		this.expandsHosts = expandsHosts;
	}

	static boolean isName(Address address) {
		return NetUtil.createByteArrayFromIpAddressString(address.host()) == null;
	}

	Flux<ResolvedTiers> expand(List<AddressTier> tiers) {
		return combine(tiers.stream().map(this::expand).toList(), ResolvedTiers::below).distinctUntilChanged();
	}

	private Flux<ResolvedTiers> expand(AddressTier tier) {
		if (tier instanceof AddressTier.Service service) {
			return this.dns.services(this.group, service.name()).switchMap(this::instances);
		}
		return addresses(((AddressTier.Addresses) tier).addresses());
	}

	private Flux<ResolvedTiers> instances(DnsAnswer<ServiceRecord> answer) {
		if (answer.records().isEmpty()) {
			return Flux.just(new ResolvedTiers(List.of(), !answer.isPending(), answer.failure()));
		}
		Map<Integer, List<Address>> byPriority = new TreeMap<>();
		for (ServiceRecord instance : answer.records()) {
			byPriority.computeIfAbsent(instance.priority(), (priority) -> new ArrayList<>())
				.add(new Address(instance.target(), instance.port(), Math.max(1, instance.weight())));
		}
		return combine(byPriority.values().stream().map(this::addresses).toList(), ResolvedTiers::below);
	}

	private Flux<ResolvedTiers> addresses(List<Address> addresses) {
		return combine(addresses.stream().map(this::address).toList(), AddressExpansion::tiers);
	}

	private Flux<Expanded> address(Address address) {
		if (!this.expandsHosts || !isName(address)) {
			return Flux.just(new Expanded(List.of(address), List.of()));
		}
		return this.dns.hosts(this.group, address.host()).map((answer) -> expanded(address, answer));
	}

	/*
	 * Hosts with addresses of both families are often reached by one of them only, so
	 * that the other family is a tier of its own below.
	 */
	private static Expanded expanded(Address address, DnsAnswer<InetAddress> answer) {
		if (answer.records().isEmpty()) {
			return new Expanded(List.of(address), List.of());
		}
		boolean prefersIpv6 = NetUtil.isIpV6AddressesPreferred();
		Map<Boolean, List<Address>> byPreference = answer.records()
			.stream()
			.collect(Collectors.partitioningBy((ip) -> ip instanceof Inet6Address == prefersIpv6,
					Collectors.mapping((ip) -> at(ip, address), Collectors.toList())));
		List<Address> preferred = byPreference.getOrDefault(true, List.of());
		List<Address> others = byPreference.getOrDefault(false, List.of());
		return preferred.isEmpty() ? new Expanded(others, List.of()) : new Expanded(preferred, others);
	}

	private static Address at(InetAddress ip, Address address) {
		return new Address(NetUtil.toAddressString(ip), address.port(), address.weight());
	}

	private static ResolvedTiers tiers(List<Expanded> expanded) {
		return ResolvedTiers.below(Stream.<Function<Expanded, List<Address>>>of(Expanded::preferred, Expanded::others)
			.map((part) -> expanded.stream().map(part).flatMap(List::stream).toList())
			.map((tier) -> ResolvedTiers.of(List.of(tier)))
			.toList());
	}

	private static <T> Flux<ResolvedTiers> combine(List<Flux<T>> parts, Function<List<T>, ResolvedTiers> combination) {
		return parts.isEmpty() ? Flux.just(combination.apply(List.of()))
				: Flux.combineLatest(parts, (latest) -> combination.apply(list(latest)));
	}

	@SuppressWarnings("unchecked") // what was given by the parts
	private static <T> List<T> list(Object[] latest) {
		return (List<T>) Arrays.asList(latest);
	}

	/**
	 * What became of one address.
	 *
	 * @param preferred those of the family that Java prefers, or all if there are none
	 * @param others those of the other family
	 */
	private record Expanded(List<Address> preferred, List<Address> others) {

	}

}
