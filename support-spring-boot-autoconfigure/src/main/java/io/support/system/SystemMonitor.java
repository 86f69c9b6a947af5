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

package io.support.system;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.internal.PlatformDependent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import io.support.context.ContextContributor;
import io.support.stats.StreamingMeterRegistry;

/**
 * Looks at the process ten times a second, so that what happened between two scrapes is
 * known: samples the gauges of SuPPort, which are the depths of its queues and its own of
 * memory, threads and garbage collections, into their streaming statistics; all other
 * gauges, those of each address and each state among them, less often. Remembers the last
 * five minutes of what is worth a chart, a value a second. Knows what that costs.
 * <p>
 * One daemon thread. A gauge that blocks delays the samples after it.
 */
public final class SystemMonitor implements SmartLifecycle, ContextContributor {

	private static final Logger logger = LoggerFactory.getLogger(SystemMonitor.class);

	private static final String PREFIX = "support.";

	/*
	 * There may be many of these, as many as a configuration has addresses: looking at
	 * them would cost more than all the others.
	 */
	private static final List<String> MANY = List.of("support.connections.", "support.state.");

	private final SystemSettings settings;

	private final StreamingMeterRegistry registry;

	private final WarningsContributor warnings;

	private final LongSupplier clock;

	private final History history;

	private final HistoryReader reader;

	private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

	private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();

	private final CollectedHeap collectedHeap = new CollectedHeap(this.collectors);

