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
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DnsOpCode;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import reactor.netty.resources.LoopResources;

/**
 * A DNS server on a loopback port of its own, for tests: it answers what it is told to,
 * fails, says nothing, or keeps its answers back, and remembers what it was asked.
 */
public final class TestDnsServer implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final LoopResources loops = LoopResources.create("test-dns", 1, true);

	private final Map<String, List<Answer>> records = new ConcurrentHashMap<>();

	private final List<Asked> asked = new CopyOnWriteArrayList<>();

	private final List<Runnable> heldBack = new ArrayList<>();

	private final Channel channel;

	private volatile DnsResponseCode code = DnsResponseCode.NOERROR;

	private volatile boolean mute;

	private boolean holding;

	public TestDnsServer() {
		EventLoopGroup group = this.loops.onServer(true);
		this.channel = new Bootstrap().group(group)
			.channelFactory(() -> this.loops.onChannel(DatagramChannel.class, group))
			.handler(new ChannelInitializer<>() {

				@Override
				protected void initChannel(Channel channel) {
					channel.pipeline()
						.addLast(new DatagramDnsQueryDecoder(), new DatagramDnsResponseEncoder(), new Handler());
				}

			})
			.bind("127.0.0.1", 0)
			.syncUninterruptibly()
			.channel();
	}

	public InetSocketAddress address() {
		return (InetSocketAddress) this.channel.localAddress();
	}

	/**
	 * Gives a host these addresses, in place of those that it had.
	 */
	public TestDnsServer host(String name, long ttl, String... addresses) {
		List<Answer> answers = new ArrayList<>();
		for (String address : addresses) {
			byte[] ip = ip(address);
			answers.add(new Answer(name, (ip.length == 4) ? DnsRecordType.A : DnsRecordType.AAAA, ttl, ip));
		}
		this.records.put(name, answers);
		return this;
	}

	/**
	 * Makes a name another name of a host.
	 */
	public TestDnsServer alias(String name, long ttl, String host) {
		List<Answer> answers = new ArrayList<>(List.of(new Answer(name, DnsRecordType.CNAME, ttl, name(host))));
		answers.addAll(this.records.get(host));
		this.records.put(name, answers);
		return this;
	}

	/**
	 * Gives a service these instances, in place of those that it had.
	 * @param instances each as "priority weight port target"
	 */
	public TestDnsServer service(String name, long ttl, String... instances) {
		List<Answer> answers = new ArrayList<>();
		for (String instance : instances) {
			String[] parts = instance.split(" ", -1);
			ByteBuf content = Unpooled.buffer();
			for (int i = 0; i < 3; i++) {
				content.writeShort(Integer.parseInt(parts[i]));
			}
			content.writeBytes(name(parts[3]));
			byte[] bytes = new byte[content.readableBytes()];
			content.readBytes(bytes);
			answers.add(new Answer(name, DnsRecordType.SRV, ttl, bytes));
		}
		this.records.put(name, answers);
		return this;
	}

	private static byte[] ip(String address) {
		try {
			return InetAddress.getByName(address).getAddress();
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	private static byte[] name(String name) {
		ByteBuf content = Unpooled.buffer();
		for (String label : name.split("\\.", -1)) {
			content.writeByte(label.length());
			content.writeCharSequence(label, StandardCharsets.US_ASCII);
		}
		if (!name.isEmpty()) {
			content.writeByte(0);
		}
		byte[] bytes = new byte[content.readableBytes()];
		content.readBytes(bytes);
		return bytes;
	}

	/**
	 * Answers everything with this code from now on.
	 */
	public void fail(DnsResponseCode code) {
		this.code = code;
	}

	public void recover() {
		this.code = DnsResponseCode.NOERROR;
		this.mute = false;
	}

	/**
	 * Answers nothing from now on.
	 */
	public void mute() {
		this.mute = true;
	}

	/**
	 * Keeps answers back until {@link #release()}.
	 */
	public void hold() {
		synchronized (this.heldBack) {
			this.holding = true;
		}
	}

	public void release() {
		synchronized (this.heldBack) {
			this.holding = false;
			this.heldBack.forEach(Runnable::run);
			this.heldBack.clear();
		}
	}

	public int queries(String name, DnsRecordType type) {
		return (int) asked(name, type).count();
	}

	/**
	 * Returns the times at which a name was asked for, in nanoseconds.
	 */
	public List<Long> times(String name, DnsRecordType type) {
		return asked(name, type).map(Asked::nanos).toList();
	}

	private Stream<Asked> asked(String name, DnsRecordType type) {
		return this.asked.stream().filter((query) -> query.name().equals(name) && query.type().equals(type));
	}

	@Override
	public void close() {
		this.channel.close().syncUninterruptibly();
		this.loops.disposeLater(Duration.ZERO, TIMEOUT).block(TIMEOUT);
	}

	/*
	 * The bytes of the content, one in each character.
	 */
	private record Answer(String name, DnsRecordType type, long ttl, String content) {

		Answer(String name, DnsRecordType type, long ttl, byte[] content) {
			this(name, type, ttl, new String(content, StandardCharsets.ISO_8859_1));
		}

	}

	private record Asked(String name, DnsRecordType type, long nanos) {
	}

	private final class Handler extends SimpleChannelInboundHandler<DatagramDnsQuery> {

		@Override
		protected void channelRead0(ChannelHandlerContext context, DatagramDnsQuery query) {
			DnsQuestion question = query.recordAt(DnsSection.QUESTION);
			String name = question.name().substring(0, question.name().length() - 1);
			TestDnsServer.this.asked.add(new Asked(name, question.type(), System.nanoTime()));
			int id = query.id();
			InetSocketAddress from = query.recipient();
			InetSocketAddress to = query.sender();
			if (TestDnsServer.this.mute) {
				return;
			}
			synchronized (TestDnsServer.this.heldBack) {
				if (TestDnsServer.this.holding) {
					TestDnsServer.this.heldBack.add(() -> answer(context, id, from, to, name, question.type()));
					return;
				}
			}
			answer(context, id, from, to, name, question.type());
		}

		@SuppressWarnings("FutureReturnValueIgnored") // who asked sees that nothing comes
		private void answer(ChannelHandlerContext context, int id, InetSocketAddress from, InetSocketAddress to,
				String name, DnsRecordType type) {
			List<Answer> known = TestDnsServer.this.records.get(name);
			DnsResponseCode code = TestDnsServer.this.code;
			if (code.equals(DnsResponseCode.NOERROR) && known == null) {
				code = DnsResponseCode.NXDOMAIN;
			}
			DatagramDnsResponse response = new DatagramDnsResponse(from, to, id, DnsOpCode.QUERY, code);
			response.addRecord(DnsSection.QUESTION, new DefaultDnsQuestion(name, type));
			if (code.equals(DnsResponseCode.NOERROR)) {
				known.stream()
					.filter((record) -> record.type().equals(type) || record.type().equals(DnsRecordType.CNAME))
					.forEach((record) -> response.addRecord(DnsSection.ANSWER,
							new DefaultDnsRawRecord(record.name(), record.type(), record.ttl(),
									Unpooled.copiedBuffer(record.content(), StandardCharsets.ISO_8859_1))));
			}
			context.writeAndFlush(response, context.voidPromise());
		}

	}

}
