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

package io.support.acceptor;

import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

import io.support.event.Operation;

/**
 * Times the TLS handshake of one connection, and closes a connection that does not come
 * to its end in time: until then it holds a place of those that are served. Leaves when
 * that is decided.
 */
final class HandshakeWatch extends ChannelInboundHandlerAdapter {

	private static final String NAME = "support.handshakeWatch";

	private final long timeoutNanos;

	private final AcceptorStatistics statistics;

	private final LongSupplier clock;

	private long startNanos;

	private @Nullable Operation operation;

	private @Nullable ScheduledFuture<?> timeout;

	private HandshakeWatch(long timeoutNanos, AcceptorStatistics statistics, LongSupplier clock) {
		this.timeoutNanos = timeoutNanos;
		this.statistics = statistics;
		this.clock = clock;
	}

	/**
	 * Watches a connection's handshake, if it is to have one.
	 * @param channel the connection, as Reactor Netty has set it up
	 * @param timeoutNanos how long the handshake may take
	 * @param statistics where it is counted
	 * @param clock gives the time in nanoseconds
	 */
	static void addTo(Channel channel, long timeoutNanos, AcceptorStatistics statistics, LongSupplier clock) {
		ChannelPipeline pipeline = channel.pipeline();
		if (pipeline.get(NettyPipeline.SslReader) != null) {
			SslHandler handler = pipeline.get(SslHandler.class);
			if (handler != null) {
				handler.setHandshakeTimeout(timeoutNanos, TimeUnit.NANOSECONDS);
			}
			pipeline.addBefore(NettyPipeline.SslReader, NAME, new HandshakeWatch(timeoutNanos, statistics, clock));
		}
	}

	@Override
	@SuppressWarnings("FutureReturnValueIgnored") // a close that fails has closed
	public void handlerAdded(ChannelHandlerContext context) {
		this.startNanos = this.clock.getAsLong();
		this.operation = this.statistics.handshake(context.channel());
		// Where the name of the host decides about the certificate there is no handler
		// yet whose time-out could be set.
		this.timeout = context.executor().schedule(() -> {
			failed(context, new SslHandshakeTimeoutException("not over in time"));
			context.close();
		}, this.timeoutNanos, TimeUnit.NANOSECONDS);
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event instanceof SslHandshakeCompletionEvent completion) {
			if (completion.isSuccess()) {
				succeeded(context);
			}
			else {
				failed(context, completion.cause());
			}
		}
		context.fireUserEventTriggered(event);
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		failed(context, new ClosedChannelException());
		context.fireChannelInactive();
	}

	private void succeeded(ChannelHandlerContext context) {
		Operation operation = decided(context);
		if (operation != null) {
			this.statistics.shookHands(this.clock.getAsLong() - this.startNanos);
			operation.succeed();
		}
	}

	private void failed(ChannelHandlerContext context, Throwable cause) {
		Operation operation = decided(context);
		if (operation != null) {
			this.statistics.handshakeFailed();
			operation.fail(cause);
		}
	}

	/*
	 * Gives the operation to whoever decides about it first.
	 */
	private @Nullable Operation decided(ChannelHandlerContext context) {
		Operation operation = this.operation;
		this.operation = null;
		if (this.timeout != null) {
			this.timeout.cancel(false);
			this.timeout = null;
		}
		if (operation != null) {
			context.pipeline().remove(this);
		}
		return operation;
	}

}
