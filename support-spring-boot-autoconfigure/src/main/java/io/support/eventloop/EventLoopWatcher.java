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

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.concurrent.EventExecutor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.netty.ChannelPipelineConfigurer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

import io.support.context.ContextContributor;
import io.support.netty.RequestPipelines;

/**
 * Watches event loops: measures how late they are, and when one is stalled finds out what
 * holds it. A loop of an observed server or client is watched from its first connection
 * on, so that no loop is started for it, and forgotten when it is shut down.
 * <p>
 * All is done by one thread, which probes the loops, looks at those that do not answer,
 * and tells of it; it sleeps as long as there is no loop. Thread-safe.
 */
public final class EventLoopWatcher implements SmartLifecycle, ContextContributor {

	/**
	 * How many loops are watched at the most; further ones are not.
	 */
	static final int MAX_LOOPS = 1024;

	private static final Logger logger = LoggerFactory.getLogger(EventLoopWatcher.class);

	private static final String SERVED_REQUEST = "support.servedRequest";

	private static final long COMPLAINT_INTERVAL_NANOS = 1_000_000_000;

	private static final long FOR_EVER = Long.MAX_VALUE;

	private final EventLoopSettings settings;

	private final LongSupplier clock;

	private final Clock wallClock;

	private final Consumer<EventLoopStall> subscriber;

	private final StallStatistics statistics = new StallStatistics();

	private final StallLog log;

	private final @Nullable ThreadMXBean threads = threads();

	private final Map<EventExecutor, Watch> watches = new ConcurrentHashMap<>();

	/*
	 * Always the same: Reactor Netty keeps a pool of connections for each one.
	 */
	private final ChannelPipelineConfigurer clientConfigurer = (observer, channel,
			remote) -> watch(channel.eventLoop());

	private final Object turning = new Object();

	private volatile @Nullable MeterRegistry registry;

	private volatile @Nullable Thread thread;

	private long complainedNanos;

	/**
	 * Creates a watcher that watches nothing and has not been started.
	 * @param settings how to watch
	 * @param clock gives the time in nanoseconds, such as {@code System::nanoTime}
	 * @param wallClock gives the time of day
	 * @param subscriber is told of every stall when it is over, by the watcher's thread:
	 * nothing is watched in the meantime
	 */
	public EventLoopWatcher(EventLoopSettings settings, LongSupplier clock, Clock wallClock,
			Consumer<EventLoopStall> subscriber) {
		this.settings = settings;
		this.clock = clock;
		this.wallClock = wallClock;
		this.subscriber = subscriber;
		this.log = new StallLog(clock.getAsLong(), logger::warn);
		this.complainedNanos = clock.getAsLong() - COMPLAINT_INTERVAL_NANOS;
	}

	private static @Nullable ThreadMXBean threads() {
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		return (threads.isThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled()) ? threads : null;
	}

	/**
	 * Watches the loops of a server, and which requests they serve.
	 * @param server the server
	 * @return the server that is watched
	 */
	public HttpServer observe(HttpServer server) {
		HttpServer watched = server.doOnBound((bound) -> watch(bound.channel().eventLoop()))
			.doOnChannelInit((observer, channel, remote) -> watch(channel.eventLoop()));
		return RequestPipelines.handle(watched, SERVED_REQUEST, (channel, kind) -> {
			WatchedLoop loop = watch(channel.eventLoop());
			return (loop != null) ? new ServedRequestHandler(loop.served()) : null;
		});
	}

	/**
	 * Watches the loops of a client.
	 * @param client the client
	 * @return the client that is watched
	 */
	public HttpClient observe(HttpClient client) {
		return client.doOnChannelInit(this.clientConfigurer);
	}

	/**
	 * Watches loops of somebody's own, such as a driver's. Those that have not been
	 * started yet are started.
	 * @param loops the loops, such as an {@link io.netty.channel.EventLoopGroup}
	 */
	public void watch(Iterable<? extends EventExecutor> loops) {
		loops.forEach(this::watch);
	}

	private @Nullable WatchedLoop watch(EventExecutor loop) {
		Watch watch = this.watches.get(loop);
		if (watch == null) {
			if (this.watches.size() >= MAX_LOOPS || loop.isShuttingDown()) {
				return null;
			}
			boolean wasEmpty = this.watches.isEmpty();
			watch = this.watches.computeIfAbsent(loop, (key) -> new Watch(new WatchedLoop(key, this.threads)));
			if (loop.inEventLoop()) {
				watch.loop.runsOn(Thread.currentThread());
				watch.loop.bindTo(this.registry);
			}
			if (wasEmpty) {
				LockSupport.unpark(this.thread);
			}
		}
		return watch.loop;
	}

