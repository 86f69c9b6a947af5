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

import java.util.Iterator;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.util.concurrent.AbstractEventExecutorGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;

/**
 * The worker loops as Reactor Netty sees them: registering an accepted connection puts it
 * into the accept queue instead of pushing it to one of the loops. All else is the real
 * group's.
 */
final class QueueingLoopGroup extends AbstractEventExecutorGroup implements IoEventLoopGroup {

	private final IoEventLoopGroup loops;

	private final HandOff handOff;

	QueueingLoopGroup(IoEventLoopGroup loops, HandOff handOff) {
		this.loops = loops;
		this.handOff = handOff;
	}

	/**
	 * Returns the loops themselves.
	 * @return the group that this one stands before
	 */
	IoEventLoopGroup loops() {
		return this.loops;
	}

	@Override
	@Deprecated
	public ChannelFuture register(Channel channel) {
		// The channel has no loop yet whose thread could tell the listeners.
		return register(new DefaultChannelPromise(channel, ImmediateEventExecutor.INSTANCE));
	}

	@Override
	@Deprecated
	public ChannelFuture register(ChannelPromise promise) {
		if (!(promise.channel().parent() instanceof ServerChannel)) {
			return this.loops.register(promise);
		}
		this.handOff.offer(promise);
		return promise;
	}

	@Override
	@Deprecated
	public ChannelFuture register(Channel channel, ChannelPromise promise) {
		return register(promise);
	}

	@Override
	public IoEventLoop next() {
		return this.loops.next();
	}

	@Override
	public Iterator<EventExecutor> iterator() {
		return this.loops.iterator();
	}

	@Override
	public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
		return this.loops.shutdownGracefully(quietPeriod, timeout, unit);
	}

	@Override
	@Deprecated
	public void shutdown() {
		this.loops.shutdown();
	}

	@Override
	public Future<?> terminationFuture() {
		return this.loops.terminationFuture();
	}

	@Override
	public boolean isShuttingDown() {
		return this.loops.isShuttingDown();
	}

	@Override
	public boolean isShutdown() {
		return this.loops.isShutdown();
	}

	@Override
	public boolean isTerminated() {
		return this.loops.isTerminated();
	}

	@Override
	public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
		return this.loops.awaitTermination(timeout, unit);
	}

}
