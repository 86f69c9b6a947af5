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

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.NettyInbound;
import reactor.netty.NettyOutbound;
import reactor.netty.channel.ChannelOperations;

/**
 * One use of a raw connection, which can be ended so that the connection goes back to its
 * pool. Knows what has not been read: Reactor Netty drops that in silence. Confined to
 * the loop of its channel.
 */
final class RawOperations extends ChannelOperations<NettyInbound, NettyOutbound> {

	private final Set<String> handlers;

	private long received;

	private long read;

	RawOperations(Connection connection, ConnectionObserver listener) {
		super(connection, listener);
		this.handlers = Set.copyOf(connection.channel().pipeline().names());
	}

	@Override
	protected void onInboundNext(ChannelHandlerContext context, Object message) {
		this.received++;
		super.onInboundNext(context, message);
	}

	@Override
	public Flux<?> receiveObject() {
		return super.receiveObject().doOnNext((message) -> this.read++);
	}

	/**
	 * Returns why the next one must not have the connection.
	 * @param probe looks at what has not been received yet
	 * @return the reason; {@code null} for none
	 */
	@Nullable TaintReason taint(SocketProbe probe) {
		Channel channel = channel();
		if (this.received != this.read) {
			return TaintReason.UNREAD;
		}
		ChannelOutboundBuffer unsent = channel.unsafe().outboundBuffer();
		if (unsent != null && unsent.totalPendingWriteBytes() > 0) {
			return TaintReason.UNSENT;
		}
		return probe.ask(channel);
	}

	/**
	 * Gives the connection back to the pool, or closes it if there are handlers left that
	 * were not there before.
	 * @param taints is told why it is closed
	 */
	void release(Consumer<TaintReason> taints) {
		// Bytes that come from now on, and the end, are noticed.
		channel().config().setAutoRead(true);
		// Told last, when Reactor Netty has removed what its own methods have added.
		onTerminate().subscribe(null, null, () -> {
			if (hasOtherHandlers()) {
				taints.accept(TaintReason.HANDLERS);
				markPersistent(false);
			}
		});
		terminate();
	}

	/*
	 * What has opened the connection may have gone meanwhile.
	 */
	private boolean hasOtherHandlers() {
		List<String> now = channel().pipeline().names();
		return !this.handlers.containsAll(now) || !now.contains(RawWatch.NAME);
	}

}
