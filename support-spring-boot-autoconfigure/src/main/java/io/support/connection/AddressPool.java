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
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

import io.netty.channel.Channel;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.http.client.HttpClientConfig;
import reactor.netty.transport.TransportConfig;

import io.support.event.Operation;

/**
 * The connections to one address of a group, those that speak HTTP apart from raw ones. A
 * request gets one that is idle, or a new one, or an {@link OutOfSocketsException}; it
 * never waits for another request to finish, because another address may have a
 * connection left.
 */
final class AddressPool {

	private final Address address;

	private final InetSocketAddress remoteAddress;

	private final Supplier<Operation> resolutions;

	private final ConnectionPool http;

	private final ConnectionPool raw;

	private final @Nullable StreamPool streams;

	private final AtomicReference<@Nullable LogicalNameResolverGroup> resolver = new AtomicReference<>();

	/**
	 * Creates a pool without connections.
	 * @param settings how they are opened and kept
	 * @param address to what
	 * @param limit how many there may be
	 * @param watch follows each, about to be connected, until it is closed
	 * @param resolutions begins what is told how resolving the host's name ends
	 */
	AddressPool(GroupSettings settings, Address address, ConnectionLimit limit,
			Function<Channel, OutgoingConnection> watch, Supplier<Operation> resolutions) {
		this.address = address;
		this.resolutions = resolutions;
		this.remoteAddress = remoteAddress(settings.group().name(), address);
		this.http = new ConnectionPool(settings, this.remoteAddress, limit, watch);
		this.raw = new ConnectionPool(settings, this.remoteAddress, limit, watch);
		this.streams = settings.protocol().isHttp2() ? new StreamPool(settings, this.remoteAddress, limit, watch)
				: null;
	}

	/*
	 * The logical name goes with the address: it becomes SNI, and messages say both.
	 */
	private static InetSocketAddress remoteAddress(String name, Address address) {
		byte[] ip = NetUtil.createByteArrayFromIpAddressString(address.host());
		if (ip == null) {
			return InetSocketAddress.createUnresolved(name, address.port());
		}
		try {
			return new InetSocketAddress(InetAddress.getByAddress(name, ip), address.port());
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException("Not the bytes of an IP address: " + address, ex);
		}
	}

	/**
	 * Gets a connection that speaks HTTP.
	 * @param config how it is opened
	 * @param observer what is told of it
	 * @param resolvers what resolves names
	 * @param reuse whether it may have been used before
	 * @return the connection
	 */
	Mono<Connection> acquire(TransportConfig config, ConnectionObserver observer, AddressResolverGroup<?> resolvers,
			Reuse reuse) {
		AddressResolverGroup<?> resolver = resolver(resolvers);
		if (this.streams != null && config instanceof HttpClientConfig client) {
			return this.streams.acquire(client, observer, resolver);
		}
		return this.http.acquire(config, observer, resolver, reuse);
	}

	/**
	 * Gets a raw connection.
	 * @param config how it is opened
	 * @param observer what is told of it
	 * @param resolvers what resolves names
	 * @param reuse whether it may have been used before
	 * @return the connection
	 */
	Mono<Connection> acquireRaw(TransportConfig config, ConnectionObserver observer, AddressResolverGroup<?> resolvers,
			Reuse reuse) {
		return this.raw.acquire(config, observer, resolver(resolvers), reuse);
	}

	private AddressResolverGroup<?> resolver(AddressResolverGroup<?> resolvers) {
		if (!this.remoteAddress.isUnresolved()) {
			return resolvers;
		}
		LogicalNameResolverGroup present = this.resolver.get();
		if (present != null) {
			return present;
		}
		LogicalNameResolverGroup created = new LogicalNameResolverGroup(this.address.host(), resolvers,
				this.resolutions);
		LogicalNameResolverGroup other = this.resolver.compareAndExchange(null, created);
		return (other != null) ? other : created;
	}

	int active() {
		return this.http.active() + this.raw.active() + ((this.streams != null) ? this.streams.active() : 0);
	}

	int idle() {
		return this.http.idle() + this.raw.idle() + ((this.streams != null) ? this.streams.idle() : 0);
	}

	/**
	 * Says whether a request has to wait for a connection to be opened.
	 * @return whether there is none that it could have, as things are now
	 */
	boolean mustConnect() {
		return idle() == 0 && streams() == 0;
	}

	/**
	 * Counts the requests that share a connection.
	 * @return how many there are now; 0 where each has a connection of its own
	 */
	int streams() {
		return (this.streams != null) ? this.streams.streams() : 0;
	}

	Mono<Void> disposeLater() {
		Mono<Void> streams = (this.streams != null) ? this.streams.disposeLater() : Mono.empty();
		return Mono.when(streams, this.http.disposeLater(), this.raw.disposeLater()).doFinally((signal) -> {
			LogicalNameResolverGroup present = this.resolver.getAndSet(null);
			if (present != null) {
				present.close();
			}
		});
	}

}
