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
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsNameResolverChannelStrategy;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/**
 * All answers of DNS to names that somebody wants to know. The names are asked for again
 * before their answers are out of date, with one query on its way for each name and type
 * of record, however many want to know; what DNS said last is used on when it fails.
 * Search domains, the hosts file and, without configured servers, those of the operating
 * system apply.
 * <p>
 * Thread-safe, blocks nobody, and bounded: at most {@link DnsSettings#maxNames()} names
 * are known. One that nobody watches makes room for another; if all are watched, the new
 * one is refused.
 */
public final class DnsDirectory implements AutoCloseable {

	private final DnsSettings settings;

	private final DnsListener listener;

	private final EventLoop loop;

	private final RecordKind<InetAddress> hosts;

	private final RecordKind<ServiceRecord> services;

	/** By kind and name, the one that was wanted last at the end. */
	private final Map<String, DnsEntry<?>> entries = new LinkedHashMap<>(16, 0.75f, true);

	private final LongAdder refused = new LongAdder();

	private boolean closed;

	/**
	 * Creates a directory that knows nothing.
	 * @param settings how DNS is asked
	 * @param loops gives the event loop that does it
	 * @param preferNative whether that is one of a native transport, if there is one
	 * @param listener is told of every resolution
	 */
	public DnsDirectory(DnsSettings settings, LoopResources loops, boolean preferNative, DnsListener listener) {
		this.settings = settings;
		this.listener = listener;
		EventLoopGroup group = loops.onClient(preferNative);
		this.loop = group.next();
		// A socket for each resolution: answers are harder to forge where the port
		// changes.
		DnsNameResolverBuilder resolvers = new DnsNameResolverBuilder(this.loop)
			.datagramChannelFactory(() -> loops.onChannel(DatagramChannel.class, group))
			.socketChannelFactory(() -> loops.onChannel(SocketChannel.class, group))
			.datagramChannelStrategy(DnsNameResolverChannelStrategy.ChannelPerResolution)
			.queryTimeoutMillis(settings.queryTimeout().toMillis())
			.resolveCache(NoopDnsCache.INSTANCE)
			.authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE);
		if (!settings.servers().isEmpty()) {
			resolvers.nameServerProvider(new SequentialDnsServerAddressStreamProvider(settings.servers()));
		}
		try (DnsNameResolver sample = resolvers.copy().build()) {
			this.hosts = RecordKind.hosts(sample.resolvedAddressTypes(), resolvers::copy);
		}
		this.services = RecordKind.services(this.loop, resolvers::copy);
	}

	/**
	 * Watches the addresses of a host (A and AAAA records).
	 * @param group who wants to know
	 * @param name the host
	 * @return what is known now, at once, and then every change; ends when the directory
	 * is closed, and never with an error
	 */
	public Flux<DnsAnswer<InetAddress>> hosts(String group, String name) {
		return watch(group, "host " + name.toLowerCase(Locale.ROOT), name, this.hosts);
	}

	/**
	 * Watches the instances of a service (SRV records).
	 * @param group who wants to know
	 * @param name the service, such as {@code _http._tcp.orders.example}
	 * @return what is known now, at once, and then every change; ends when the directory
	 * is closed, and never with an error
	 */
	public Flux<DnsAnswer<ServiceRecord>> services(String group, String name) {
		return watch(group, "service " + name.toLowerCase(Locale.ROOT), name, this.services);
	}

	/**
	 * Gives the addresses of a host as soon as they are known.
	 * @param group who wants to know
	 * @param name the host
	 * @return the addresses, at least one; or why there are none
	 */
	public Mono<List<InetAddress>> lookup(String group, String name) {
		return hosts(group, name).filter((answer) -> !answer.isPending()).next().flatMap((answer) -> {
			Throwable failure = answer.failure();
			return (failure != null) ? Mono.error(failure) : Mono.just(answer.records());
		}).switchIfEmpty(Mono.error(() -> new UnknownHostException(name + ": DNS is asked no more")));
	}

	/**
	 * Returns how many names are known.
	 * @return the number of names, those that nobody watches any more included
	 */
	public int names() {
		synchronized (this.entries) {
			return this.entries.size();
		}
	}

	/**
	 * Returns how many names were refused because there are as many as there may be.
	 * @return the number since the start
	 */
	public long refused() {
		return this.refused.sum();
	}

	private <T> Flux<DnsAnswer<T>> watch(String group, String key, String name, RecordKind<T> kind) {
		return Flux.defer(() -> {
			DnsEntry<T> entry = begin(group, key, name, kind);
			if (entry == null) {
				return isClosed() ? Flux.empty() : full(name);
			}
			return entry.answers().doFinally((signal) -> end(group, entry));
		});
	}

	private boolean isClosed() {
		synchronized (this.entries) {
			return this.closed;
		}
	}

	private <T> Flux<DnsAnswer<T>> full(String name) {
		this.refused.increment();
		return Flux.<DnsAnswer<T>>never()
			.startWith(DnsAnswer.failed(new UnknownHostException(name + ": " + this.settings.maxNames()
					+ " names are watched already; raise support.connections.dns.max-names")));
	}

	private <T> @Nullable DnsEntry<T> begin(String group, String key, String name, RecordKind<T> kind) {
		synchronized (this.entries) {
			@SuppressWarnings("unchecked") // the key begins with the kind
			DnsEntry<T> present = (DnsEntry<T>) this.entries.get(key);
			if (present == null) {
				if (this.closed || !makeRoom()) {
					return null;
				}
				present = new DnsEntry<>(name, kind, this.loop, this.settings, this.listener,
						(entry) -> forget(key, entry));
				this.entries.put(key, present);
			}
			present.watch(group);
			return present;
		}
	}

	private boolean makeRoom() {
		Iterator<DnsEntry<?>> eldest = this.entries.values().iterator();
		while (this.entries.size() >= this.settings.maxNames() && eldest.hasNext()) {
			DnsEntry<?> entry = eldest.next();
			if (!entry.isWatched()) {
				eldest.remove();
				entry.close();
			}
		}
		return this.entries.size() < this.settings.maxNames();
	}

	private void end(String group, DnsEntry<?> entry) {
		synchronized (this.entries) {
			entry.unwatch(group);
		}
	}

	private void forget(String key, DnsEntry<?> entry) {
		synchronized (this.entries) {
			if (!entry.isWatched() && this.entries.remove(key, entry)) {
				entry.close();
			}
		}
	}

	@Override
	public void close() {
		List<DnsEntry<?>> open;
		synchronized (this.entries) {
			this.closed = true;
			open = new ArrayList<>(this.entries.values());
			this.entries.clear();
		}
		open.forEach(DnsEntry::close);
	}

}
