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

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContentDecompressor;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.timeout.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.NettyPipeline;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.client.HttpClientConfig;
import reactor.netty.http.client.HttpClientState;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Makes a stream of HTTP/2 what Reactor Netty takes for a connection of its own, and sees
 * how it ends.
 */
final class StreamObserver implements ConnectionObserver {

	private static final String NAME = "support.stream";

	private final ConnectionObserver delegate;

	private final Context context;

	private final SharedConnection connection;

	StreamObserver(ConnectionObserver delegate, ContextView context, SharedConnection connection) {
		this.delegate = delegate;
		this.context = Context.of(context);
		this.connection = connection;
	}

	/**
	 * Sets up a stream. Runs on its event loop.
	 * @param stream the stream, on which nothing has been sent
	 * @param config what the client of the request is like
	 * @param observer sees how it ends
	 * @return the stream as the client of the request knows it
	 */
	static Connection configure(Http2StreamChannel stream, HttpClientConfig config, StreamObserver observer) {
		ChannelPipeline pipeline = stream.pipeline();
		// Reactor Netty puts its response time-out before the handler of this name.
		pipeline.addLast(NettyPipeline.H2ToHttp11Codec, new Http2StreamFrameToHttpObjectCodec(false));
		pipeline.addLast(new StreamTraffic(observer.connection::exchange));
		pipeline.addLast(NAME, observer.new StreamHandler());
		if (config.isAcceptGzip()) {
			pipeline.addLast(NettyPipeline.HttpDecompressor,
					new HttpContentDecompressor(false, config.decoder().maxDecompressionBufferSize()));
		}
		ChannelOperations.OnSetup setup = config.channelOperationsProvider();
		ChannelOperations.addReactiveBridge(stream, setup, observer);
		Connection transport = Connection.from(stream);
		ChannelOperations<?, ?> operations = setup.create(transport, observer, null);
		return ((operations != null) ? operations : transport).bind();
	}

	/**
	 * Lets the request be sent.
	 * @param stream the stream, as it has been set up
	 */
	void configured(Connection stream) {
		this.delegate.onStateChange(stream, HttpClientState.STREAM_CONFIGURED);
	}

	@Override
	public Context currentContext() {
		return this.context;
	}

	@Override
	@SuppressWarnings("FutureReturnValueIgnored") // the connection counts the streams
													// that are closed
	public void onStateChange(Connection stream, State state) {
		this.delegate.onStateChange(stream, state);
		if (state == State.DISCONNECTING) {
			// Of a response that came before its request had been sent, the request
			// is still on its way; a stream that both have ended just ends.
			stream.channel().close();
		}
	}

	@Override
	public void onUncaughtException(Connection stream, Throwable error) {
		ended(stream, error);
		if (error instanceof TimeoutException) {
			// Nobody would notice that a connection leads nowhere any more.
			this.connection.leave();
		}
		this.delegate.onUncaughtException(stream, error);
	}

	private void ended(Connection stream, Object event) {
		StreamEnd end = StreamEnd.of(event);
		if (end != null) {
			this.delegate.onStateChange(stream, end);
		}
	}

	/**
	 * Sees what the peer says of the stream, and translates the parts of bodies.
	 */
	private final class StreamHandler extends ChannelDuplexHandler {

		@Override
		@SuppressWarnings("FutureReturnValueIgnored") // the caller has the promise
		public void write(ChannelHandlerContext context, @Nullable Object message, ChannelPromise promise) {
			context.write((message instanceof ByteBuf bytes) ? new DefaultHttpContent(bytes) : message, promise);
		}

		@Override
		public void userEventTriggered(ChannelHandlerContext context, Object event) {
			ended(Connection.from(context.channel()), event);
			context.fireUserEventTriggered(event);
		}

	}

}
