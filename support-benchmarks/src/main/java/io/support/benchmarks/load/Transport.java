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

package io.support.benchmarks.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * Epoll where its native library is there, NIO elsewhere.
 * <p>
 * One address has some 28,000 ports to connect from, and a port rests after use: with
 * epoll, connections to 127.x.y.z come from many loopback addresses in turn.
 */
enum Transport {

	EPOLL {

		@Override
		IoEventLoopGroup newLoop() {
			return new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
		}

		@Override
		SocketChannel newChannel() {
			EpollSocketChannel channel = new EpollSocketChannel();
			channel.config().setOption(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true);
			return channel;
		}

		@Override
		@Nullable InetSocketAddress[] sources(InetAddress target) {
			if (target.getAddress().length != 4) {
				return ANY_SOURCE;
			}
			InetSocketAddress[] sources = new InetSocketAddress[SOURCES];
			for (int index = 0; index < SOURCES; index++) {
				sources[index] = new InetSocketAddress(loopback(index + 1), 0);
			}
			return sources;
		}

	},

	NIO {

		@Override
		IoEventLoopGroup newLoop() {
			return new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
		}

		@Override
		SocketChannel newChannel() {
			return new NioSocketChannel();
		}

		@Override
		@Nullable InetSocketAddress[] sources(InetAddress target) {
			return ANY_SOURCE;
		}

	};

	private static final int SOURCES = 32;

	private static final @Nullable InetSocketAddress[] ANY_SOURCE = { null };

	private static final RecvByteBufAllocator RECEIVE_BUFFERS = new FixedRecvByteBufAllocator(1024);

	/**
	 * Returns the fastest that works here.
	 * @return the transport
	 */
	static Transport best() {
		return Epoll.isAvailable() ? EPOLL : NIO;
	}

	abstract IoEventLoopGroup newLoop();

	/**
	 * Returns the local addresses that connections come from.
	 * @param target where they go
	 * @return at least one; {@code null} stands for any
	 */
	abstract @Nullable InetSocketAddress[] sources(InetAddress target);

	abstract SocketChannel newChannel();

	/**
	 * Returns a channel without the timer that Netty would start for every connect: the
	 * engine has a time-out of its own.
	 * @return a channel that is not registered
	 */
	SocketChannel open() {
		SocketChannel channel = newChannel();
		channel.config().setTcpNoDelay(true).setConnectTimeoutMillis(0).setRecvByteBufAllocator(RECEIVE_BUFFERS);
		return channel;
	}

	private static InetAddress loopback(int last) {
		try {
			return InetAddress.getByAddress(new byte[] { 127, 0, 0, (byte) last });
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
