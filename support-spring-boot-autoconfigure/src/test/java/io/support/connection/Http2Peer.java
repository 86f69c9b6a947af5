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

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * A peer that speaks HTTP/2 without TLS, and does with each request what it is told to
 * do: what is said first is for the first request. Answers when nothing is left.
 */
final class Http2Peer implements AutoCloseable {

	static final Duration PACE = Duration.ofMillis(150);

	/** Half of the window that every stream has. */
	static final int SIP = 32 * 1024;

	private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final Queue<Act> script = new ConcurrentLinkedQueue<>();

	private final Queue<Runnable> held = new ConcurrentLinkedQueue<>();

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private final List<String> resets = new CopyOnWriteArrayList<>();

	private final List<Channel> connections = new CopyOnWriteArrayList<>();

	private final Channel server;

	private final int maxStreams;

	Http2Peer(int maxStreams, Act... acts) {
		this.maxStreams = maxStreams;
		this.script.addAll(List.of(acts));
		this.server = new ServerBootstrap().group(this.loops)
			.channel(NioServerSocketChannel.class)
			.childHandler(new ChannelInitializer<>() {

				@Override
				protected void initChannel(Channel channel) {
					Http2Peer.this.connections.add(channel);
					Http2FrameCodec codec = Http2FrameCodecBuilder.forServer()
						.initialSettings(new Http2Settings().maxConcurrentStreams(Http2Peer.this.maxStreams))
						.build();
					channel.pipeline().addLast(codec, new Script(codec));
				}

			})
			.bind(new InetSocketAddress("127.0.0.1", 0))
			.syncUninterruptibly()
			.channel();
	}

	/**
	 * What is done with a request.
	 */
	enum Act {

		/** It is answered with what the number of its connection is. */
		ANSWER,

		/** It is answered later. */
		HOLD,

		/**
		 * Half of the window of its body is opened again every {@link #PACE}. It is
		 * answered when that has ended.
		 */
		TAKE_SLOWLY,

		/** It is refused without being looked at. */
		REFUSE,

		/** The connection is to end with the request before it. */
		LEAVE_OUT,

		/** It is answered, and the connection is to end after it. */
		ANSWER_LAST,

		/** The connection is closed. */
		CUT

	}

	String address() {
		return "127.0.0.1:" + ((InetSocketAddress) this.server.localAddress()).getPort();
	}

	List<String> requests() {
		return this.requests;
	}

	/**
	 * Returns the codes with which streams were reset.
	 */
	List<String> resets() {
		return this.resets;
	}

	List<Channel> connections() {
		return this.connections;
	}

	/**
	 * Answers what is held.
	 */
	void release() {
		for (Runnable answer = this.held.poll(); answer != null; answer = this.held.poll()) {
			answer.run();
		}
	}

	@Override
	public void close() {
		this.server.close().syncUninterruptibly();
		this.connections.forEach((channel) -> channel.close().syncUninterruptibly());
		this.loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
	}

	private final class Script extends ChannelInboundHandlerAdapter {

		private final Http2FrameCodec codec;

		private @Nullable Http2FrameStream sipped;

		private int untaken;

		Script(Http2FrameCodec codec) {
			this.codec = codec;
		}

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			if (message instanceof Http2HeadersFrame headers) {
				Http2Peer.this.requests.add(headers.headers().method() + " " + headers.headers().authority() + " "
						+ headers.headers().path());
				Act act = Http2Peer.this.script.poll();
				act(context, headers.stream(), (act != null) ? act : Act.ANSWER);
			}
			else if (message instanceof Http2DataFrame data && this.sipped == data.stream()) {
				take(context, data);
			}
			else if (message instanceof Http2ResetFrame reset) {
				Http2Peer.this.resets.add(Http2Error.valueOf(reset.errorCode()).name());
			}
			ReferenceCountUtil.release(message);
		}

		@SuppressWarnings("FutureReturnValueIgnored") // the client sees the end
		private void act(ChannelHandlerContext context, Http2FrameStream stream, Act act) {
			switch (act) {
				case ANSWER -> answer(context, stream);
				case HOLD -> Http2Peer.this.held.add(() -> context.executor().execute(() -> answer(context, stream)));
				case TAKE_SLOWLY -> {
					this.sipped = stream;
					sipLater(context, stream);
				}
				case REFUSE ->
					context.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.REFUSED_STREAM).stream(stream));
				case LEAVE_OUT -> goAway(context, stream.id() - 2);
				case ANSWER_LAST -> {
					goAway(context, stream.id());
					answer(context, stream);
				}
				case CUT -> context.pipeline().context(this.codec).close();
			}
		}

		private void take(ChannelHandlerContext context, Http2DataFrame data) {
			this.untaken += data.initialFlowControlledBytes();
			if (data.isEndStream()) {
				this.sipped = null;
				answer(context, data.stream());
			}
		}

		@SuppressWarnings("FutureReturnValueIgnored") // the client sees that its window
														// opens
		private void sipLater(ChannelHandlerContext context, Http2FrameStream stream) {
			context.executor().schedule(() -> {
				if (this.sipped == stream) {
					int taken = Math.min(SIP, this.untaken);
					this.untaken -= taken;
					context.writeAndFlush(new DefaultHttp2WindowUpdateFrame(taken).stream(stream));
					sipLater(context, stream);
				}
			}, PACE.toMillis(), TimeUnit.MILLISECONDS);
		}

		@SuppressWarnings("FutureReturnValueIgnored") // the client sees the end
		private void goAway(ChannelHandlerContext context, int lastStream) {
			this.codec.goAway(context.pipeline().context(this.codec), Math.max(lastStream, 0),
					Http2Error.NO_ERROR.code(), Unpooled.EMPTY_BUFFER, context.newPromise());
			context.flush();
		}

		@SuppressWarnings("FutureReturnValueIgnored") // the client sees the answer
		private void answer(ChannelHandlerContext context, Http2FrameStream stream) {
			String body = String.valueOf(Http2Peer.this.connections.indexOf(context.channel()));
			context.write(new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().status("200")).stream(stream));
			context
				.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.copiedBuffer(body, StandardCharsets.US_ASCII), true)
					.stream(stream));
		}

	}

}
