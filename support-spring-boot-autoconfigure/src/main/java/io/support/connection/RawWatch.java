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
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

import io.support.connection.traffic.Exchange;
import io.support.connection.traffic.TrafficOutcome;

/**
 * Watches what goes over a raw connection: nothing may come while nobody has it, and what
 * is said while somebody has it is one exchange.
 */
final class RawWatch extends ChannelDuplexHandler {

	static final String NAME = "support.rawWatch";

	private @Nullable Exchange exchange;

	private final ConnectionEnd end = new ConnectionEnd();

	void begin(OutgoingConnection connection) {
		this.exchange = connection.exchange("tcp");
		this.end.reset();
	}

	void end(TrafficOutcome outcome) {
		if (this.exchange != null) {
			this.exchange.end(outcome, this.end.error());
			this.exchange = null;
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		OutgoingConnection connection = OutgoingConnection.of(context.channel());
		if (connection != null && !connection.isInUse()) {
			ReferenceCountUtil.release(message);
			connection.closeAsTainted(TaintReason.UNEXPECTED);
			return;
		}
		if (this.exchange != null && message instanceof ByteBuf bytes) {
			this.exchange.received(bytes.readableBytes());
			this.exchange.captureResponse(bytes);
		}
		context.fireChannelRead(message);
	}

	@Override
	@SuppressWarnings("FutureReturnValueIgnored") // the caller has the promise
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (this.exchange != null && message instanceof ByteBuf bytes) {
			this.exchange.sent(bytes.readableBytes());
			this.exchange.captureRequest(bytes);
		}
		context.write(message, promise);
	}

	@Override
	@SuppressWarnings("FutureReturnValueIgnored") // the caller has the promise
	public void close(ChannelHandlerContext context, ChannelPromise promise) {
		this.end.closing();
		context.close(promise);
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		this.end.failed(cause);
		context.fireExceptionCaught(cause);
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		end(this.end.outcome());
		context.fireChannelInactive();
	}

}