	private final List<BufferPoolMXBean> bufferPools = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)
		.stream()
		.filter((pool) -> pool.getName().equals("direct"))
		.toList();

	private final AtomicLong samples = new AtomicLong();

	/** Some of those in the registry, and bounded with it. */
	private final CopyOnWriteArrayList<Meter> own = new CopyOnWriteArrayList<>();

	private volatile @Nullable Thread thread;

	private volatile long startedNanos;

	private volatile long cpuNanos;

	private volatile long lateNanos;

	/**
	 * Creates a monitor that is not running.
	 * @param settings how often
	 * @param registry where the gauges are
	 * @param warnings is told to observe them
	 * @param clock gives the time in nanoseconds, such as {@code System::nanoTime}
	 * @param wallClock gives the time of day
	 */
	public SystemMonitor(SystemSettings settings, StreamingMeterRegistry registry, WarningsContributor warnings,
			LongSupplier clock, Clock wallClock) {
		this.settings = settings;
		this.registry = registry;
		this.warnings = warnings;
		this.clock = clock;
		this.history = new History(settings.interval().toNanos(), clock, wallClock);
		this.reader = new HistoryReader(registry, clock);
		this.startedNanos = clock.getAsLong();
		registry.config().onMeterAdded(this::added).onMeterRemoved(this.own::remove);
		registry.getMeters().forEach(this::added);
	}

	private void added(Meter meter) {
		String name = meter.getId().getName();
		if (meter instanceof Gauge && name.startsWith(PREFIX) && MANY.stream().noneMatch(name::startsWith)) {
			this.own.addIfAbsent(meter);
		}
	}

	/**
	 * Shows memory, threads and garbage collections in a registry.
	 * @param registry the registry
	 */
	public void bindTo(MeterRegistry registry) {
		SystemMeters.COLLECTED_HEAP.gauge(this, SystemMonitor::collectedHeap).register(registry);
		SystemMeters.COLLECTION_TIME.counter(this, SystemMonitor::collectionSeconds).register(registry);
		SystemMeters.DIRECT_MEMORY.gauge(this, SystemMonitor::directMemory).register(registry);
		SystemMeters.THREADS.gauge(this.threads, ThreadMXBean::getThreadCount).register(registry);
		SystemMeters.MONITOR_CPU.counter(this, (monitor) -> monitor.cpuNanos / 1e9).register(registry);
	}

	private double collectedHeap() {
		return this.collectedHeap.bytes();
	}

	private double collectionSeconds() {
		long millis = 0;
		for (GarbageCollectorMXBean collector : this.collectors) {
			millis += Math.max(0, collector.getCollectionTime());
		}
		return millis / 1e3;
	}

	/*
	 * Netty's own count is of what it has without the JVM.
	 */
	private double directMemory() {
		long bytes = Math.max(0, PlatformDependent.usedDirectMemory());
		for (BufferPoolMXBean pool : this.bufferPools) {
			bytes += pool.getMemoryUsed();
		}
		return bytes;
	}

	@Override
	public void start() {
		Thread thread = new Thread(this::run, "support-system-monitor");
		thread.setDaemon(true);
		this.startedNanos = this.clock.getAsLong();
		this.thread = thread;
		thread.start();
	}

	@Override
	public void stop() {
		Thread thread = this.thread;
		this.thread = null;
		LockSupport.unpark(thread);
	}

	@Override
	public boolean isRunning() {
		return this.thread != null;
	}

	private void run() {
		long interval = this.settings.interval().toNanos();
		long next = this.clock.getAsLong();
		long nextOther = next;
		long nextWarnings = next;
		long nextHistory = next;
		long failed = 0;
		while (this.thread == Thread.currentThread()) {
			long now = this.clock.getAsLong();
			if (now < next) {
				LockSupport.parkNanos(this, next - now);
				continue;
			}
			this.lateNanos = Math.max(this.lateNanos, now - next);
			try {
				if (now >= nextOther) {
					sampleAll();
				}
				else {
					sampleOwn();
				}
				if (now >= nextWarnings) {
					nextWarnings = now + WarningsContributor.INTERVAL_NANOS;
					this.warnings.observe();
					this.registry.observe();
				}
				if (now >= nextHistory) {
					nextHistory += (1 + (now - nextHistory) / this.history.intervalNanos())
							* this.history.intervalNanos();
					remember();
				}
			}
			catch (RuntimeException ex) {
				failed++;
				if (Long.bitCount(failed) == 1) {
					logger.warn("The process could not be looked at, {} times so far", failed, ex);
				}
			}
			nextOther = (now >= nextOther) ? now + this.settings.otherInterval().toNanos() : nextOther;
			// What has been missed is not made up for.
			next = Math.max(next + interval, now);
		}
	}

	/**
	 * Samples the gauges of SuPPort once.
	 */
	void sampleOwn() {
		sample(this.own);
	}

	/**
	 * Samples all gauges once.
	 */
	void sampleAll() {
		sample(this.registry.getMeters());
	}

	/**
	 * Remembers a value of each line of the charts.
	 */
	void remember() {
		this.history.add(this.reader.read());
	}

	private void sample(List<Meter> gauges) {
		this.registry.sample(gauges);
		this.samples.incrementAndGet();
		this.cpuNanos = this.threads.isCurrentThreadCpuTimeSupported() ? this.threads.getCurrentThreadCpuTime() : 0;
	}

	@Override
	public String name() {
		return "system";
	}

	@Override
	public Snapshot snapshot() {
		double elapsed = Math.max(1, this.clock.getAsLong() - this.startedNanos);
		List<Sampled> gauges = this.registry.states((name) -> name.startsWith(PREFIX))
			.stream()
			.filter((meter) -> meter.kind().equals("gauge"))
			.map(Sampled::of)
			.toList();
		return new Snapshot(this.settings.interval(), this.settings.otherInterval(), this.samples.get(), this.lateNanos,
				this.cpuNanos / elapsed, gauges);
	}

	/**
	 * Returns what there is to be drawn on a page: how things went over the last minutes,
	 * and how times are spread.
	 * @param page the name of the page, {@code index} for the overview
	 */
	@Override
	public Optional<Object> detail(String page) {
		Map<String, Object> charts = new LinkedHashMap<>(this.history.charts(page));
		charts.putAll(Spread.of(page, this.registry));
		return charts.isEmpty() ? Optional.empty() : Optional.of(charts);
	}

	/**
	 * What is known of the process.
	 *
	 * @param interval the time from one sample to the next
	 * @param otherInterval the same for gauges that are not SuPPort's
	 * @param samples how many there have been
	 * @param maxLateNanos how late the latest of them was
	 * @param cpuRatio how much of one processor looking takes
	 * @param gauges the gauges of SuPPort
	 */
	record Snapshot(Duration interval, Duration otherInterval, long samples, long maxLateNanos, double cpuRatio,
			List<Sampled> gauges) {

	}

}
