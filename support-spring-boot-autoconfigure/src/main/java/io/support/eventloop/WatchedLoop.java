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

import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.netty.util.concurrent.EventExecutor;
import org.jspecify.annotations.Nullable;

import io.support.eventloop.StallSamples.Sample;
import io.support.stats.Distribution;
import io.support.stats.DistributionSnapshot;
import io.support.stats.MeterTag;

/**
 * An event loop that is watched, with its thread and its delays. Its thread is known from
 * its first probe on.
 */
final class WatchedLoop implements LoopWatch.Loop {

	private static final int MAX_DEPTH = 128;

	private final EventExecutor loop;

	private final @Nullable ThreadMXBean threads;

	private final ServedRequest served = new ServedRequest();

	private final Distribution delays = new Distribution();

	private volatile @Nullable Thread thread;

	private volatile @Nullable EventLoopStall ongoing;

	private volatile @Nullable Timer timer;

	private volatile @Nullable MeterRegistry registry;

	/**
	 * Creates a watched loop.
	 * @param loop the loop
	 * @param threads knows for how long its thread has run; {@code null} if nobody does
	 */
	WatchedLoop(EventExecutor loop, @Nullable ThreadMXBean threads) {
		this.loop = loop;
		this.threads = threads;
	}

	EventExecutor loop() {
		return this.loop;
	}

	ServedRequest served() {
		return this.served;
	}

	/**
	 * Is told by the loop what its thread is.
	 * @param thread the thread
	 */
	void runsOn(Thread thread) {
		this.thread = thread;
	}

	@Override
	public String name() {
		Thread thread = this.thread;
		return (thread != null) ? thread.getName() : "unknown";
	}

	@Override
	public boolean execute(Runnable task) {
		try {
			this.loop.execute((this.thread != null) ? task : () -> {
				this.thread = Thread.currentThread();
				task.run();
			});
			return true;
		}
		catch (RejectedExecutionException ex) {
			return false;
		}
	}

	@Override
	public boolean isGone() {
		return this.loop.isShuttingDown();
	}

	@Override
	public long cpuNanos() {
		Thread thread = this.thread;
		return (thread != null && this.threads != null) ? this.threads.getThreadCpuTime(thread.getId()) : -1;
	}

	/*
	 * Of one thread alone: newer JVMs need not stop the others for it.
	 */
	@Override
	public @Nullable Sample sample() {
		Thread thread = this.thread;
		if (thread == null) {
			return null;
		}
		Thread.State state = thread.getState();
		List<StackTraceElement> stack = Arrays.stream(thread.getStackTrace())
			.limit(MAX_DEPTH)
			.map(WatchedLoop::withoutLoader)
			.toList();
		return new Sample(state, stack, this.served.describe());
	}

	/*
	 * Nobody wants to read app// or java.base@17.0.15/ before every frame.
	 */
	private static StackTraceElement withoutLoader(StackTraceElement frame) {
		return new StackTraceElement(frame.getClassName(), frame.getMethodName(), frame.getFileName(),
				frame.getLineNumber());
	}

	void delayed(long nanos) {
		this.delays.record((double) nanos);
		Timer timer = this.timer;
		if (timer != null) {
			timer.record(nanos, TimeUnit.NANOSECONDS);
		}
	}

	void goesOn(EventLoopStall soFar) {
		this.ongoing = soFar;
	}

	void ended() {
		this.ongoing = null;
	}

	/**
	 * Shows the delays in a registry, as soon as the loop has a name. May be called again
	 * and again.
	 * @param registry the registry; {@code null} if there is none yet
	 */
	void bindTo(@Nullable MeterRegistry registry) {
		if (registry == null || this.thread == null || this.registry == registry) {
			return;
		}
		this.timer = EventLoopMeters.DELAY.timer().tag(MeterTag.LOOP.asString(), name()).register(registry);
		this.registry = registry;
	}

	void unbind() {
		Timer timer = this.timer;
		MeterRegistry registry = this.registry;
		if (timer != null && registry != null) {
			registry.remove(timer);
		}
	}

	EventLoopsSnapshot.Loop snapshot(long currentDelayNanos) {
		DistributionSnapshot delays = this.delays.snapshot();
		EventLoopStall ongoing = this.ongoing;
		return new EventLoopsSnapshot.Loop(name(), currentDelayNanos,
				(ongoing != null) ? StallLog.describe(ongoing, true) : null, delays.count(), delays.p50(), delays.p95(),
				delays.p99(), delays.max());
	}

}
