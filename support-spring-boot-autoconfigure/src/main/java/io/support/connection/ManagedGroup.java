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
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.netty.channel.ChannelOption;
import io.netty.resolver.AddressResolverGroup;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.HttpResources;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientConfig;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.transport.TransportConfig;

/**
 * A group with its addresses at run time, as a provider of connections below an HTTP
 * client: the client speaks to the logical name, and this decides what address that is.
 * <p>
 * Holds the one rule that no address can hold alone: the last address that is up is never
 * marked down, because trying it costs little and not trying it costs everything.
 * <p>
 * A configured group is open from the start. One that only a source knows is opened and
 * closed by {@link DynamicGroups}; while it is closed nothing is kept of it but this.
 */
final class ManagedGroup implements ConnectionProvider {

	private final GroupSettings settings;

	private final Set<String> names;

	private final ManagerResources resources;

	private final @Nullable DynamicGroups dynamic;

	private final ConnectionLimit limit;

	private final GroupAddresses none;

	/** How clients are configured that nobody has limited yet. */
	private final HttpClientConfig configuration;

	private final HttpClient httpClient;

	private final RawTransportConfig raw;

	private final UseCount requests = new UseCount();

	private volatile long lastUsedNanos;

	private volatile boolean open = true;

	private volatile @Nullable OpenGroup opened;

	/**
	 * Creates a group.
	 * @param settings the group and how it is connected to
	 * @param names the hosts that stand for it
	 * @param resources what all groups have in common
	 * @param dynamic opens it, and closes it again; {@code null} for a group that is open
	 * from the start
	 */
	ManagedGroup(GroupSettings settings, Set<String> names, ManagerResources resources,
			@Nullable DynamicGroups dynamic) {
		this.settings = settings;
		this.names = names;
		this.resources = resources;
		this.dynamic = dynamic;
		this.limit = new ConnectionLimit(settings.group().name(), settings.maxConnections(), resources.sockets());
		this.none = GroupAddresses.none(settings.group().name());
		// A proxy would accept connections on behalf of an address that does not.
		HttpClient client = GroupSslContext.secure(
				resources.surroundings().httpClients().apply(this).protocol(HttpProtocol.HTTP11).noProxy(), settings,
				names, resources.surroundings().tls());
		this.configuration = client.configuration();
		this.httpClient = limited(client);
		this.raw = RawTransportConfig.of(this.httpClient.configuration(), settings.tls());
		this.requests.close();
		if (dynamic == null) {
			open();
		}
	}

	void open() {
		this.limit.join(this.resources.surroundings().meters());
		GroupMembers members = new GroupMembers(this.settings, this.limit, this.resources);
		AddressPipeline pipeline = this.resources.pipeline();
		Flux<ResolvedTiers> addresses = pipeline.addresses(this.settings.group(), this.configuration);
		if (addresses == null) {
			this.opened = new OpenGroup(members, null, null);
		}
		else {
			this.opened = new OpenGroup(members,
					new AddressFeed(groupName(), addresses, members::update, this.settings.connectTimeout()),
					pipeline.resolvers(groupName(), this.configuration));
		}
		this.requests.reopen();
	}

