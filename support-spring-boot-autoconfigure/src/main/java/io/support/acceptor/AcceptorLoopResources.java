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

import java.time.Duration;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoopGroup;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/**
 * The event loops of a server whose connections pass the accept queue: one loop that
 * accepts, worker loops behind the queue, and, apart from both, loops for the
 * application's clients, so that a busy server does not slow its own calls down. Native
 * where the library is there, NIO elsewhere.
 */
final class AcceptorLoopResources implements LoopResources {

	private final HandOff handOff;

	private final boolean preferNative;

	private final LoopResources servers = LoopResources.create("support-http", 1, LoopResources.DEFAULT_IO_WORKER_COUNT,
			true, false);

	private final LoopResources clients = LoopResources.create("support-client");

	private @Nullable QueueingLoopGroup workers;

	AcceptorLoopResources(HandOff handOff, boolean preferNative) {
		this.handOff = handOff;
		this.preferNative = preferNative;
	}

	@Override
	public synchronized EventLoopGroup onServer(boolean useNative) {
		if (this.workers == null) {
			IoEventLoopGroup loops = (IoEventLoopGroup) this.servers.onServer(useNative && this.preferNative);
			this.workers = new QueueingLoopGroup(loops, this.handOff);
			this.handOff.serve(new Workers(loops, this.handOff));
		}
		return this.workers;
	}

	@Override
	public EventLoopGroup onServerSelect(boolean useNative) {
		return this.servers.onServerSelect(useNative && this.preferNative);
	}

	@Override
	public EventLoopGroup onClient(boolean useNative) {
		return this.clients.onClient(useNative && this.preferNative);
	}

	@Override
	public <C extends Channel> C onChannel(Class<C> channelType, EventLoopGroup group) {
		return this.servers.onChannel(channelType, unwrap(group));
	}

	@Override
	public <C extends Channel> Class<? extends C> onChannelClass(Class<C> channelType, EventLoopGroup group) {
		return this.servers.onChannelClass(channelType, unwrap(group));
	}

	private EventLoopGroup unwrap(EventLoopGroup group) {
		return (group instanceof QueueingLoopGroup queueing) ? queueing.loops() : group;
	}

	@Override
	public boolean daemon() {
		return true;
	}

	@Override
	public boolean isDisposed() {
		return this.servers.isDisposed();
	}

	@Override
	public Mono<Void> disposeLater(Duration quietPeriod, Duration timeout) {
		return Mono.fromRunnable(this.handOff::close)
			.then(Mono.when(this.servers.disposeLater(quietPeriod, timeout),
					this.clients.disposeLater(quietPeriod, timeout)));
	}

}
