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

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelOption;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

import io.support.context.ContextContributor;
import io.support.context.WarningSource;
import io.support.event.Operations;
import io.support.overload.Pressure;
import io.support.overload.SojournControl;
import io.support.stats.Sketches;

/**
 * The bounded acceptor of a Reactor Netty server: gives the event loops to run it on, and
 * the gate before its listening socket.
 * <p>
 * The kernel's backlog is emptied at once by a loop that does nothing else. Connections
 * wait in a bounded queue for a worker loop, each of which takes one a turn. A connection
 * for which there is no room in the queue, or that has waited too long, is refused at
 * once and counted, also while every worker loop is blocked. Where as many connections
 * are served as may be, idle ones are closed for new ones.
 * <p>
 * Thread-safe. Belongs to one server; disposing the loops refuses what still waits.
 */
public final class Acceptor implements ContextContributor, WarningSource {

	private static final int ACCEPTED_AT_ONCE = 64;

	/** So near the limit is trouble. */
	private static final double NEAR = 0.9;

	private final SojournControl control;

	private final LongSupplier clock;

	private final AcceptQueue queue;

	private final ConnectionPermits permits;

	private final ServerConnections connections;

	private final AcceptorStatistics statistics;

	private final long handshakeTimeoutNanos;

	private final HandOff handOff;

	private final AcceptorLoopResources loopResources;

	private Acceptor(AcceptorSettings settings, ServerConnections connections, Pressure pressure, Sketches sketches,
			Operations operations, boolean preferNative, LongSupplier clock) {
		this.clock = clock;
		this.connections = connections;
		this.control = new SojournControl(settings.queueAge(), pressure, clock.getAsLong());
		this.queue = new AcceptQueue(settings.queueCapacity());
		this.permits = new ConnectionPermits(settings.maxConnections());
		this.statistics = new AcceptorStatistics(sketches, operations);
		this.handshakeTimeoutNanos = settings.handshakeTimeoutNanos();
		RawSocket socket = new RawSocket();
		Refusals refusals = new Refusals(settings.refusal(), socket, this.statistics, this.queue, this.permits);
		this.handOff = new HandOff(this.queue, this.permits, connections, refusals, socket, this.statistics,
				this.control, clock);
		this.loopResources = new AcceptorLoopResources(this.handOff, preferNative);
	}

	/**
	 * Creates an acceptor that uses the native transport where there is one.
	 * @param settings its bounds
	 * @param connections the server's connections, which the caller makes observe the
	 * server
	 * @param pressure what is refused here and by the server's admission
	 * @param sketches where the addresses of clients are counted, as
	 * {@value AcceptorStatistics#CLIENTS}
	 * @param operations what is told of TLS handshakes, as {@code support.tls}
	 * @param clock gives the time in nanoseconds, such as {@code System::nanoTime}
	 * @return a new acceptor; its loops start when a server first asks for them
	 */
	public static Acceptor create(AcceptorSettings settings, ServerConnections connections, Pressure pressure,
			Sketches sketches, Operations operations, LongSupplier clock) {
		return new Acceptor(settings, connections, pressure, sketches, operations, true, clock);
	}

	static Acceptor createNio(AcceptorSettings settings, ServerConnections connections, Pressure pressure,
			Sketches sketches, Operations operations, LongSupplier clock) {
		return new Acceptor(settings, connections, pressure, sketches, operations, false, clock);
	}

	/**
	 * Returns the loops to run the server on; whoever runs it disposes them.
	 * @return the event loops, always the same
	 */
	public LoopResources loopResources() {
		return this.loopResources;
	}

	/**
	 * Puts the gate before a server's listening socket, and watches TLS handshakes.
	 * @param server the server, which has to run on {@link #loopResources()}
	 * @return the server with the gate
	 */
	public HttpServer guard(HttpServer server) {
		return server.option(ChannelOption.RECVBUF_ALLOCATOR, acceptAll())
			.doOnBound((bound) -> bound.channel()
				.pipeline()
				.addFirst("support.acceptGate", new AcceptGate(this.handOff, this.statistics))
				.addFirst("support.acceptRest", new AcceptRest(this.handOff::busyNanos, this.clock)))
			.doOnChannelInit((observer, channel, remote) -> HandshakeWatch.addTo(channel, this.handshakeTimeoutNanos,
					this.statistics, this.clock));
	}

	/*
	 * Netty takes one connection from the kernel at a time otherwise, and asks for events
	 * before the next.
	 */
	private static RecvByteBufAllocator acceptAll() {
		return new ServerChannelRecvByteBufAllocator().respectMaybeMoreData(false).maxMessagesPerRead(ACCEPTED_AT_ONCE);
	}

	/**
	 * Shows what the acceptor counts in a registry.
	 * @param registry the registry
	 */
	public void bindTo(MeterRegistry registry) {
		this.statistics.bindTo(registry, this.queue, this.permits);
		AcceptorMeters.QUEUE_AGE_LIMIT.gauge(this, Acceptor::maxQueueAgeSeconds).register(registry);
	}

	private double maxQueueAgeSeconds() {
		return this.control.maxAgeNanos(this.clock.getAsLong()) / 1e9;
	}

	@Override
	public void forEachWarning(Consumer<Found> found) {
		// Idle ones are closed for new ones.
		int busy = this.connections.busy();
		if (busy >= NEAR * this.permits.limit()) {
			found
				.accept(new Found(Severity.WARNING,
						"Nearly all connections that there may be serve a request: " + busy + " of "
								+ this.permits.limit(),
						Map.of(), (double) busy,
						"The page tasks says how old these requests are; raise support.acceptor.max-connections, "
								+ "or add instances",
						"tasks", "support.acceptor.connections"));
		}
	}

	@Override
	public String name() {
		return "acceptor";
	}

	@Override
	public AcceptorSnapshot snapshot() {
		long now = this.clock.getAsLong();
		return new AcceptorSnapshot(this.queue.depth(), this.queue.capacity(), this.control.isOverloaded(now),
				this.control.maxAgeNanos(now), this.permits.inUse(), this.permits.limit(),
				this.statistics.acceptedCount(), this.statistics.refusedCounts(), this.statistics.abandonedCount(),
				this.statistics.idleClosedCount(), this.statistics.pauseCount(),
				this.statistics.handshakeFailureCount(), this.statistics.kernelOverflows());
	}

}