	/*
	 * The resolver is named, or the client would make another one for these loops. HTTP/2
	 * is spoken without the client's knowing: by itself it would take a pool above this
	 * group, whose connections lead anywhere in it.
	 */
	private HttpClient limited(HttpClient client) {
		AddressResolverGroup<?> resolver = this.configuration.resolver();
		return client.resolver((resolver != null) ? resolver : this.configuration.defaultAddressResolverGroup())
			.runOn(new LimitedLoopResources(this.configuration::loopResources, () -> current().limit),
					this.configuration.isPreferNative())
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) this.settings.connectTimeout().toMillis())
			.responseTimeout(this.settings.responseTimeout())
			.doOnChannelInit((observer, channel, remote) -> this.resources.remotes().watch(channel, remote))
			.mapConnect((exchange) -> Mono.deferContextual((context) -> {
				BodyState body = context.getOrDefault(BodyState.class, null);
				return serve(Mono.from(exchange), body);
			}));
	}

	/*
	 * The group that is open under this name: clients outlive the groups of sources.
	 */
	private ManagedGroup current() {
		return (this.dynamic != null) ? this.dynamic.open(this) : this;
	}

	private Mono<Connection> serve(Mono<Connection> exchange, @Nullable BodyState body) {
		if (this.dynamic == null) {
			return walk(exchange, body);
		}
		try {
			ManagedGroup group = this.dynamic.begin(this);
			return group.walk(exchange, body).doFinally((signal) -> group.end());
		}
		catch (TooManyGroupsException ex) {
			return Mono.error(ex);
		}
	}

	private Mono<Connection> walk(Mono<Connection> exchange, @Nullable BodyState body) {
		OpenGroup opened = this.opened;
		AddressFeed feed = (opened != null) ? opened.feed() : null;
		if (feed == null || !this.open) {
			return new Walk(this, exchange, body).next();
		}
		feed.start();
		return (addresses().tiers() > 0) ? new Walk(this, exchange, body).next()
				: feed.arrival().then(Mono.defer(() -> new Walk(this, exchange, body).next()));
	}

	HttpClient httpClient(String name) {
		return this.httpClient.baseUrl(this.settings.protocol().scheme() + "://" + name);
	}

	/**
	 * Gets a raw connection.
	 * @return the connection, of the address that answered
	 */
	Mono<ManagedConnection> connect() {
		Mono<Connection> exchange = Mono.deferContextual((context) -> {
			if (!this.open) {
				return Mono.error(closed());
			}
			Attempt attempt = context.get(Attempt.class);
			return attempt.address()
				.pool()
				.acquireRaw(this.raw, attempt.observing(this.raw.observer()), resolvers(this.raw.resolvers()));
		});
		return Mono.defer(() -> serve(exchange, null))
			.map((connection) -> ManagedConnection.of(connection, this.resources.sockets().probe()));
	}

	private IllegalStateException closed() {
		return new IllegalStateException("The connections of group '" + groupName() + "' are closed");
	}

	GroupSettings settings() {
		return this.settings;
	}

	String groupName() {
		return this.settings.group().name();
	}

	/**
	 * Returns the addresses as they are now.
	 * @return the addresses, none if the group is closed
	 */
	GroupAddresses addresses() {
		OpenGroup opened = this.opened;
		return (opened != null) ? opened.members().current() : this.none;
	}

	RandomGenerator random() {
		return this.resources.surroundings().random();
	}

	/**
	 * Begins a request, which must {@link #end() end}.
	 * @param nowNanos the time
	 * @return whether the group is open; if not, nothing has begun
	 */
	boolean begin(long nowNanos) {
		if (!this.requests.begin()) {
			return false;
		}
		this.lastUsedNanos = nowNanos;
		return true;
	}

	void end() {
		this.requests.end();
	}

	long lastUsedNanos() {
		return this.lastUsedNanos;
	}

	/**
	 * Closes the group unless a request is on its way or a response is being read.
	 * @return whether it is closed now
	 */
	boolean closeIfUnused() {
		OpenGroup opened = this.opened;
		if (opened == null || !this.requests.closeIfUnused()) {
			return false;
		}
		if (opened.members().active() > 0) {
			this.requests.reopen();
			return false;
		}
		close();
		return true;
	}

	/**
	 * Lets go of everything.
	 */
	void close() {
		this.requests.close();
		OpenGroup opened = this.opened;
		this.opened = null;
		if (opened != null) {
			opened.stop();
			opened.members().close();
			this.limit.leave();
		}
	}

	void succeeded(Attempt attempt) {
		if (attempt.end()) {
			attempt.address().succeeded(attempt);
			attempt.address().finished();
		}
	}

	void abandoned(Attempt attempt) {
		if (attempt.end()) {
			attempt.address().release(attempt);
			attempt.address().finished();
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
		address.finished();
	}

	private void blame(Attempt attempt, Throwable error) {
		OpenGroup opened = this.opened;
		if (opened != null) {
			opened.members().blame(attempt, error);
		}
		else {
			attempt.address().release(attempt);
		}
	}

	@Override
	public Mono<? extends Connection> acquire(TransportConfig config, ConnectionObserver observer,
			@Nullable Supplier<? extends SocketAddress> remoteAddress,
			@Nullable AddressResolverGroup<?> resolverGroup) {
		return Mono.deferContextual((context) -> {
			if (!this.open) {
				return Mono.error(closed());
			}
			Attempt attempt = context.get(Attempt.class);
			if (remoteAddress != null && !isOurs(remoteAddress.get())) {
				attempt.redirected();
				return HttpResources.get().acquire(config, observer, remoteAddress, resolverGroup);
			}
			String misuse = this.settings.protocol().misuse(groupName(), config);
			if (misuse != null) {
				attempt.misused();
				return Mono.error(new IllegalArgumentException(misuse));
			}
			return attempt.address().pool().acquire(config, attempt.observing(observer), resolvers(resolverGroup));
		});
	}

	private @Nullable AddressResolverGroup<?> resolvers(@Nullable AddressResolverGroup<?> ofClient) {
		OpenGroup opened = current().opened;
		return (opened != null && opened.resolvers() != null) ? opened.resolvers() : ofClient;
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
			OpenGroup opened = this.opened;
			return (opened != null) ? opened.disposeLater() : Mono.empty();
		});
	}

	void reopen() {
		this.open = true;
		OpenGroup opened = this.opened;
		if (opened != null && opened.feed() != null) {
			opened.feed().start();
		}
	}

	/**
	 * Leaves the registry of circuit breakers as it was found.
	 */
	void unregister() {
		OpenGroup opened = this.opened;
		if (opened != null) {
			opened.members().all().forEach(ManagedAddress::removeBreaker);
		}
	}

	ConnectionsSnapshot.@Nullable GroupState snapshot() {
		OpenGroup opened = this.opened;
		if (opened == null) {
			return null;
		}
		GroupMembers members = opened.members();
		return new ConnectionsSnapshot.GroupState(groupName(), this.limit.permitGranted(),
				this.settings.maxConnections(), members.current().snapshot(), members.leaving(),
				members.health().snapshot());
	}

}
