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

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.timeout.WriteTimeoutException;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose peer takes nothing any more. The response time-out of Reactor
 * Netty begins when all of a request has been sent: a peer that stops reading in the
 * middle of a body would hold its request for ever.
 * <p>
 * Costs nothing as long as the connection takes at once what is written. Otherwise it
 * looks at what is to be written next, and whether that is still so when the time is
 * over; so the peer has between once and twice the time. Confined to the loop of the
 * channel.
 */
final class StalledWrite extends ChannelDuplexHandler {

	private final long timeoutNanos;

	private @Nullable Front front;

	private @Nullable Future<?> look;

	/**
	 * Creates a handler for one connection.
	 * @param timeout how long a peer may take nothing
	 */
	StalledWrite(Duration timeout) {
		this.timeoutNanos = timeout.toNanos();
	}

	@Override
	public void flush(ChannelHandlerContext context) {
		context.flush();
		if (this.look == null) {
			lookLater(context);
		}
	}

	/*
	 * Unless nothing is left.
	 */
	private void lookLater(ChannelHandlerContext context) {
		this.front = Front.of(context.channel().unsafe().outboundBuffer());
		if (this.front != null) {
			this.look = context.executor().schedule(() -> look(context), this.timeoutNanos, TimeUnit.NANOSECONDS);
		}
	}

	@SuppressWarnings("FutureReturnValueIgnored") // channelInactive tells
	private void look(ChannelHandlerContext context) {
		this.look = null;
		Front now = Front.of(context.channel().unsafe().outboundBuffer());
		if (now != null && this.front != null && now.isWhereItWas(this.front)) {
			context.fireExceptionCaught(WriteTimeoutException.INSTANCE);
			context.close();
			return;
		}
		lookLater(context);
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

	private void stop() {
		this.front = null;
		if (this.look != null) {
			this.look.cancel(false);
			this.look = null;
		}
	}

	/**
	 * What is to be written next.
	 *
	 * @param message the message; it may be used again for another one when it is gone
	 * @param written how many of its bytes are gone
	 * @param pending how many bytes there are in all
	 */
	private record Front(Object message, long written, long pending) {

		static @Nullable Front of(@Nullable ChannelOutboundBuffer buffer) {
			if (buffer == null) {
				return null;
			}
			Object message = buffer.current();
			return (message != null) ? new Front(message, buffer.currentProgress(), buffer.totalPendingWriteBytes())
					: null;
		}

		/*
		 * Others may have been added behind it.
		 */
		boolean isWhereItWas(Front before) {
			return this.message == before.message && this.written == before.written && this.pending >= before.pending;
		}

	}

}
