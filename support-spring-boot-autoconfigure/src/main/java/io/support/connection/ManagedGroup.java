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
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
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
 * A configured group is open from the start. One that only a source knows is opened and
 * closed by {@link DynamicGroups}; while it is closed nothing is kept of it but this.
 */
final class ManagedGroup implements ConnectionProvider {

	private final GroupSettings settings;

	private final Set<String> names;

	private final ManagerResources resources;

	private final @Nullable DynamicGroups dynamic;

	private final ConnectionLimit limit;

	private final GroupBudget budget;

	private final Judge judge = new Judge(this::members);

	private final ConnectPace pace;

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
		this.budget = new GroupBudget(settings, resources.surroundings().nanoTime());
		this.pace = new ConnectPace(settings.connectAttemptDelay().toNanos());
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
		this.budget.join(groupName(), this.resources.surroundings().meters());
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
			.mapConnect((exchange) -> Mono.deferContextual((context) -> {
				Repetition repetition = new Repetition(context.getOrDefault(BodyState.class, null));
				return serve((group) -> Race.start(group, Mono.from(exchange), repetition));
			}));
	}

	/*
	 * The group that is open under this name: clients outlive the groups of sources.
	 */
	private ManagedGroup current() {
		return (this.dynamic != null) ? this.dynamic.open(this) : this;
	}

	private Mono<Connection> serve(Function<ManagedGroup, Mono<Connection>> way) {
		if (this.dynamic == null) {
			return whenKnown(way);
		}
		try {
			ManagedGroup group = this.dynamic.begin(this);
			return group.whenKnown(way).doFinally((signal) -> group.end());
		}
		catch (TooManyGroupsException ex) {
			return Mono.error(ex);
		}
	}

	/*
	 * When there are addresses to go to.
	 */
	private Mono<Connection> whenKnown(Function<ManagedGroup, Mono<Connection>> way) {
		this.budget.deposit();
		OpenGroup opened = this.opened;
		AddressFeed feed = (opened != null) ? opened.feed() : null;
		if (feed == null || !this.open) {
			return way.apply(this);
		}
		feed.start();
		return (addresses().tiers() > 0) ? way.apply(this) : feed.arrival().then(Mono.defer(() -> way.apply(this)));
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
			attempt.asked(this.raw);
			return attempt.address()
				.pool()
				.acquireRaw(this.raw, attempt.observing(this.raw.observer()), resolvers(this.raw.resolvers()),
						attempt.reuse());
		});
		// What will be said over it is not known, so it is not hedged once it is there.
		return Mono.defer(() -> serve((group) -> Race.start(group, exchange, new Repetition(null))))
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

	private @Nullable GroupMembers members() {
		OpenGroup opened = this.opened;
		return (opened != null) ? opened.members() : null;
	}

	GroupBudget budget() {
		return this.budget;
	}

	Judge judge() {
		return this.judge;
	}

	ConnectPace pace() {
		return this.pace;
	}

	/**
	 * Says whether no further connection can be opened, unless an idle one is closed.
	 * @return whether there are as many as there may be
	 */
	boolean isFull() {
		return this.limit.isFull();
	}

	long nanoTime() {
		return this.resources.surroundings().nanoTime().getAsLong();
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

	@Override
	public Mono<? extends Connection> acquire(TransportConfig config, ConnectionObserver observer,
			@Nullable Supplier<? extends SocketAddress> remoteAddress,
			@Nullable AddressResolverGroup<?> resolverGroup) {
		return Mono.deferContextual((context) -> {
			if (!this.open) {
				return Mono.error(closed());
			}
			Attempt attempt = context.get(Attempt.class);
			attempt.asked(config);
			if (remoteAddress != null && !isOurs(remoteAddress.get())) {
				attempt.redirected();
				return HttpResources.get().acquire(config, observer, remoteAddress, resolverGroup);
			}
			String misuse = this.settings.protocol().misuse(groupName(), config);
			if (misuse != null) {
				attempt.misused();
				return Mono.error(new IllegalArgumentException(misuse));
			}
			return attempt.address()
				.pool()
				.acquire(config, attempt.observing(observer), resolvers(resolverGroup), attempt.reuse());
		});
	}

	private AddressResolverGroup<?> resolvers(@Nullable AddressResolverGroup<?> ofClient) {
		OpenGroup opened = current().opened;
		AddressResolverGroup<?> own = (opened != null) ? opened.resolvers() : null;
		return (own != null) ? own : Objects.requireNonNull(ofClient, "The HTTP client must have a resolver");
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
			opened.members().all().forEach((address) -> address.standing().removeBreaker());
		}
	}

	ConnectionsSnapshot.@Nullable GroupState snapshot() {
		OpenGroup opened = this.opened;
		if (opened == null) {
			return null;
		}
		GroupMembers members = opened.members();
		return new ConnectionsSnapshot.GroupState(groupName(), this.limit.openSockets(), this.settings.maxConnections(),
				members.current().snapshot(), members.leaving(), members.health().snapshot(), this.budget.snapshot());
	}

}
