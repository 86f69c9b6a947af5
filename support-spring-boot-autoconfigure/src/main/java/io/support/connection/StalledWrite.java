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
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.timeout.WriteTimeoutException;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose peer takes nothing any more. The response time-out of Reactor
 * Netty begins when all of a request has been sent: a peer that stops reading in the
 * middle of a body would hold its request for ever.
 * <p>
 * Costs nothing as long as the connection takes what is written. Otherwise it looks at
 * what is left to be written, and whether anything of it has gone when the time is over;
 * so the peer has between once and twice the time. Confined to the loop of the channel.
 */
final class StalledWrite extends ChannelInboundHandlerAdapter {

	private final long timeoutNanos;

	private long left;

	private @Nullable Future<?> look;

	/**
	 * Creates a handler for one connection.
	 * @param timeout how long a peer may take nothing
	 */
	StalledWrite(Duration timeout) {
		this.timeoutNanos = timeout.toNanos();
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext context) {
		if (context.channel().isWritable()) {
			stop();
		}
		else if (this.look == null) {
			this.left = left(context);
			lookLater(context);
		}
		context.fireChannelWritabilityChanged();
	}

	private void lookLater(ChannelHandlerContext context) {
		this.look = context.executor().schedule(() -> look(context), this.timeoutNanos, TimeUnit.NANOSECONDS);
	}

	@SuppressWarnings("FutureReturnValueIgnored") // channelInactive tells
	private void look(ChannelHandlerContext context) {
		this.look = null;
		long left = left(context);
		if (left > 0 && left >= this.left) {
			context.fireExceptionCaught(WriteTimeoutException.INSTANCE);
			context.close();
			return;
		}
		this.left = left;
		if (!context.channel().isWritable()) {
			lookLater(context);
		}
	}

	/*
	 * A large buffer counts as a whole until the last of it is gone.
	 */
	private static long left(ChannelHandlerContext context) {
		ChannelOutboundBuffer buffer = context.channel().unsafe().outboundBuffer();
		return (buffer != null) ? buffer.totalPendingWriteBytes() - buffer.currentProgress() : 0;
	}

	private void stop() {
		if (this.look != null) {
			this.look.cancel(false);
			this.look = null;
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		stop();
		context.fireChannelInactive();
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		stop();
	}

}
