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

package io.support.benchmarks.faults;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import io.netty.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.support.benchmarks.faults.NameScript.Then;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NameServer}.
 */
@Timeout(60)
class NameServerTests {

	private final EventLoop loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()).next();

	private final AtomicLong clock = new AtomicLong();

	private final AtomicInteger begun = new AtomicInteger();

	private final Census census = new Census(0);

	@AfterEach
	void stop() {
		this.loop.parent().shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
	}

	@Test
	void knowsAllAddressesOfItsName() throws UnknownHostException {
		try (NameServer server = server(NameScript.STEADY); DnsNameResolver resolver = resolver(server)) {
			assertThat(resolve(resolver, NameServer.NAME).getNow()).containsExactlyElementsOf(addresses());
			assertThat(resolve(resolver, "another.test").isSuccess()).isFalse();
			assertThat(this.begun).hasValue(1);
			assertThat(queries()).isEqualTo(2);
		}
	}

	@Test
	void failsAfterAWhile() throws UnknownHostException {
		try (NameServer server = server(NameScript.until(Then.FAILS)); DnsNameResolver resolver = resolver(server)) {
			assertThat(resolve(resolver, NameServer.NAME).getNow()).hasSize(4);
			this.clock.addAndGet(Duration.ofSeconds(1).toNanos());
			assertThat(resolve(resolver, NameServer.NAME).isSuccess()).isFalse();
			assertThat(queries()).isEqualTo(2);
		}
	}

	@Test
	void isMuteAfterAWhile() throws UnknownHostException {
		try (NameServer server = server(NameScript.until(Then.IS_MUTE)); DnsNameResolver resolver = resolver(server)) {
			assertThat(resolve(resolver, NameServer.NAME).getNow()).hasSize(4);
			this.clock.addAndGet(Duration.ofSeconds(1).toNanos());
			assertThat(resolve(resolver, NameServer.NAME).cause()).hasStackTraceContaining("timed out");
			assertThat(queries()).isEqualTo(2);
		}
	}

	@Test
	void nameMovesFromTheFirstHalfToTheSecond() throws UnknownHostException {
		try (NameServer server = server(NameScript.until(Then.MOVES)); DnsNameResolver resolver = resolver(server)) {
			assertThat(resolve(resolver, NameServer.NAME).getNow())
				.containsExactlyElementsOf(addresses().subList(0, 2));
			this.clock.addAndGet(Duration.ofSeconds(1).toNanos());
			assertThat(resolve(resolver, NameServer.NAME).getNow())
				.containsExactlyElementsOf(addresses().subList(2, 4));
		}
	}

	private NameServer server(NameScript script) throws UnknownHostException {
		return new NameServer(addresses(), script, this.census, this.loop, this.clock::get,
				this.begun::incrementAndGet);
	}

	private static List<InetAddress> addresses() throws UnknownHostException {
		return List.of(InetAddress.getByName("127.0.1.1"), InetAddress.getByName("127.0.1.2"),
				InetAddress.getByName("127.0.1.3"), InetAddress.getByName("127.0.1.4"));
	}

	private DnsNameResolver resolver(NameServer server) {
		return new DnsNameResolverBuilder(this.loop).datagramChannelType(NioDatagramChannel.class)
			.nameServerProvider(new SingletonDnsServerAddressStreamProvider(server.address()))
			.resolvedAddressTypes(ResolvedAddressTypes.IPV4_ONLY)
			.resolveCache(NoopDnsCache.INSTANCE)
			.queryTimeoutMillis(300)
			.ndots(1)
			.searchDomains(List.of())
			.build();
	}

	private static Future<List<InetAddress>> resolve(DnsNameResolver resolver, String name) {
		return resolver.resolveAll(name).awaitUninterruptibly();
	}

	private long queries() {
		return this.loop.submit(() -> this.census.counts().queries()).syncUninterruptibly().getNow();
	}

}
