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

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2WindowUpdateFrame;
import io.netty.handler.timeout.WriteTimeoutException;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Ends streams of which the peer takes nothing any more, though it takes something of the
 * connection: their windows do not open, or that of the connection, which
 * {@link StalledWrite} does not see, because what waits for a window has not been
 * written.
 * <p>
 * A stream has been taken nothing of if something waits and its window is what it was: it
 * would be smaller if something had been sent, and larger if the peer had allowed more,
 * unless both have happened, for which it is told of the latter. It looks at all streams
 * of a connection at once, so the peer has between once and twice the time. Confined to
 * the loop of the connection.
 */
final class StalledStreams extends ChannelInboundHandlerAdapter {

	private final Http2Connection connection;

	private final long timeoutNanos;

	/** Never more than the peer allows streams. */
	private final Map<Http2FrameStream, Watched> streams = new HashMap<>();

	private @Nullable Future<?> look;

	/**
	 * Creates a handler for one connection, between the codec and what tells its streams
	 * apart.
	 * @param connection what the codec knows of the connection
	 * @param timeout how long a peer may take nothing
	 */
	StalledStreams(Http2Connection connection, Duration timeout) {
		this.connection = connection;
		this.timeoutNanos = timeout.toNanos();
	}

	/**
	 * Watches a stream until it is closed.
	 * @param channel the stream
	 */
	void watch(Http2StreamChannel channel) {
		Http2FrameStream stream = channel.stream();
		this.streams.put(stream, new Watched(channel));
		channel.closeFuture().addListener((future) -> this.streams.remove(stream));
		lookLater(channel);
	}

	private void lookLater(Http2StreamChannel channel) {
		if (this.look == null) {
			this.look = channel.eventLoop().schedule(this::look, this.timeoutNanos, TimeUnit.NANOSECONDS);
		}
	}

	private void look() {
		this.look = null;
		for (Watched watched : List.copyOf(this.streams.values())) {
			if (watched.isStuck(this.connection)) {
				watched.end();
			}
			else {
				lookLater(watched.channel);
			}
		}
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		if (this.look != null) {
			this.look.cancel(false);
			this.look = null;
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof Http2WindowUpdateFrame update) {
			Watched watched = this.streams.get(update.stream());
			if (watched != null) {
				watched.allowed = true;
			}
		}
		context.fireChannelRead(message);
	}

	/**
	 * A stream, as it was when it was last looked at.
	 */
	private static final class Watched {

		private final Http2StreamChannel channel;

		private boolean waiting;

		private int window;

		/** Whether the peer has allowed more since then. */
		private boolean allowed;

		Watched(Http2StreamChannel channel) {
			this.channel = channel;
		}

		boolean isStuck(Http2Connection connection) {
			Http2Stream stream = connection.stream(this.channel.stream().id());
			if (stream == null) {
				return false;
			}
			Http2RemoteFlowController flow = connection.remote().flowController();
			boolean wasWaiting = this.waiting;
			int before = this.window;
			this.waiting = flow.hasFlowControlled(stream);
			this.window = flow.windowSize(stream);
			boolean still = this.waiting && wasWaiting && this.window == before && !this.allowed;
			this.allowed = false;
			return still;
		}

		@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
		void end() {
			this.channel.pipeline().fireExceptionCaught(WriteTimeoutException.INSTANCE);
			this.channel.close();
		}

	}

}
