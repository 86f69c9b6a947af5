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

package io.support.netty;

import java.util.function.Consumer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import org.jspecify.annotations.Nullable;
import reactor.netty.ConnectionObserver;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * Puts a handler into every pipeline of a server in which requests arrive, between the
 * codec and Reactor Netty: that of a connection of HTTP/1.1, and that of each stream of
 * HTTP/2, whatever the way by which the protocol was agreed upon.
 */
public final class RequestPipelines {

	private final String name;

	private final Handlers handlers;

	private RequestPipelines(String name, Handlers handlers) {
		this.name = name;
		this.handlers = handlers;
	}

	/**
	 * Puts handlers into the pipelines of a server.
	 * @param server the server
	 * @param name the name of the handlers in their pipelines
	 * @param handlers makes a handler for each pipeline
	 * @return the server with the handlers
	 */
	public static HttpServer handle(HttpServer server, String name, Handlers handlers) {
		RequestPipelines pipelines = new RequestPipelines(name, handlers);
		return server.doOnChannelInit((observer, channel, remote) -> pipelines.handleConnection(channel))
			.childObserve((connection, state) -> {
				// Streams have no other hook.
				if (state == ConnectionObserver.State.CONNECTED) {
					pipelines.handleStream(connection.channel());
				}
			});
	}

	private void handleConnection(Channel channel) {
		ChannelPipeline pipeline = channel.pipeline();
		if (pipeline.get(NettyPipeline.HttpTrafficHandler) != null) {
			add(channel, Kind.CONNECTION);
		}
		else if (pipeline.get(NettyPipeline.H2OrHttp11Codec) != null) {
			pipeline.addAfter(NettyPipeline.H2OrHttp11Codec, this.name, new Negotiation(this::handleConnection));
		}
	}

	private void handleStream(Channel channel) {
		if (channel.pipeline().get(NettyPipeline.H2ToHttp11Codec) != null) {
			add(channel, Kind.STREAM);
		}
	}

	private void add(Channel channel, Kind kind) {
		ChannelHandler handler = this.handlers.create(channel, kind);
		if (handler != null) {
			channel.pipeline().addBefore(NettyPipeline.HttpTrafficHandler, this.name, handler);
		}
	}

	/**
	 * What a pipeline belongs to.
	 */
	public enum Kind {

		/** A connection of HTTP/1.1, or of HTTP/2 before its first stream. */
		CONNECTION,

		/** A stream of HTTP/2. */
		STREAM

	}

	/**
	 * Makes the handlers.
	 */
	@FunctionalInterface
	public interface Handlers {

		/**
		 * Makes a handler for one pipeline.
		 * @param channel the connection or stream
		 * @param kind which of them it is
		 * @return the handler, or {@code null} for none
		 */
		@Nullable ChannelHandler create(Channel channel, Kind kind);

	}

	/**
	 * Waits behind the handler that agrees with the client upon HTTP/1.1 or HTTP/2, and
	 * leaves when that is done.
	 */
	private static final class Negotiation extends ChannelInboundHandlerAdapter {

		private final Consumer<Channel> whenDone;

		private Negotiation(Consumer<Channel> whenDone) {
			this.whenDone = whenDone;
		}

		@Override
		public void userEventTriggered(ChannelHandlerContext context, Object event) {
			if (event instanceof SslHandshakeCompletionEvent) {
				context.pipeline().remove(this);
				this.whenDone.accept(context.channel());
			}
			context.fireUserEventTriggered(event);
		}

	}

}
