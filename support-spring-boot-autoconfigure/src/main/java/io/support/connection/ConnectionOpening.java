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

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2ConnectionPrefaceAndSettingsFrameWrittenEvent;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.netty.ConnectionObserver;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClientConfig;
import reactor.netty.tcp.SslProvider;
import reactor.netty.transport.TransportConnector;
import reactor.util.context.Context;

/**
 * Opens a connection of HTTP/2: connects, shakes hands where there is TLS, and waits for
 * the settings of the peer, which prove that it speaks HTTP/2. Then follows what the peer
 * says of the connection.
 */
final class ConnectionOpening {

	/*
	 * What all streams of a connection may have in flight, beyond what one of them may:
	 * somebody who does not read their response must not hold up the others.
	 */
	private static final int EXTRA_WINDOW = 15 * 65_535;

	/*
	 * As often may others be faster to take the place that was made.
	 */
	private static final int MAX_TRIES = 8;

	private final GroupSettings settings;

	private final StreamPool pool;

	private final SharedConnection connection;

	private final Function<Channel, OutgoingConnection> watch;

	private int tries;

	/**
	 * Creates an opening that has not begun.
	 * @param settings how it is opened
	 * @param pool is told how it ends
	 * @param connection what will have been opened
	 * @param watch follows each channel, about to be connected, until it is closed
	 */
	ConnectionOpening(GroupSettings settings, StreamPool pool, SharedConnection connection,
			Function<Channel, OutgoingConnection> watch) {
		this.settings = settings;
		this.pool = pool;
		this.connection = connection;
		this.watch = watch;
	}

	/**
	 * Begins to open the connection; the pool is told how that ends.
	 * @param opener the request for which it is opened, with the client that it comes
	 * from
	 * @param remoteAddress to what it is opened
	 */
	void begin(StreamRequest opener, InetSocketAddress remoteAddress) {
		Initializer initializer = new Initializer(opener, remoteAddress);
		// Not in the context of the request: the connection outlives it.
		connect(Mono.defer(() -> TransportConnector.connect(opener.config(), remoteAddress, opener.resolvers(),
				initializer, Context.empty())));
	}

	private void connect(Mono<Channel> connector) {
		connector.subscribe((channel) -> {
		}, (error) -> {
			Throwable cause = Exceptions.unwrap(error);
			if (cause instanceof OutOfSocketsException && this.tries++ < MAX_TRIES) {
				this.pool.makeRoom().subscribe((made) -> {
					if (made) {
						connect(connector);
					}
					else {
						failed(cause);
					}
				}, this::failed);
			}
			else {
				failed(cause);
			}
		});
	}

	private void failed(Throwable reason) {
		this.pool.closed(this.connection, reason);
	}

	/**
	 * Sets up a channel; there is one for each IP address that is tried.
	 */
	private final class Initializer extends ChannelInitializer<Channel> {

		private final StreamRequest opener;

		private final InetSocketAddress remoteAddress;

		Initializer(StreamRequest opener, InetSocketAddress remoteAddress) {
			this.opener = opener;
			this.remoteAddress = remoteAddress;
		}

		@Override
		public boolean isSharable() {
			return true;
		}

		@Override
		protected void initChannel(Channel channel) {
			HttpClientConfig config = this.opener.config();
			ChannelPipeline pipeline = channel.pipeline();
			SslProvider ssl = config.sslProvider();
			if (ssl != null) {
				ssl.addSslHandler(channel, this.remoteAddress, false);
			}
			Http2FrameCodec codec = Http2FrameCodecBuilder.forClient()
				.validateHeaders(config.decoder().validateHeaders())
				.initialSettings(Http2Settings.defaultSettings().pushEnabled(false))
				.build();
			Duration timeout = ConnectionOpening.this.settings.responseTimeout();
			pipeline.addLast(new StalledWrite(timeout));
			pipeline.addLast(NettyPipeline.HttpCodec, codec);
			pipeline.addLast(new StalledStreams(codec.connection(), timeout));
			pipeline.addLast(NettyPipeline.H2MultiplexHandler, new Http2MultiplexHandler(new NoPush()));
			pipeline.addLast(new Follower(this.opener, codec));
			config.doOnChannelInit().onChannelInit(ConnectionObserver.emptyListener(), channel, this.remoteAddress);
			ConnectionOpening.this.connection.follow(ConnectionOpening.this.watch.apply(channel));
		}

	}

