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

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

import io.support.event.Operation;

/**
 * Watches how one connection to an address is opened: when it is connected and, with TLS,
 * when both have shaken hands. Leaves the connection as soon as it is open.
 */
final class OpeningWatch extends ChannelDuplexHandler {

	private static final String NAME = "support.openingWatch";

	private final OutgoingConnection connection;

	private final Supplier<Operation> connects;

	private final Consumer<String> peers;

	private final @Nullable TlsHandshakes handshakes;

	private TlsHandshakes.@Nullable Handshake handshake;

	private OpeningWatch(OutgoingConnection connection, Supplier<Operation> connects, Consumer<String> peers,
			@Nullable TlsHandshakes handshakes) {
		this.connection = connection;
		this.connects = connects;
		this.peers = peers;
		this.handshakes = handshakes;
	}

	/**
	 * Watches a connection.
	 * @param channel the connection, as Reactor Netty has set it up
	 * @param connection what is told of its states
	 * @param connects begins what is told how connecting ends
	 * @param peers takes the address of the peer, once it is connected
	 * @param handshakes says to a TLS handshake what it is like, and is told how it ends
	 */
	static void addTo(Channel channel, OutgoingConnection connection, Supplier<Operation> connects,
			Consumer<String> peers, TlsHandshakes handshakes) {
		ChannelPipeline pipeline = channel.pipeline();
		SslHandler handler = pipeline.get(SslHandler.class);
		if (handler != null) {
			handshakes.prepare(handler);
		}
		if (pipeline.get(NettyPipeline.SslReader) != null) {
			// Behind the handler of TLS, which tells those behind it how it went.
			pipeline.addBefore(NettyPipeline.SslReader, NAME,
					new OpeningWatch(connection, connects, peers, handshakes));
		}
		else {
			pipeline.addFirst(NAME, new OpeningWatch(connection, connects, peers, null));
		}
	}

	@Override
	@SuppressWarnings("FutureReturnValueIgnored") // the caller has the promise
	public void connect(ChannelHandlerContext context, SocketAddress remote, @Nullable SocketAddress local,
			ChannelPromise promise) {
		Operation operation = this.connects.get();
		promise.addListener((future) -> {
			if (future.isSuccess()) {
				operation.succeed();
				connected(context, remote);
			}
			else if (future.isCancelled()) {
				operation.cancel();
			}
			else {
				operation.fail(future.cause());
			}
		});
		context.connect(remote, local, promise);
	}

	private void connected(ChannelHandlerContext context, SocketAddress remote) {
		if (remote instanceof InetSocketAddress peer && peer.getAddress() != null) {
			this.peers.accept(peer.getAddress().getHostAddress());
		}
		this.connection.connected();
		if (this.handshakes != null) {
			this.connection.handshaking();
			this.handshake = this.handshakes.begin();
		}
		else {
			context.pipeline().remove(this);
		}
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		TlsHandshakes.Handshake handshake = this.handshake;
		if (handshake != null && event instanceof SslHandshakeCompletionEvent completion) {
			if (completion.isSuccess()) {
				this.connection.shakenHands();
				handshake.succeed();
			}
			else {
				handshake.fail(completion.cause());
			}
			this.handshake = null;
			context.pipeline().remove(this);
		}
		context.fireUserEventTriggered(event);
	}

}
