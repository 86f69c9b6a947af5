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
import java.util.function.Supplier;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.DuplexChannel;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/**
 * The event loops of somebody else, on which no more sockets are opened than a limit
 * allows: here is where a socket is made, so here it is counted. Sockets of UDP, for
 * which names are resolved, are not.
 */
final class LimitedLoopResources implements LoopResources {

	private final Supplier<LoopResources> loops;

	private final Supplier<ConnectionLimit> limit;

	/**
	 * Creates loops.
	 * @param loops gives the loops, which are not owned by this
	 * @param limit says how many sockets may be open, asked for each that is to be
	 */
	LimitedLoopResources(Supplier<LoopResources> loops, Supplier<ConnectionLimit> limit) {
		this.loops = loops;
		this.limit = limit;
	}

	@Override
	public <C extends Channel> C onChannel(Class<C> channelType, EventLoopGroup group) {
		if (!DuplexChannel.class.isAssignableFrom(channelType)) {
			return this.loops.get().onChannel(channelType, group);
		}
		ConnectionLimit limit = this.limit.get();
		try {
			limit.open();
		}
		catch (OutOfSocketsException ex) {
			throw Exceptions.propagate(ex);
		}
		return counted(channelType, group, limit);
	}

	private <C extends Channel> C counted(Class<C> channelType, EventLoopGroup group, ConnectionLimit limit) {
		boolean made = false;
		try {
			C channel = this.loops.get().onChannel(channelType, group);
			channel.closeFuture().addListener((future) -> limit.closed());
			made = true;
			return channel;
		}
		finally {
			if (!made) {
				limit.closed();
			}
		}
	}

	@Override
	public <C extends Channel> Class<? extends C> onChannelClass(Class<C> channelType, EventLoopGroup group) {
		return this.loops.get().onChannelClass(channelType, group);
	}

	@Override
	public EventLoopGroup onClient(boolean useNative) {
		return this.loops.get().onClient(useNative);
	}

	@Override
	public EventLoopGroup onServer(boolean useNative) {
		return this.loops.get().onServer(useNative);
	}

	@Override
	public EventLoopGroup onServerSelect(boolean useNative) {
		return this.loops.get().onServerSelect(useNative);
	}

	@Override
	public boolean daemon() {
		return this.loops.get().daemon();
	}

	@Override
	public boolean isDisposed() {
		return this.loops.get().isDisposed();
	}

	@Override
	public Mono<Void> disposeLater(Duration quietPeriod, Duration timeout) {
		// They are somebody else's.
		return Mono.empty();
	}

}
