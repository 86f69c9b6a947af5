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
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.resolver.AddressResolverGroup;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.HttpResources;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
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

	private final GroupBudget budget;

	private final List<Tier> tiers = new ArrayList<>();

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
		this.budget = new GroupBudget(settings, resources);
		while (this.tiers.size() < settings.group().tiers().size()) {
			this.tiers
				.add(new Tier(settings, this.tiers.size(), resources, (address, latency) -> new ManagedAddress(settings,
						address, latency, this.limit, resources, this.health, clock)));
		}
		addresses().forEach((address) -> this.byRemoteAddress.put(address.pool().remoteAddress(), address));
		this.httpClient = httpClient();
	}

	/*
	 * A proxy would accept connections on behalf of an address that does not, and HTTP/2
	 * would bring a pool of its own.
	 */
	private HttpClient httpClient() {
		return this.resources.httpClients()
			.apply(this)
			.protocol(HttpProtocol.HTTP11)
			.noProxy()
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
				return request(Mono.from(exchange), new Repetition(body));
			}));
	}

	private Mono<Connection> request(Mono<Connection> exchange, Repetition repetition) {
		this.budget.deposit();
		return this.settings.hedge().enabled() ? Race.start(this, exchange, repetition)
				: new Walk(this, exchange, repetition).start();
	}

	private Stream<ManagedAddress> addresses() {
		return this.tiers.stream().flatMap(Tier::addresses);
	}

	HttpClient httpClient(String name) {
		return this.httpClient.baseUrl("http://" + name);
	}

	GroupSettings settings() {
		return this.settings;
	}

	GroupBudget budget() {
		return this.budget;
	}

	int tiers() {
		return this.tiers.size();
	}

	List<ManagedAddress> draw(int tier) {
		return this.tiers.get(tier).draw();
	}

	long nanoTime() {
		return this.resources.nanoTime().getAsLong();
	}

	void succeeded(Attempt attempt, Connection connection) {
		if (!attempt.end()) {
			return;
		}
		attempt.address().succeeded(attempt);
		if (!attempt.isRedirected() && connection instanceof HttpClientResponse response && isServed(response)) {
			attempt.address().served(attempt);
		}
	}

	private static boolean isServed(HttpClientResponse response) {
		HttpStatusClass status = response.status().codeClass();
		return status != HttpStatusClass.CLIENT_ERROR && status != HttpStatusClass.SERVER_ERROR;
	}

	void abandoned(Attempt attempt) {
		if (attempt.end()) {
			attempt.close();
			attempt.address().abandoned(attempt);
		}
	}

	void overtaken(Attempt attempt) {
		if (attempt.end()) {
			attempt.close();
			attempt.address().overtaken(attempt);
		}
	}

	void failed(Attempt attempt, FailureReason reason, Throwable error, boolean fault) {
		if (!attempt.end()) {
			return;
		}
		ManagedAddress address = attempt.address();
		if (fault) {
			address.failed(attempt, reason, error);
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
		boolean anotherIsUp = addresses().anyMatch((other) -> other != address && other.isUp());
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
			attempt.asked(config);
			if (remoteAddress != null && !isOurs(remoteAddress.get())) {
				attempt.redirected();
				return HttpResources.get().acquire(config, observer, remoteAddress, resolverGroup);
			}
			return attempt.address().pool().acquire(config, attempt.observing(observer), resolverGroup);
		});
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
			return Mono.when(addresses().map((address) -> address.pool().disposeLater()).toList());
		});
	}

	void reopen() {
		this.open = true;
	}

	/**
	 * Leaves the registry of circuit breakers as it was found.
	 */
	void unregister() {
		addresses().forEach((address) -> this.resources.circuitBreakers().remove(address.breakerName()));
	}

	ConnectionsSnapshot.GroupState snapshot() {
		List<List<ConnectionsSnapshot.AddressState>> tiers = this.tiers.stream()
			.map((tier) -> tier.addresses().map(ManagedAddress::snapshot).toList())
			.toList();
		return new ConnectionsSnapshot.GroupState(this.settings.group().name(), this.limit.permitGranted(),
				this.settings.maxConnections(), tiers, this.health.snapshot(), this.budget.snapshot());
	}

}