	/**
	 * Shows what is measured in a registry.
	 * @param registry the registry
	 */
	public void bindTo(MeterRegistry registry) {
		this.registry = registry;
		this.statistics.bindTo(registry);
		EventLoopMeters.STALLED.gauge(this, EventLoopWatcher::stalled).register(registry);
		this.watches.values().forEach((watch) -> watch.loop.bindTo(registry));
	}

	private long stalled() {
		long now = this.clock.getAsLong();
		long stalled = 0;
		for (Watch watch : this.watches.values()) {
			stalled += (watch.state.currentDelayNanos(now) >= this.settings.stallThresholdNanos()) ? 1 : 0;
		}
		return stalled;
	}

	@Override
	public String name() {
		return "eventloops";
	}

	@Override
	public EventLoopsSnapshot snapshot() {
		long now = this.clock.getAsLong();
		List<EventLoopsSnapshot.Loop> loops = new ArrayList<>();
		this.watches.values().forEach((watch) -> loops.add(watch.loop.snapshot(watch.state.currentDelayNanos(now))));
		loops.sort(Comparator.comparing(EventLoopsSnapshot.Loop::name));
		return new EventLoopsSnapshot(loops, this.statistics.counts(), this.statistics.groups(),
				StallStatistics.MAX_GROUPS, this.statistics.dropped(), this.settings.probeIntervalNanos(),
				this.settings.stallThresholdNanos());
	}

	@Override
	public synchronized void start() {
		if (this.thread == null) {
			Thread thread = new Thread(this::run, "support-event-loop-watch");
			thread.setDaemon(true);
			this.thread = thread;
			thread.start();
		}
	}

	@Override
	public synchronized void stop() {
		Thread thread = this.thread;
		this.thread = null;
		LockSupport.unpark(thread);
	}

	@Override
	public boolean isRunning() {
		return this.thread != null;
	}

	/*
	 * Before the servers, and until they have stopped.
	 */
	@Override
	public int getPhase() {
		return Integer.MIN_VALUE;
	}

	private void run() {
		OwnDelay own = new OwnDelay(this.clock.getAsLong());
		while (Thread.currentThread() == this.thread) {
			long now = this.clock.getAsLong();
			long wait = this.settings.probeIntervalNanos();
			try {
				synchronized (this.turning) {
					wait = turn(now, own);
				}
			}
			catch (RuntimeException | Error ex) {
				complain("The watcher of the event loops failed, and goes on", ex);
			}
			own.sleeps(this.clock.getAsLong(), wait);
			LockSupport.parkNanos(wait);
		}
	}

	private long turn(long now, OwnDelay own) {
		long lost = own.woke(now);
		if (own.pauseNanos() >= this.settings.stallThresholdNanos()) {
			tell(EventLoopStall.pause(own.pauseNanos(), this.wallClock.instant().minusNanos(own.pauseNanos())));
		}
		for (Watch watch : this.watches.values()) {
			if (!watch.state.tick(now, lost)) {
				forget(watch.loop);
			}
			else {
				watch.loop.bindTo(this.registry);
			}
		}
		this.log.tell(now);
		long wait = FOR_EVER;
		for (Watch watch : this.watches.values()) {
			wait = Math.min(wait, watch.state.waitNanos(now));
		}
		return wait;
	}

	private void forget(WatchedLoop loop) {
		this.watches.remove(loop.loop());
		loop.unbind();
	}

	private void tell(EventLoopStall stall) {
		this.statistics.add(stall);
		this.log.ended(stall);
		try {
			this.subscriber.accept(stall);
		}
		catch (RuntimeException ex) {
			complain("A listener of event loop stalls failed", ex);
		}
	}

	private void complain(String what, Throwable why) {
		long now = this.clock.getAsLong();
		if (now - this.complainedNanos >= COMPLAINT_INTERVAL_NANOS) {
			this.complainedNanos = now;
			logger.warn(what, why);
		}
	}

	/**
	 * A loop, and the state of its watch.
	 */
	private final class Watch implements LoopWatch.Listener {

		private final WatchedLoop loop;

		private final LoopWatch state;

		Watch(WatchedLoop loop) {
			this.loop = loop;
			this.state = new LoopWatch(loop, EventLoopWatcher.this.settings, EventLoopWatcher.this.clock,
					EventLoopWatcher.this.wallClock, this);
		}

		@Override
		public void delayed(long nanos) {
			this.loop.delayed(nanos);
		}

		@Override
		public void goesOn(EventLoopStall soFar) {
			this.loop.goesOn(soFar);
			EventLoopWatcher.this.log.goesOn(soFar);
		}

		@Override
		public void ended(EventLoopStall stall) {
			this.loop.ended();
			tell(stall);
		}

	}

}