	/**
	 * Peers are told not to push anything.
	 */
	@ChannelHandler.Sharable
	private static final class NoPush extends ChannelInboundHandlerAdapter {

		@Override
		@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
		public void handlerAdded(ChannelHandlerContext context) {
			context.close();
		}

	}

	/**
	 * Follows what is said of the connection as a whole.
	 */
	private final class Follower extends ChannelInboundHandlerAdapter {

		private final Http2FrameCodec codec;

		/*
		 * For whom the connection is opened, until it is open.
		 */
		private @Nullable StreamRequest opener;

		private @Nullable Throwable failure;

		private @Nullable Future<?> timeout;

		Follower(StreamRequest opener, Http2FrameCodec codec) {
			this.opener = opener;
			this.codec = codec;
		}

		@Override
		public void channelActive(ChannelHandlerContext context) {
			SslHandler ssl = context.pipeline().get(SslHandler.class);
			if (ssl != null && !ApplicationProtocolNames.HTTP_2.equals(ssl.applicationProtocol())) {
				fail(context,
						new IOException("The peer has not agreed to speak HTTP/2 through TLS; support.connections."
								+ "groups." + ConnectionOpening.this.settings.group().name() + ".protocol is h2"));
				return;
			}
			// What may be in flight is bounded by the windows of HTTP/2.
			context.channel().config().setAutoRead(true);
			Duration timeout = ConnectionOpening.this.settings.connectTimeout();
			this.timeout = context.executor()
				.schedule(
						() -> fail(context,
								new ConnectTimeoutException(
										"The peer has not sent its HTTP/2 settings within " + timeout)),
						timeout.toMillis(), TimeUnit.MILLISECONDS);
			context.fireChannelActive();
		}

		@Override
		@SuppressWarnings("FutureReturnValueIgnored") // a connection that fails is closed
		public void userEventTriggered(ChannelHandlerContext context, Object event) {
			if (event instanceof Http2ConnectionPrefaceAndSettingsFrameWrittenEvent) {
				context.writeAndFlush(new DefaultHttp2WindowUpdateFrame(EXTRA_WINDOW));
			}
			context.fireUserEventTriggered(event);
		}

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			if (message instanceof Http2SettingsFrame) {
				settings(context.channel());
			}
			else if (message instanceof Http2GoAwayFrame) {
				ConnectionOpening.this.connection.leave();
			}
			ReferenceCountUtil.release(message);
		}

		private void settings(Channel channel) {
			StreamRequest opener = this.opener;
			if (opener == null) {
				ConnectionOpening.this.pool.updated(ConnectionOpening.this.connection, this.codec.connection());
				return;
			}
			this.opener = null;
			stopTimeout();
			ConnectionOpening.this.pool.opened(ConnectionOpening.this.connection, channel, this.codec.connection(),
					opener);
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			fail(context, (cause instanceof Http2Exception)
					? new IOException("The peer does not speak HTTP/2 as it should: " + cause.getMessage(), cause)
					: cause);
		}

		@SuppressWarnings("FutureReturnValueIgnored") // channelInactive tells
		private void fail(ChannelHandlerContext context, Throwable cause) {
			if (this.failure == null) {
				this.failure = cause;
			}
			context.close();
		}

		@Override
		public void channelInactive(ChannelHandlerContext context) {
			stopTimeout();
			failed((this.failure != null) ? this.failure
					: new IOException("The peer has closed the connection before it sent its HTTP/2 settings"));
			context.fireChannelInactive();
		}

		private void stopTimeout() {
			if (this.timeout != null) {
				this.timeout.cancel(false);
			}
		}

	}

}
