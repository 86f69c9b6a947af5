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

import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.resolver.dns.DnsCache;
import io.netty.resolver.dns.DnsCacheEntry;
import io.netty.resolver.dns.DnsCnameCache;
import io.netty.resolver.dns.NoopDnsCache;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for how long an answer is valid: no longer than any of its addresses, and
 * than the alias (CNAME record) on the way to them. Stands in the place of Netty's caches
 * and gives nothing, so that everything is asked for again. Belongs to one event loop.
 */
final class AnswerLifetime implements DnsCache, DnsCnameCache {

	private long seconds = Long.MAX_VALUE;

	/**
	 * Returns the shortest time to live since this was last forgotten.
	 * @return the time in seconds
	 */
	long seconds() {
		return this.seconds;
	}

	void forget() {
		this.seconds = Long.MAX_VALUE;
	}

	@Override
	public DnsCacheEntry cache(String hostname, DnsRecord[] additionals, InetAddress address, long originalTtl,
			EventLoop loop) {
		this.seconds = Math.min(this.seconds, originalTtl);
		return NoopDnsCache.INSTANCE.cache(hostname, additionals, address, originalTtl, loop);
	}

	@Override
	public DnsCacheEntry cache(String hostname, DnsRecord[] additionals, Throwable cause, EventLoop loop) {
		return NoopDnsCache.INSTANCE.cache(hostname, additionals, cause, loop);
	}

	@Override
	public void cache(String hostname, String cname, long originalTtl, EventLoop loop) {
		this.seconds = Math.min(this.seconds, originalTtl);
	}

	@Override
	public List<? extends DnsCacheEntry> get(String hostname, DnsRecord[] additionals) {
		return List.of();
	}

	@Override
	public @Nullable String get(String hostname) {
		return null;
	}

	@Override
	public void clear() {
		forget();
	}

	@Override
	public boolean clear(String hostname) {
		return false;
	}

}
