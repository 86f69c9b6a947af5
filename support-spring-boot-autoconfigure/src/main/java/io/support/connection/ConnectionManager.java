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

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

import io.support.context.ContextContributor;
import io.support.context.SocketOwner;
import io.support.context.WarningSource;

/**
 * Connects to groups of addresses by name: those that are configured, and those that an
 * {@link AddressSource} knows. Nothing is connected before it is asked for; from then on
 * the addresses change when DNS or the source says so.
 * <p>
 * Thread-safe. Everything that is kept per address is bounded by the addresses that there
 * are, and the groups that only a source knows by
 * {@link AddressSources#maxDynamicGroups()}. Open from the beginning; {@link #start()}
 * asks for the addresses of the configured groups before their first requests do,
 * {@link #stop()} closes idle connections and refuses new ones until it is started again,
 * {@link #close()} is for good.
 */
public final class ConnectionManager
		implements ContextContributor, SocketOwner, WarningSource, SmartLifecycle, AutoCloseable {

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

	private final Map<String, String> aliases;

	private final Map<String, ManagedGroup> groups = new TreeMap<>();

	private final Map<String, ManagedGroup> names = new TreeMap<>();

	private final ManagerResources resources;

	private final DynamicGroups dynamic;

	private volatile boolean running;

	/**
	 * Creates a manager of groups with fixed addresses. A host name among them is
	 * resolved by the HTTP client when it connects.
	 * @param groups the groups
	 * @param aliases more names for groups: from the alias to the name of its group
	 * @param resources what is taken from the surroundings; not closed with the manager
	 * @throws IllegalArgumentException if two groups have the same name, or an alias is a
	 * group's name or leads nowhere
	 */
	public ConnectionManager(Collection<GroupSettings> groups, Map<String, String> aliases,
			ConnectionResources resources) {
		this(groups, aliases, resources, AddressSources.none());
	}

	/**
	 * Creates a manager.
	 * @param groups the configured groups
	 * @param aliases more names for groups: from the alias to the name of its group
	 * @param resources what is taken from the surroundings; not closed with the manager
	 * @param sources where addresses come from while it runs
	 * @throws IllegalArgumentException if two groups have the same name, or an alias is a
	 * group's name or leads nowhere
	 */
	public ConnectionManager(Collection<GroupSettings> groups, Map<String, String> aliases,
			ConnectionResources resources, AddressSources sources) {
		this.aliases = Collections.unmodifiableMap(new TreeMap<>(aliases));
		this.resources = ManagerResources.of(resources, sources);
		this.dynamic = new DynamicGroups(sources.maxDynamicGroups(), (dynamic,
				name) -> new ManagedGroup(sources.dynamic().apply(name), Set.of(name), this.resources, dynamic),
				resources.nanoTime(), resources.meters());
		for (GroupSettings settings : groups) {
			String name = settings.group().name();
			if (this.groups.containsKey(name)) {
				throw new IllegalArgumentException("Two groups are named '" + name + "'");
			}
			this.groups.put(name, new ManagedGroup(settings, namesOf(name), this.resources, null));
		}
		this.names.putAll(this.groups);
		this.aliases.forEach((alias, name) -> {
			ManagedGroup group = this.groups.get(name);
			if (group == null || this.names.putIfAbsent(alias, group) != null) {
				throw new IllegalArgumentException("Alias '" + alias + "' of '" + name
						+ "' must not be the name of a group, and must lead to one of " + this.groups.keySet());
			}
		});
	}

	private Set<String> namesOf(String group) {
		Set<String> names = new TreeSet<>(Set.of(group));
		this.aliases.forEach((alias, name) -> {
			if (name.equals(group)) {
				names.add(alias);
			}
		});
		return names;
	}

	static String key(String name) {
		return name.toLowerCase(Locale.ROOT);
	}

	/**
	 * Returns the names under which configured groups can be reached.
	 * @return the names of the groups and the aliases, in alphabetical order; without
	 * those that only a source {@linkplain #knows knows}
	 */
	public Set<String> names() {
		return Collections.unmodifiableSet(this.names.keySet());
	}

	/**
	 * Says whether there may be groups that are not configured.
	 * @return whether sources are asked for names
	 */
	public boolean hasSources() {
		return this.resources.pipeline().hasSources();
	}

	/**
	 * Says whether a name stands for a group. Asks the sources if it is not configured,
	 * which answer from memory.
	 * @param name the name, in upper or lower case
	 * @return whether it is the name of a group or an alias, or a source knows it
	 */
	public boolean knows(String name) {
		String key = key(name);
		return this.names.containsKey(key) || (AddressGroup.isName(key) && this.resources.pipeline().knows(key));
	}

	/**
	 * Returns a group with the addresses that it has now.
	 * @param name the group's name or an alias, in upper or lower case
	 * @return the group; without addresses while none is known
	 * @throws NameNotFoundException if there is none
	 */
	public AddressGroup group(String name) throws NameNotFoundException {
		return find(name).addresses().group();
	}

	/**
	 * Returns the HTTP client of a group. What is asked of {@code http://name/...}, or of
	 * a path alone, goes to an address of the group, and to the next one if that fails:
	 * always if nothing of the request was sent, and if it was, only where the method is
	 * idempotent and the request has no body.
	 * <p>
	 * The client may be refined like any other. Its connections come from the pools of
	 * the group, and its errors are {@link MultiConnectException} if no address could
	 * serve the request, {@link MarkedDownException} if none was tried,
	 * {@link TooManyGroupsException} if only a source knows the group and there is no
	 * room for it, and Reactor Netty's own where the request must not be sent again.
	 * @param name the group's name or an alias, in upper or lower case
	 * @return the client; the same connections however often it is asked for
	 * @throws NameNotFoundException if there is no such group
	 */
	public HttpClient httpClient(String name) throws NameNotFoundException {
		return find(name).httpClient(key(name));
	}

	/**
	 * Gets a raw connection to an address of a group: the one that was used last if one
	 * is idle, or a new one. The addresses are tried in the same order as by
	 * {@link #httpClient}, within the same limits, and those that fail are marked down in
	 * the same way.
	 * <p>
	 * Fails with a {@link NameNotFoundException} if there is no such group, with a
	 * {@link MultiConnectException} if no address could be connected to, which has an
	 * {@link OutOfSocketsException} for each for which there was no room, and with a
	 * {@link MarkedDownException} if none was tried. Connecting is not stopped by a
	 * cancellation; what it leads to is closed.
	 * @param name the group's name or an alias, in upper or lower case
	 * @return a connection each time it is subscribed to; the subscriber must
	 * {@linkplain ManagedConnection#release() release} or
	 * {@linkplain ManagedConnection#close() close} it
	 */
	public Mono<ManagedConnection> connect(String name) {
		return Mono.defer(() -> {
			try {
				return find(name).connect();
			}
			catch (NameNotFoundException ex) {
				return Mono.error(ex);
			}
		});
	}

	private ManagedGroup find(String name) throws NameNotFoundException {
		ManagedGroup group = this.names.get(key(name));
		if (group != null) {
			return group;
		}
		if (!knows(name)) {
			throw new NameNotFoundException(name, this.names.keySet());
		}
		return this.dynamic.get(key(name));
	}

	@Override
	public String name() {
		return "connections";
	}

	@Override
	public Object snapshot() {
		List<ManagedGroup> dynamic = this.dynamic.all();
		List<ConnectionsSnapshot.GroupState> states = Stream.concat(this.groups.values().stream(), dynamic.stream())
			.map(ManagedGroup::snapshot)
			.filter(Objects::nonNull)
			.toList();
		return new ConnectionsSnapshot(this.resources.sockets().limit().open(),
				this.resources.sockets().limit().maximum(), this.aliases, dynamic.size(), this.dynamic.maximum(),
				states);
	}

	@Override
	public void forEachSocket(Sockets sockets) {
		this.resources.sockets().forEachSocket(sockets);
	}

	@Override
	public void forEachWarning(Consumer<Found> found) {
		this.resources.sockets().forEachWarning(found);
	}

	@Override
	public void start() {
		this.groups.values().forEach(ManagedGroup::reopen);
		this.dynamic.start();
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.dynamic.stop();
		Flux.fromIterable(this.groups.values())
			.flatMap(ManagedGroup::disposeLater)
			.then()
			.timeout(CLOSE_TIMEOUT, Mono.empty())
			.block();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/**
	 * Returns the phase of Spring's own HTTP connectors: after the web server has
	 * drained, and before the event loops stop.
	 */
	@Override
	public int getPhase() {
		return 1;
	}

	@Override
	public void close() {
		stop();
		this.groups.values().forEach(ManagedGroup::unregister);
		this.resources.pipeline().close();
	}

}
