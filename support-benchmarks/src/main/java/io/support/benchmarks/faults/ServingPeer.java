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

import java.io.IOException;
import java.net.InetSocketAddress;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.concurrent.GlobalEventExecutor;

/**
 * A peer that accepts connections.
 */
final class ServingPeer implements Peer {

	private static final int BACKLOG = 1024;

	private static final int MAX_BODY = 1024;

	private final Channel listener;

	private final ChannelGroup connections;

	private ServingPeer(Channel listener, ChannelGroup connections) {
		this.listener = listener;
		this.connections = connections;
	}

	/**
	 * Returns peers that serve.
	 * @param behaviour how
	 * @return what makes them
	 */
	static Kind with(Behaviour behaviour) {
		return (address, loop, census) -> open(address, loop, census, behaviour);
	}

	private static Peer open(InetSocketAddress address, EventLoopGroup loop, Census census, Behaviour behaviour)
			throws IOException {
		ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
		ChannelFuture bound = new ServerBootstrap().group(loop)
			.channel(NioServerSocketChannel.class)
			.option(ChannelOption.SO_BACKLOG, BACKLOG)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childHandler(new ChannelInitializer<SocketChannel>() {

				@Override
				protected void initChannel(SocketChannel channel) {
					connections.add(channel);
					channel.pipeline()
						.addLast(new HttpRequestDecoder(), new HttpObjectAggregator(MAX_BODY),
								new PeerConnection(behaviour, census));
				}

			})
			.bind(address)
			.awaitUninterruptibly();
		if (!bound.isSuccess()) {
			throw new IOException("No peer can listen at " + address, bound.cause());
		}
		return new ServingPeer(bound.channel(), connections);
	}

	@Override
	public InetSocketAddress address() {
		return (InetSocketAddress) this.listener.localAddress();
	}

	@Override
	@SuppressWarnings("FutureReturnValueIgnored") // may be called on the loop
	public void close() {
		this.listener.close();
		this.connections.close();
	}

}
