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

import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import io.netty.channel.EventLoop;
import io.netty.resolver.DefaultHostsFileEntriesResolver;
import io.netty.resolver.HostsFileEntriesResolver;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for of a name.
 *
 * @param lookups creates what asks for it
 * @param local what the machine itself knows of the name, which DNS is then not asked for
 * @param order in which records are given, however DNS shuffles them
 * @param <T> the type of what the records say
 */
record RecordKind<T>(Function<String, List<Lookup<T>>> lookups, Function<String, @Nullable List<T>> local,
		Comparator<? super T> order) {

	/**
	 * Returns the kind of the addresses of a host. Each family is asked for on its own,
	 * so that one that is not answered does not hold up the other.
	 * @param types which addresses can be used on this machine
	 * @param resolvers begins a resolver
	 * @return the kind
	 */
	static RecordKind<InetAddress> hosts(ResolvedAddressTypes types, Supplier<DnsNameResolverBuilder> resolvers) {
		List<ResolvedAddressTypes> families = switch (types) {
			case IPV4_ONLY, IPV6_ONLY -> List.of(types);
			case IPV4_PREFERRED, IPV6_PREFERRED ->
				List.of(ResolvedAddressTypes.IPV4_ONLY, ResolvedAddressTypes.IPV6_ONLY);
		};
		return new RecordKind<>((name) -> families.stream()
			.<Lookup<InetAddress>>map((family) -> new HostLookup(name, resolvers.get().resolvedAddressTypes(family)))
			.toList(), (name) -> hostsFile(name, types), Comparator.comparing(NetUtil::toAddressString));
	}

	/**
	 * Returns the kind of the instances of a service.
	 * @param loop the loop of the resolvers
	 * @param resolvers begins a resolver
	 * @return the kind
	 */
	static RecordKind<ServiceRecord> services(EventLoop loop, Supplier<DnsNameResolverBuilder> resolvers) {
		return new RecordKind<>((name) -> List.of(new ServiceLookup(name, loop, resolvers.get())), (name) -> null,
				Comparator.naturalOrder());
	}

	private static @Nullable List<InetAddress> hostsFile(String name, ResolvedAddressTypes types) {
		return (HostsFileEntriesResolver.DEFAULT instanceof DefaultHostsFileEntriesResolver file)
				? file.addresses(name, types) : null;
	}

}
