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

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Clock;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import io.netty.channel.ChannelOption;
import io.netty.resolver.AddressResolverGroup;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.HttpResources;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientConfig;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.transport.TransportConfig;

import io.support.stats.StateMachineStats;

/**
 * A group with its addresses at run time, as a provider of connections below an HTTP
 * client: the client speaks to the logical name, and this decides what address that is.
 * <p>
 * Holds the one rule that no address can hold alone: the last address that is up is never
 * marked down, because trying it costs little and not trying it costs everything.
 */
final class ManagedGroup implements ConnectionProvider {

	private final GroupSettings settings;

	private final Set<String> names;

	private final ConnectionResources resources;

	private final ConnectionLimit limit;

	private final Map<Address, ManagedAddress> addresses = new LinkedHashMap<>();

	private final StateMachineStats<AddressHealth> health;

	/**
	 * By what connections are opened with. Two host names of one group are the same
	 * address until they have been resolved, so only identity tells them apart.
	 */
	private final IdentityHashMap<SocketAddress, ManagedAddress> byRemoteAddress = new IdentityHashMap<>();

	private final HttpClient httpClient;

	private volatile boolean open = true;

	ManagedGroup(GroupSettings settings, Set<String> names, ConnectionResources resources, Clock clock) {
		this.settings = settings;
		this.names = names;
		this.resources = resources;
		this.health = resources.machines().create("group." + settings.group().name(), AddressHealth.class);
		this.limit = new ConnectionLimit(settings.maxConnections());
		for (List<Address> tier : settings.group().tiers()) {
			tier.forEach((address) -> this.addresses.put(address,
					new ManagedAddress(settings, address, this.limit, resources, this.health, clock)));
		}
		this.addresses.values().forEach((address) -> this.byRemoteAddress.put(address.pool().remoteAddress(), address));
		this.httpClient = httpClient();
	}

	/*
	 * A proxy would accept connections on behalf of an address that does not. HTTP/2 is
	 * spoken without the client's knowing: by itself it would take a pool above this
	 * group, whose connections lead anywhere in it.
	 */
	private HttpClient httpClient() {
		HttpClient client = this.resources.httpClients().apply(this).protocol(HttpProtocol.HTTP11).noProxy();
		return GroupSslContext.secure(client, this.settings, this.names, this.resources.tls())
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) this.settings.connectTimeout().toMillis())
			.responseTimeout(this.settings.responseTimeout())
			.doOnChannelInit((observer, channel, remote) -> {
				ManagedAddress address = this.byRemoteAddress.get(remote);
				if (address != null) {
					address.watch(channel);
				}
			})
			.mapConnect((exchange) -> Mono.deferContextual((context) -> {
				BodyState body = context.getOrDefault(BodyState.class, null);
				return new Walk(this, Mono.from(exchange), body).next();
			}));
	}

	HttpClient httpClient(String name) {
		return this.httpClient.baseUrl(this.settings.protocol().scheme() + "://" + name);
	}

	GroupSettings settings() {
		return this.settings;
	}

	int tiers() {
		return this.settings.group().tiers().size();
	}

	List<ManagedAddress> draw(int tier) {
		return this.settings.group().draw(tier, this.resources.random()).stream().map(this.addresses::get).toList();
	}

	void succeeded(Attempt attempt) {
		if (attempt.end()) {
			attempt.address().succeeded(attempt);
		}
	}

	void abandoned(Attempt attempt) {
		if (attempt.end()) {
			attempt.address().release(attempt);
		}
	}

	void failed(Attempt attempt, FailureReason reason, Throwable error, boolean fault) {
		if (!attempt.end()) {
			return;
		}
		ManagedAddress address = attempt.address();
		if (fault) {
			address.failed(reason, error);
		}
		// A kept-alive connection may be closed just as it is used again: that is not a
		// fault.
		boolean stale = attempt.isReused() && reason == FailureReason.CLOSED;
		if (fault && !stale && reason.isFaultOfAddress()) {
			blame(attempt, error);
		}
		else {
			address.release(attempt);
		}
	}

	/*
	 * One at a time, otherwise the last two addresses could each take the other for the
	 * one that stays up.
	 */
	private synchronized void blame(Attempt attempt, Throwable error) {
		ManagedAddress address = attempt.address();
		boolean anotherIsUp = this.addresses.values().stream().anyMatch((other) -> other != address && other.isUp());
		if (anotherIsUp) {
			address.blame(attempt, error);
		}
		else {
			address.release(attempt);
		}
	}

	@Override
	public Mono<? extends Connection> acquire(TransportConfig config, ConnectionObserver observer,
			@Nullable Supplier<? extends SocketAddress> remoteAddress,
			@Nullable AddressResolverGroup<?> resolverGroup) {
		return Mono.deferContextual((context) -> {
			if (!this.open) {
				return Mono.error(new IllegalStateException(
						"The connections of group '" + this.settings.group().name() + "' are closed"));
			}
			Attempt attempt = context.get(Attempt.class);
			if (remoteAddress != null && !isOurs(remoteAddress.get())) {
				attempt.redirected();
				return HttpResources.get().acquire(config, observer, remoteAddress, resolverGroup);
			}
			String misuse = misuse(config);
			if (misuse != null) {
				attempt.misused();
				return Mono.error(new IllegalArgumentException(misuse));
			}
			return attempt.address().pool().acquire(config, attempt.observing(observer), resolverGroup);
		});
	}

	private @Nullable String misuse(TransportConfig config) {
		boolean secure = config instanceof HttpClientConfig client && client.sslProvider() != null;
		String name = this.settings.group().name();
		return switch (this.settings.protocol()) {
			case HTTP1 -> null;
			case H2 -> secure ? null : "Group '" + name + "' speaks HTTP/2 through TLS: ask https://" + name
					+ ", or set support.connections.groups." + name + ".protocol=h2c";
			case H2C -> secure ? "Group '" + name + "' speaks HTTP/2 without TLS: ask http://" + name
					+ ", or set support.connections.groups." + name + ".protocol=h2" : null;
		};
	}

	private boolean isOurs(SocketAddress target) {
		return target instanceof InetSocketAddress inet
				&& this.names.contains(ConnectionManager.key(inet.getHostString()));
	}

	@Override
	public int maxConnections() {
		return this.settings.maxConnections();
	}

	@Override
	public boolean isDisposed() {
		return !this.open;
	}

	@Override
	public Mono<Void> disposeLater() {
		return Mono.defer(() -> {
			this.open = false;
			return Mono.when(this.addresses.values().stream().map((address) -> address.pool().disposeLater()).toList());
		});
	}

	void reopen() {
		this.open = true;
	}

	/**
	 * Leaves the registry of circuit breakers as it was found.
	 */
	void unregister() {
		this.addresses.values().forEach((address) -> this.resources.circuitBreakers().remove(address.breakerName()));
	}

	ConnectionsSnapshot.GroupState snapshot() {
		List<List<ConnectionsSnapshot.AddressState>> tiers = this.settings.group()
			.tiers()
			.stream()
			.map((tier) -> tier.stream().map(this.addresses::get).map(ManagedAddress::snapshot).toList())
			.toList();
		return new ConnectionsSnapshot.GroupState(this.settings.group().name(), this.limit.permitGranted(),
				this.settings.maxConnections(), tiers, this.health.snapshot());
	}

}
