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

package io.support.worker;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.util.unit.DataSize;

/**
 * Looks at the resident size of the process once a second, and does what was asked for
 * when {@value #SAMPLES_IN_A_ROW} samples in a row lie above the limit.
 */
public final class MemoryWatch implements SmartLifecycle {

	static final int SAMPLES_IN_A_ROW = 3;

	private static final Logger logger = LoggerFactory.getLogger(MemoryWatch.class);

	private final ResidentSize size;

	private final WorkerSettings settings;

	private final Runnable exit;

	private final MemoryLimit limit;

	private volatile long residentBytes;

	private volatile boolean running;

	private final ScheduledThreadPoolExecutor sampler = new ScheduledThreadPoolExecutor(1, (task) -> {
		Thread thread = new Thread(task, "support-memory");
		thread.setDaemon(true);
		return thread;
	});

	/**
	 * Creates a watch.
	 * @param size what is watched
	 * @param settings the limit, and what to do above it
	 * @param exit ends the process; called once, if that is to be done
	 */
	public MemoryWatch(ResidentSize size, WorkerSettings settings, Runnable exit) {
		this.size = size;
		this.settings = settings;
		this.exit = exit;
		this.limit = new MemoryLimit(settings.memoryLimitBytes(), SAMPLES_IN_A_ROW);
	}

	@Override
	@SuppressWarnings("FutureReturnValueIgnored") // sample() does not fail
	public void start() {
		this.running = true;
		if (this.size.bytes().isEmpty()) {
			logger.info("The resident size of the process cannot be read here, so support.worker.memory-limit is "
					+ "not watched");
			return;
		}
		if (Runtime.getRuntime().maxMemory() >= this.settings.memoryLimitBytes()) {
			logger.info(
					"The heap alone may grow to {} MB, support.worker.memory-limit is {} MB: set -Xmx well below "
							+ "it, or the limit above",
					DataSize.ofBytes(Runtime.getRuntime().maxMemory()).toMegabytes(), megabytes());
		}
		this.sampler.scheduleAtFixedRate(this::sample, 0, 1, TimeUnit.SECONDS);
	}

	void sample() {
		OptionalLong bytes = this.size.bytes();
		if (bytes.isEmpty()) {
			return;
		}
		this.residentBytes = bytes.getAsLong();
		if (!this.limit.crossedWith(this.residentBytes)) {
			return;
		}
		MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
		boolean exits = this.settings.onMemoryLimit() == MemoryLimitAction.EXIT;
		logger.warn(
				"The process occupies {} MB, more than support.worker.memory-limit of {} MB{}: "
						+ "heap {} of {} MB, direct buffers {} MB, {} threads",
				toMegabytes(this.residentBytes), megabytes(),
				exits ? ", and will be drained and end with code " + ExitOnMemoryLimit.EXIT_CODE : "",
				toMegabytes(heap.getUsed()), toMegabytes(heap.getCommitted()), toMegabytes(directBytes()),
				ManagementFactory.getThreadMXBean().getThreadCount());
		if (exits) {
			this.exit.run();
		}
	}

	private static long directBytes() {
		return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)
			.stream()
			.mapToLong(BufferPoolMXBean::getMemoryUsed)
			.sum();
	}

	private long megabytes() {
		return toMegabytes(this.settings.memoryLimitBytes());
	}

	private static long toMegabytes(long bytes) {
		return DataSize.ofBytes(bytes).toMegabytes();
	}

	/**
	 * Returns the resident size at the last sample.
	 * @return bytes, zero before the first
	 */
	public long residentBytes() {
		return this.residentBytes;
	}

	@Override
	public void stop() {
		this.sampler.shutdownNow();
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
