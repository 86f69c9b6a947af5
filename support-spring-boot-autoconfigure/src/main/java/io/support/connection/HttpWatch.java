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

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;

import io.support.connection.traffic.Exchange;
import io.support.connection.traffic.TrafficOutcome;

/**
 * Watches one connection that speaks HTTP/1.1: what comes belongs to the request that was
 * sent, or to nobody. Reactor Netty drops a response that nobody waits for, keeps the
 * connection, and gives what is left of it in the decoder to the next caller; here the
 * connection is closed.
 * <p>
 * Has a handler on either side of the codec: one sees bytes, the other one messages.
 * Confined to the loop of the channel.
 */
final class HttpWatch {

	private static final String STALLED = "support.stalledWrite";

	private static final String BYTES = "support.httpBytes";

	private static final String MESSAGES = "support.httpMessages";

	private final OutgoingConnection connection;

	/** Whether a request has been sent whose response is not complete. */
	private boolean awaiting;

	/** Whether the response that is being read is one before the actual one. */
	private boolean informational;

	/** Whether the connection may change to another protocol. It is used once then. */
	private boolean transparent;

	private final ConnectionEnd end = new ConnectionEnd();

	private @Nullable Exchange exchange;

	private @Nullable ByteBuf current;

	private @Nullable ByteBuf rest;

	private HttpWatch(OutgoingConnection connection) {
		this.connection = connection;
	}

	/**
	 * Watches a connection if it speaks HTTP/1.1.
	 * @param channel the connection, as Reactor Netty has set it up
	 * @param connection what is told of it
	 * @param timeout how long the peer may take nothing of what is sent
	 */
	static void addTo(Channel channel, OutgoingConnection connection, Duration timeout) {
		ChannelPipeline pipeline = channel.pipeline();
		if (!(pipeline.get(NettyPipeline.HttpCodec) instanceof HttpClientCodec)) {
			return;
		}
		HttpWatch watch = new HttpWatch(connection);
		pipeline.addBefore(NettyPipeline.HttpCodec, STALLED, new StalledWrite(timeout));
		pipeline.addBefore(NettyPipeline.HttpCodec, BYTES, watch.new Bytes());
		pipeline.addAfter(NettyPipeline.HttpCodec, MESSAGES, watch.new Messages());
	}

	private void begin(Channel channel, HttpRequest request) {
		this.awaiting = true;
		this.end.reset();
		if (HttpMethod.CONNECT.equals(request.method()) || request.headers().contains(HttpHeaderNames.UPGRADE)) {
			this.transparent = true;
			Connection.from(channel).markPersistent(false);
		}
		this.exchange = this.connection.exchange("http/1.1");
		if (this.exchange != null) {
			this.exchange.request(request);
		}
	}

	private void receive(Channel channel, HttpObject message) {
		if (message.decoderResult().isFailure()) {
			this.end.failed(message.decoderResult().cause());
			Connection.from(channel).markPersistent(false);
		}
		if (message instanceof HttpResponse response) {
			this.informational = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
			if (this.exchange != null && !this.informational) {
				this.exchange.response(response);
			}
			if (this.transparent && response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
				end(TrafficOutcome.UPGRADED);
			}
		}
		if (message instanceof HttpContent content && !this.informational) {
			if (this.exchange != null) {
				this.exchange.captureResponse(content.content());
			}
			if (content instanceof LastHttpContent) {
				complete(channel);
			}
		}
	}

	/*
	 * Before Reactor Netty learns of it, which puts the connection into the pool then.
	 */
	private void complete(Channel channel) {
		this.awaiting = false;
		end((this.end.error() != null) ? TrafficOutcome.FAILED : TrafficOutcome.COMPLETE);
		if (this.current != null && this.current.isReadable() && !this.transparent) {
			this.connection.tainted(TaintReason.SURPLUS);
			Connection.from(channel).markPersistent(false);
		}
	}

	private void end(TrafficOutcome outcome) {
		if (this.exchange != null) {
			this.exchange.end(outcome, this.end.error());
			this.exchange = null;
		}
	}

