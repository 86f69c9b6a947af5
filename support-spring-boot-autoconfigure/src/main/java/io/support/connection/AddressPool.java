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
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

import io.netty.resolver.AddressResolverGroup;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.http.client.HttpClientConfig;
import reactor.netty.resources.ConnectionPoolMetrics;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.transport.TransportConfig;

import io.support.event.Operation;

/**
 * The connections to one address of a group, those that speak HTTP apart from raw ones. A
 * request gets the connection that was used last, or a new one, or an
 * {@link OutOfSocketsException}; it never waits for another request to finish, because
 * another address may have a connection left.
 */
final class AddressPool implements ConnectionProvider.MeterRegistrar {

	/*
	 * An idle connection is never handed out after its time; this is how much longer its
	 * socket may stay open.
	 */
	private static final Duration EVICTION_INTERVAL = Duration.ofSeconds(1);

	private final GroupSettings settings;

	private final Address address;

	private final ConnectionLimit limit;

	private final InetSocketAddress remoteAddress;

	private final Supplier<Operation> resolutions;

	private final ConnectionProvider http;

	private final ConnectionProvider raw;

	private final @Nullable StreamPool streams;

	private final AtomicReference<@Nullable LogicalNameResolverGroup> resolver = new AtomicReference<>();

	/*
	 * Two entries, and one more for each way in which the client of the group was changed
	 * (TLS, options): the provider keeps them apart.
	 */
	private final Map<String, ConnectionPoolMetrics> metrics = new ConcurrentHashMap<>();

	AddressPool(GroupSettings settings, Address address, ConnectionLimit limit, Supplier<Operation> resolutions) {
		this.resolutions = resolutions;
		this.settings = settings;
		this.address = address;
		this.limit = limit;
		this.remoteAddress = remoteAddress(settings.group().name(), address);
		String name = "support." + settings.group().name() + "." + address;
		this.http = provider(name);
		this.raw = provider(name + ".raw");
		this.streams = settings.protocol().isHttp2() ? new StreamPool(settings, this.remoteAddress, limit) : null;
	}

	private ConnectionProvider provider(String name) {
		return ConnectionProvider.builder(name)
			.allocationStrategy(this.limit)
			.pendingAcquireMaxCount(0)
			.lifo()
			.evictionPredicate(this::isSpent)
			.evictInBackground(EVICTION_INTERVAL)
			.metrics(true, () -> this)
			.build();
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
	Mono<Connection> acquire(TransportConfig config, ConnectionObserver observer,
			@Nullable AddressResolverGroup<?> resolvers, Reuse reuse) {
		AddressResolverGroup<?> resolver = resolver(resolvers);
		if (this.streams != null && config instanceof HttpClientConfig client && resolver != null) {
			return this.streams.acquire(client, observer, resolver);
		}
		return acquire(this.http, config, observer, resolver, reuse);
	}

	/**
	 * Gets a raw connection.
	 * @param config how it is opened
	 * @param observer what is told of it
	 * @param resolvers what resolves names
	 * @param reuse whether it may have been used before
	 * @return the connection
	 */
	Mono<Connection> acquireRaw(TransportConfig config, ConnectionObserver observer,
			@Nullable AddressResolverGroup<?> resolvers, Reuse reuse) {
		return acquire(this.raw, config, observer, resolver(resolvers), reuse);
	}

	private Mono<Connection> acquire(ConnectionProvider provider, TransportConfig config, ConnectionObserver observer,
			@Nullable AddressResolverGroup<?> resolver, Reuse reuse) {
		return Acquisition.from((watching) -> provider.acquire(config, watching, () -> this.remoteAddress, resolver),
				this.limit, observer, reuse);
	}

	/**
	 * Says to what its connections go.
	 * @return the address, the very one that a connection is opened with
	 */
	SocketAddress remoteAddress() {
		return this.remoteAddress;
	}

	private @Nullable AddressResolverGroup<?> resolver(@Nullable AddressResolverGroup<?> resolvers) {
		if (resolvers == null || !this.remoteAddress.isUnresolved()) {
			return resolvers;
		}
		LogicalNameResolverGroup present = this.resolver.get();
		if (present != null) {
			return present;
		}
		LogicalNameResolverGroup created = new LogicalNameResolverGroup(this.address.host(), resolvers,
				this.resolutions);
		return this.resolver.compareAndSet(null, created) ? created : this.resolver.get();
	}

	/*
	 * Replaces the provider's own checks, so these are here too. A connection that is
	 * being returned is not among the idle ones yet; and two that are returned at the
	 * same time may not see each other, so those that are idle are looked at again.
	 */
	private boolean isSpent(Connection connection, ConnectionProvider.ConnectionMetadata metadata) {
		return !connection.channel().isActive() || !connection.isPersistent()
				|| metadata.idleTime() >= this.settings.pool().maxIdleTime().toMillis()
				|| idle() + (isBeingReturned(metadata) ? 1 : 0) > this.settings.pool().maxIdlePerAddress();
	}

	private static boolean isBeingReturned(ConnectionProvider.ConnectionMetadata metadata) {
		return metadata.releaseTimestamp() == 0;
	}

	int active() {
		return sum(ConnectionPoolMetrics::acquiredSize) + ((this.streams != null) ? this.streams.active() : 0);
	}

	int idle() {
		return sum(ConnectionPoolMetrics::idleSize) + ((this.streams != null) ? this.streams.idle() : 0);
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

	private int sum(ToIntFunction<ConnectionPoolMetrics> size) {
		int sum = 0;
		for (ConnectionPoolMetrics metrics : this.metrics.values()) {
			sum += size.applyAsInt(metrics);
		}
		return sum;
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

	@Override
	public void registerMetrics(String poolName, String id, SocketAddress remoteAddress,
			ConnectionPoolMetrics metrics) {
		this.metrics.put(poolName + id, metrics);
	}

	@Override
	public void deRegisterMetrics(String poolName, String id, SocketAddress remoteAddress) {
		this.metrics.remove(poolName + id);
	}

}
