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

import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import io.netty.util.concurrent.Promise;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the instances of a service.
 */
final class ServiceLookup implements Lookup<ServiceRecord> {

	private final Question question;

	private final EventLoop loop;

	private final DnsNameResolver resolver;

	private long seconds;

	ServiceLookup(String name, EventLoop loop, DnsNameResolverBuilder resolvers) {
		this.question = new Question(name);
		this.loop = loop;
		this.resolver = resolvers.build();
	}

	@Override
	public Future<List<ServiceRecord>> ask() {
		Promise<List<ServiceRecord>> promise = this.loop.newPromise();
		this.seconds = Long.MAX_VALUE;
		this.resolver.resolveAll(this.question).addListener((FutureListener<List<DnsRecord>>) (future) -> {
			List<ServiceRecord> instances = future.isSuccess() ? read(future.getNow()) : List.of();
			if (!instances.isEmpty()) {
				promise.setSuccess(instances);
			}
			else {
				promise.setFailure((future.cause() != null) ? future.cause()
						: new UnknownHostException(this.question.name() + ": there is no such service"));
			}
		});
		return promise;
	}

	private List<ServiceRecord> read(List<DnsRecord> records) {
		List<ServiceRecord> instances = new ArrayList<>();
		for (DnsRecord record : records) {
			ServiceRecord instance = (record instanceof DnsRawRecord raw) ? instance(raw.content()) : null;
			if (instance != null) {
				instances.add(instance);
				this.seconds = Math.min(this.seconds, record.timeToLive());
			}
			ReferenceCountUtil.release(record);
		}
		return instances;
	}

	/*
	 * Priority, weight, port and target, as RFC 2782 lays them out. A target of "." says
	 * that there is no such service.
	 */
	private static @Nullable ServiceRecord instance(ByteBuf content) {
		try {
			ByteBuf reader = content.duplicate();
			int priority = reader.readUnsignedShort();
			int weight = reader.readUnsignedShort();
			int port = reader.readUnsignedShort();
			String target = DefaultDnsRecordDecoder.decodeName(reader);
			String host = target.endsWith(".") ? target.substring(0, target.length() - 1) : target;
			return (host.isEmpty() || port == 0) ? null : new ServiceRecord(priority, weight, port, host);
		}
		catch (CorruptedFrameException | IndexOutOfBoundsException ex) {
			return null;
		}
	}

	@Override
	public long seconds() {
		return this.seconds;
	}

	@Override
	public void close() {
		this.resolver.close();
	}

	/**
	 * A question as a person would ask it. Netty's own makes every name a full one (it
	 * adds the dot at the end), so that search domains do not apply.
	 *
	 * @param name the name
	 */
	private record Question(String name) implements DnsQuestion {

		@Override
		public DnsRecordType type() {
			return DnsRecordType.SRV;
		}

		@Override
		public int dnsClass() {
			return DnsRecord.CLASS_IN;
		}

		@Override
		public long timeToLive() {
			return 0;
		}

	}

}
