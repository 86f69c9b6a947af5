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
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;

import io.support.benchmarks.faults.NameScript.Then;

/**
 * A name server on loopback that knows one name: UDP and IPv4 addresses only.
 */
final class NameServer implements AutoCloseable {

	/**
	 * The name, in a top-level domain that nobody has.
	 */
	static final String NAME = "peers.test";

	private final List<InetAddress> addresses;

	private final NameScript script;

	private final Census census;

	private final LongSupplier clock;

	private final Runnable begun;

	private final Channel channel;

	private boolean asked;

	private long firstAsked;

	/**
	 * Starts a name server.
	 * @param addresses where the name leads
	 * @param script what is said and when
	 * @param census is told of every question
	 * @param loop what it runs on, and the census belongs to
	 * @param clock the time in nanoseconds
	 * @param begun called on the loop at the first question
	 */
	NameServer(List<InetAddress> addresses, NameScript script, Census census, EventLoopGroup loop, LongSupplier clock,
			Runnable begun) {
		this.addresses = List.copyOf(addresses);
		this.script = script;
		this.census = census;
		this.clock = clock;
		this.begun = begun;
		this.channel = new Bootstrap().group(loop)
			.channel(NioDatagramChannel.class)
			.handler(new ChannelInitializer<DatagramChannel>() {

				@Override
				protected void initChannel(DatagramChannel channel) {
					channel.pipeline()
						.addLast(new DatagramDnsQueryDecoder(), new DatagramDnsResponseEncoder(), new Questions());
				}

			})
			.bind(InetAddress.getLoopbackAddress(), 0)
			.syncUninterruptibly()
			.channel();
	}

	InetSocketAddress address() {
		return (InetSocketAddress) this.channel.localAddress();
	}

	private boolean isWell() {
		long now = this.clock.getAsLong();
		if (!this.asked) {
			this.asked = true;
			this.firstAsked = now;
			this.begun.run();
		}
		return Duration.ofNanos(now - this.firstAsked).compareTo(this.script.well()) < 0;
	}

	private List<InetAddress> addresses(boolean well) {
		int half = this.addresses.size() / 2;
		if (this.script.then() != Then.MOVES) {
			return this.addresses;
		}
		return well ? this.addresses.subList(0, half) : this.addresses.subList(half, this.addresses.size());
	}

	@Override
	public void close() {
		this.channel.close().syncUninterruptibly();
	}

	private final class Questions extends SimpleChannelInboundHandler<DatagramDnsQuery> {

		@Override
		@SuppressWarnings("FutureReturnValueIgnored")
		protected void channelRead0(ChannelHandlerContext context, DatagramDnsQuery query) {
			NameServer.this.census.asked();
			boolean well = isWell();
			if (!well && NameServer.this.script.then() == Then.IS_MUTE) {
				return;
			}
			context.writeAndFlush(answer(query, well));
		}

		private DatagramDnsResponse answer(DatagramDnsQuery query, boolean well) {
			DnsQuestion question = query.recordAt(DnsSection.QUESTION);
			DatagramDnsResponse response = new DatagramDnsResponse(/* sender= */query.recipient(),
					/* recipient= */query.sender(), query.id());
			response.addRecord(DnsSection.QUESTION, question);
			if (!well && NameServer.this.script.then() == Then.FAILS) {
				return response.setCode(DnsResponseCode.SERVFAIL);
			}
			if (!question.name().toLowerCase(Locale.ROOT).equals(NAME + ".")) {
				return response.setCode(DnsResponseCode.NXDOMAIN);
			}
			if (question.type().equals(DnsRecordType.A)) {
				for (InetAddress address : addresses(well)) {
					response.addRecord(DnsSection.ANSWER, new DefaultDnsRawRecord(question.name(), DnsRecordType.A,
							NameServer.this.script.ttlSeconds(), Unpooled.wrappedBuffer(address.getAddress())));
				}
			}
			return response;
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			// What cannot be read is not answered.
		}

	}

}
