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
import java.util.List;

import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.util.concurrent.Future;

/**
 * Asks for the addresses of a host, of one family.
 */
final class HostLookup implements Lookup<InetAddress> {

	private final String name;

	private final AnswerLifetime lifetime = new AnswerLifetime();

	private final DnsNameResolver resolver;

	HostLookup(String name, DnsNameResolverBuilder resolvers) {
		this.name = name;
		this.resolver = resolvers.resolveCache(this.lifetime).cnameCache(this.lifetime).build();
	}

	@Override
	public Future<List<InetAddress>> ask() {
		this.lifetime.forget();
		return this.resolver.resolveAll(this.name);
	}

	@Override
	public long seconds() {
		return this.lifetime.seconds();
	}

	@Override
	public void close() {
		this.resolver.close();
	}

}
