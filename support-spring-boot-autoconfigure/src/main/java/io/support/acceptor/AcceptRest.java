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

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * Lets the accept loop rest for a moment while the workers have enough to do, and so many
 * connections come that some will come together. It would otherwise wake up for every
 * single connection, and take the processor from a worker each time, only to put the
 * connection behind others or to refuse it. As network cards do with their interrupts:
 * the first one is taken at once, and of many so many together as come in two
 * milliseconds at the most. They wait in the kernel meanwhile, for less time than in the
 * queue.
 */
final class AcceptRest extends ChannelInboundHandlerAdapter {

	static final long MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

	/*
	 * It takes some microseconds to stop listening and to go on.
	 */
	static final long MIN_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

	/*
	 * A rest ends with a turn of the loop of its own: for fewer than these it would save
	 * nothing.
	 */
	static final int TOGETHER = 2;

	/*
	 * How many connections tell how quickly they come, and how long they may take for it.
	 */
	static final int WINDOW = 16;

	static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private final LongSupplier busyNanos;

	private final LongSupplier clock;

	private long windowStart;

	private int arrivals;

	private long nanosPerArrival = WINDOW_NANOS;

	private @Nullable ScheduledFuture<?> rest;

	/**
	 * Creates a handler of a listening channel.
	 * @param busyNanos for how long nobody need be accepted
	 * @param clock gives the time in nanoseconds
	 */
	AcceptRest(LongSupplier busyNanos, LongSupplier clock) {
		this.busyNanos = busyNanos;
		this.clock = clock;
		this.windowStart = clock.getAsLong();
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		this.arrivals++;
		context.fireChannelRead(message);
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		long nanos = Math.min(this.busyNanos.getAsLong(), MAX_NANOS);
		ChannelConfig config = context.channel().config();
		if (nanos >= Math.max(MIN_NANOS, TOGETHER * nanosPerArrival()) && this.rest == null && config.isAutoRead()) {
			config.setAutoRead(false);
			this.rest = context.executor().schedule(() -> goOn(config), nanos, TimeUnit.NANOSECONDS);
		}
		context.fireChannelReadComplete();
	}

	private long nanosPerArrival() {
		long elapsed = this.clock.getAsLong() - this.windowStart;
		if (this.arrivals >= WINDOW || elapsed >= WINDOW_NANOS) {
			this.nanosPerArrival = elapsed / Math.max(1, this.arrivals);
			this.windowStart += elapsed;
			this.arrivals = 0;
		}
		return this.nanosPerArrival;
	}

	/*
	 * Where accepting fails, Reactor Netty's handler behind this one makes a pause of its
	 * own, if none is being made.
	 */
	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		ScheduledFuture<?> rest = this.rest;
		if (rest != null) {
			rest.cancel(false);
			goOn(context.channel().config());
		}
		context.fireExceptionCaught(cause);
	}

	private void goOn(ChannelConfig config) {
		this.rest = null;
		config.setAutoRead(true);
	}

}
