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

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import reactor.core.publisher.Mono;

import io.support.connection.dns.DnsDirectory;

/**
 * Resolves the hosts of a group as its directory does: connections that are opened before
 * DNS has answered for the first time wait for that one answer.
 */
final class DnsResolverGroup extends AddressResolverGroup<InetSocketAddress> {

	private final DnsDirectory dns;

	private final String group;

	private final RandomGenerator random;

	DnsResolverGroup(DnsDirectory dns, String group, RandomGenerator random) {
		this.dns = dns;
		this.group = group;
		this.random = random;
	}

	@Override
	protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
		return new InetNameResolver(executor) {

			@Override
			protected void doResolve(String name, Promise<InetAddress> promise) {
				lookup(name).subscribe((addresses) -> promise.trySuccess(addresses.get(0)), promise::tryFailure);
			}

			@Override
			protected void doResolveAll(String name, Promise<List<InetAddress>> promise) {
				lookup(name).subscribe(promise::trySuccess, promise::tryFailure);
			}

		}.asAddressResolver();
	}

	/*
	 * Not always the same one first, since the first one that accepts gets the
	 * connection.
	 */
	private Mono<List<InetAddress>> lookup(String name) {
		return this.dns.lookup(this.group, name).map((addresses) -> {
			List<InetAddress> rotated = new ArrayList<>(addresses);
			Collections.rotate(rotated, this.random.nextInt(addresses.size()));
			return rotated;
		});
	}

}