	/**
	 * Sees the bytes, and how many of them the decoder leaves.
	 * <p>
	 * The decoder keeps what it cannot use yet, such as half of a line, where nobody can
	 * see it. So that it never has anything in the middle of which a response might end,
	 * it gets every buffer as its only one: what it leaves is taken back, and put in
	 * front of what comes next.
	 */
	private final class Bytes extends ChannelDuplexHandler {

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			HttpWatch watch = HttpWatch.this;
			if (watch.transparent || !(message instanceof ByteBuf bytes)) {
				context.fireChannelRead(message);
				return;
			}
			if (!watch.awaiting) {
				bytes.release();
				watch.connection.closeAsTainted(TaintReason.UNEXPECTED);
				return;
			}
			if (watch.exchange != null) {
				watch.exchange.received(bytes.readableBytes());
			}
			ByteBuf all = join(context.alloc(), bytes);
			watch.current = all.retain();
			try {
				context.fireChannelRead(all);
			}
			finally {
				watch.current = null;
				takeBack(context.alloc(), all);
				all.release();
			}
		}

		private ByteBuf join(ByteBufAllocator allocator, ByteBuf bytes) {
			ByteBuf rest = HttpWatch.this.rest;
			if (rest == null) {
				return bytes;
			}
			HttpWatch.this.rest = null;
			ByteBuf all = allocator.buffer(rest.readableBytes() + bytes.readableBytes());
			all.writeBytes(rest).writeBytes(bytes);
			rest.release();
			bytes.release();
			return all;
		}

		private void takeBack(ByteBufAllocator allocator, ByteBuf all) {
			if (HttpWatch.this.awaiting && all.isReadable()) {
				HttpWatch.this.rest = allocator.buffer(all.readableBytes()).writeBytes(all);
			}
		}

		@Override
		@SuppressWarnings("FutureReturnValueIgnored") // the caller has the promise
		public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
			if (HttpWatch.this.exchange != null && message instanceof ByteBuf bytes) {
				HttpWatch.this.exchange.sent(bytes.readableBytes());
			}
			context.write(message, promise);
		}

		@Override
		public void channelInactive(ChannelHandlerContext context) {
			ByteBuf rest = HttpWatch.this.rest;
			HttpWatch.this.rest = null;
			if (rest != null) {
				context.fireChannelRead(rest);
			}
			context.fireChannelInactive();
		}

		@Override
		public void handlerRemoved(ChannelHandlerContext context) {
			ReferenceCountUtil.release(HttpWatch.this.rest);
			HttpWatch.this.rest = null;
		}

	}

	/**
	 * Sees the messages.
	 */
	private final class Messages extends ChannelDuplexHandler {

		@Override
		@SuppressWarnings("FutureReturnValueIgnored") // the caller has the promise
		public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
			if (message instanceof HttpRequest request) {
				begin(context.channel(), request);
			}
			Exchange exchange = HttpWatch.this.exchange;
			if (exchange != null) {
				if (message instanceof HttpContent content) {
					exchange.captureRequest(content.content());
				}
				else if (message instanceof ByteBuf content) {
					exchange.captureRequest(content);
				}
			}
			context.write(message, promise);
		}

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			HttpWatch watch = HttpWatch.this;
			if (message instanceof HttpObject part) {
				if (!watch.awaiting && !watch.transparent) {
					// What came after the response.
					ReferenceCountUtil.release(message);
					return;
				}
				receive(context.channel(), part);
			}
			context.fireChannelRead(message);
		}

		@Override
		@SuppressWarnings("FutureReturnValueIgnored") // the caller has the promise
		public void close(ChannelHandlerContext context, ChannelPromise promise) {
			HttpWatch.this.end.closing();
			context.close(promise);
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			HttpWatch.this.end.failed(cause);
			context.fireExceptionCaught(cause);
		}

		@Override
		public void channelInactive(ChannelHandlerContext context) {
			HttpWatch watch = HttpWatch.this;
			watch.awaiting = false;
			end(watch.end.outcome());
			context.fireChannelInactive();
		}

	}

}
