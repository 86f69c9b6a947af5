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

package io.support.eventloop;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Stands behind the HTTP codec of one connection, or of one stream of HTTP/2, and says
 * which request the loop is serving while the application is called.
 */
final class ServedRequestHandler extends ChannelInboundHandlerAdapter {

	private static final String NAME = "support.servedRequest";

	private final ServedRequest served;

	private @Nullable HttpRequest request;

	private ServedRequestHandler(ServedRequest served) {
		this.served = served;
	}

	/**
	 * Puts a handler into the pipeline of a connection, as soon as its protocol is known.
	 * @param channel the connection
	 * @param served where the handler says what is served
	 */
	static void install(Channel channel, ServedRequest served) {
		ChannelPipeline pipeline = channel.pipeline();
		if (pipeline.get(NettyPipeline.HttpTrafficHandler) != null) {
			pipeline.addBefore(NettyPipeline.HttpTrafficHandler, NAME, new ServedRequestHandler(served));
		}
		else if (pipeline.get(NettyPipeline.H2OrHttp11Codec) != null) {
			pipeline.addAfter(NettyPipeline.H2OrHttp11Codec, NAME, new Negotiation(served));
		}
	}

	/**
	 * Puts a handler into the pipeline of a stream of HTTP/2; does nothing elsewhere.
	 * @param channel the stream
	 * @param served where the handler says what is served
	 */
	static void installOnStream(Channel channel, ServedRequest served) {
		if (channel.pipeline().get(NettyPipeline.H2ToHttp11Codec) != null) {
			install(channel, served);
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		HttpRequest request = (message instanceof HttpRequest head) ? head : this.request;
		// Somebody may have released the message afterwards.
		this.request = (message instanceof LastHttpContent) ? null : request;
		if (request == null) {
			context.fireChannelRead(message);
			return;
		}
		this.served.begin(request);
		try {
			context.fireChannelRead(message);
		}
		finally {
			this.served.end();
		}
	}

	/**
	 * Waits until client and server have agreed upon HTTP/1.1 or HTTP/2.
	 */
	private static final class Negotiation extends ChannelInboundHandlerAdapter {

		private final ServedRequest served;

		Negotiation(ServedRequest served) {
			this.served = served;
		}

		@Override
		public void userEventTriggered(ChannelHandlerContext context, Object event) {
			if (event instanceof SslHandshakeCompletionEvent) {
				context.pipeline().remove(this);
				install(context.channel(), this.served);
			}
			context.fireUserEventTriggered(event);
		}

	}

}
