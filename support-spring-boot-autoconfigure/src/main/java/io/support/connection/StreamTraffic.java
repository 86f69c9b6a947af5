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

import java.util.function.Supplier;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

import io.support.connection.traffic.Exchange;
import io.support.connection.traffic.TrafficOutcome;

/**
 * Keeps what is said on one stream of HTTP/2. Counts the bytes of bodies: those of
 * headers depend on what was said on other streams before. Confined to the loop of the
 * stream.
 */
final class StreamTraffic extends ChannelDuplexHandler {

	private final Supplier<@Nullable Exchange> exchanges;

	private @Nullable Exchange exchange;

	/** Whether the response that is being read is one before the actual one. */
	private boolean informational;

	private final ConnectionEnd end = new ConnectionEnd();

	StreamTraffic(Supplier<@Nullable Exchange> exchanges) {
		this.exchanges = exchanges;
	}

	@Override
	@SuppressWarnings("FutureReturnValueIgnored") // the caller has the promise
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (message instanceof HttpRequest request) {
			this.exchange = this.exchanges.get();
			if (this.exchange != null) {
				this.exchange.request(request);
			}
		}
		if (this.exchange != null && message instanceof HttpContent content) {
			this.exchange.sent(content.content().readableBytes());
			this.exchange.captureRequest(content.content());
		}
		context.write(message, promise);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		Exchange exchange = this.exchange;
		if (exchange != null) {
			receive(exchange, message);
		}
		context.fireChannelRead(message);
	}

	private void receive(Exchange exchange, Object message) {
		if (message instanceof HttpResponse response) {
			this.informational = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
			if (!this.informational) {
				exchange.response(response);
			}
		}
		if (message instanceof HttpContent content && !this.informational) {
			exchange.received(content.content().readableBytes());
			exchange.captureResponse(content.content());
			if (content instanceof LastHttpContent) {
				end(TrafficOutcome.COMPLETE);
			}
		}
	}

	private void end(TrafficOutcome outcome) {
		if (this.exchange != null) {
			this.exchange.end(outcome, this.end.error());
			this.exchange = null;
		}
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
