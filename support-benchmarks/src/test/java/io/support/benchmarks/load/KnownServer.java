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
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;

/**
 * A server on one thread that treats every request in the same, known way. A request is
 * what arrives at once.
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class KnownServer implements AutoCloseable {

	private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final AtomicInteger connections = new AtomicInteger();

	private final AtomicInteger requests = new AtomicInteger();

	private final Queue<String> heads = new ConcurrentLinkedQueue<>();

	private final Channel listener;

	KnownServer(Behaviour behaviour) {
		this.listener = new ServerBootstrap().group(this.loop)
			.channel(NioServerSocketChannel.class)
			.childHandler(new ChannelInitializer<SocketChannel>() {

				@Override
				protected void initChannel(SocketChannel channel) {
					KnownServer.this.connections.incrementAndGet();
					channel.pipeline().addLast(new RequestHandler(behaviour));
				}

			})
			.bind(InetAddress.getLoopbackAddress(), 0)
			.syncUninterruptibly()
			.channel();
	}

	URI uri() {
		return URI.create("http://127.0.0.1:" + ((InetSocketAddress) this.listener.localAddress()).getPort() + "/");
	}

	int connections() {
		return this.connections.get();
	}

	int requests() {
		return this.requests.get();
	}

	/**
	 * Returns what has been asked for.
	 * @return the requests in the order of their arrival
	 */
	List<String> heads() {
		return List.copyOf(this.heads);
	}

	@Override
	public void close() {
		this.listener.close().syncUninterruptibly();
		this.loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
	}

	private static void write(ChannelHandlerContext context, String response) {
		context.writeAndFlush(Unpooled.copiedBuffer(response, StandardCharsets.ISO_8859_1));
	}

	private static String response(String status) {
		return "HTTP/1.1 " + status + "\r\nContent-Length: 2\r\n\r\nok";
	}

	/**
	 * What becomes of a request.
	 */
	interface Behaviour {

		Behaviour OK = (context, request) -> write(context, response("200 OK"));

		Behaviour UNAVAILABLE = (context, request) -> write(context, response("503 Service Unavailable"));

		Behaviour NOT_FOUND = (context, request) -> write(context, response("404 Not Found"));

		Behaviour MUTE = (context, request) -> {
		};

		Behaviour CLOSE = (context, request) -> context.close();

		Behaviour RESET = (context, request) -> {
			((SocketChannel) context.channel()).config().setSoLinger(0);
			context.close();
		};

		Behaviour TRUNCATE = (context, request) -> context
			.writeAndFlush(Unpooled.copiedBuffer("HTTP/1.1 200 OK\r\nContent-", StandardCharsets.ISO_8859_1))
			.addListener(ChannelFutureListener.CLOSE);

		void respond(ChannelHandlerContext context, int request);

		/**
		 * Answers after a while, without keeping others waiting.
		 * @param delay the while
		 * @return the behaviour
		 */
		static Behaviour slow(Duration delay) {
			return (context, request) -> context.executor()
				.schedule(() -> OK.respond(context, request), delay.toNanos(), TimeUnit.NANOSECONDS);
		}

		/**
		 * Answers at once, but one request holds the only thread for a while.
		 * @param stalling which request, counted from 1
		 * @param stall the while
		 * @return the behaviour
		 */
		static Behaviour stall(int stalling, Duration stall) {
			return (context, request) -> {
				long end = System.nanoTime() + stall.toNanos();
				while (request == stalling && System.nanoTime() < end) {
					LockSupport.parkNanos(end - System.nanoTime());
				}
				OK.respond(context, request);
			};
		}

	}

	private final class RequestHandler extends SimpleChannelInboundHandler<ByteBuf> {

		private final Behaviour behaviour;

		private RequestHandler(Behaviour behaviour) {
			this.behaviour = behaviour;
		}

		@Override
		protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
			KnownServer.this.heads.add(message.toString(StandardCharsets.ISO_8859_1));
			this.behaviour.respond(context, KnownServer.this.requests.incrementAndGet());
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			context.close();
		}

	}

}
