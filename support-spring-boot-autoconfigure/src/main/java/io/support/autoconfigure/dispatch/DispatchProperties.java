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

package io.support.autoconfigure.dispatch;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

import io.support.dispatch.DispatchSettings;

/**
 * Properties of the dispatchers.
 */
@ConfigurationProperties("support.dispatch")
public class DispatchProperties {

	private static final int CORES = Runtime.getRuntime().availableProcessors();

	/**
	 * Whether @IoBound and @CpuBound methods are dispatched, and Dispatchers are there.
	 */
	private boolean enabled = true;

	/**
	 * How long running and queued calls may take to finish at shutdown, before they are
	 * interrupted.
	 */
	private Duration shutdownTimeout = Duration.ofSeconds(10);

	private final Io io = new Io();

	private final Cpu cpu = new Cpu();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public Duration getShutdownTimeout() {
		return this.shutdownTimeout;
	}

	public void setShutdownTimeout(Duration shutdownTimeout) {
		this.shutdownTimeout = shutdownTimeout;
	}

	public Io getIo() {
		return this.io;
	}

	public Cpu getCpu() {
		return this.cpu;
	}

	DispatchSettings toSettings() {
		requireNotNegative("support.dispatch.shutdown-timeout", this.shutdownTimeout);
		requirePositive("support.dispatch.io.threads", this.io.threads);
		requirePositive("support.dispatch.io.queue-capacity", this.io.queueCapacity);
		requirePositive("support.dispatch.cpu.threads", this.cpu.threads);
		requirePositive("support.dispatch.cpu.queue-capacity", this.cpu.queueCapacity);
		return new DispatchSettings(new DispatchSettings.Pool(this.io.threads, this.io.queueCapacity),
				new DispatchSettings.Pool(this.cpu.threads, this.cpu.queueCapacity), this.shutdownTimeout);
	}

	private static void requirePositive(String name, int value) {
		if (value <= 0) {
			throw new InvalidConfigurationPropertyValueException(name, value,
					"Must be positive. Remove the property to use the default.");
		}
	}

	private static void requireNotNegative(String name, Duration value) {
		if (value.isNegative()) {
			throw new InvalidConfigurationPropertyValueException(name, value,
					"Must not be negative. Use 0s to interrupt calls at once.");
		}
	}

	/**
	 * Dispatcher for calls that block.
	 */
	public static class Io {

		/**
		 * Maximum number of calls that run at the same time; ten times the cores unless
		 * set.
		 */
		private int threads = 10 * CORES;

		/**
		 * Maximum number of calls that wait for a thread.
		 */
		private int queueCapacity = 1000;

		public int getThreads() {
			return this.threads;
		}

		public void setThreads(int threads) {
			this.threads = threads;
		}

		public int getQueueCapacity() {
			return this.queueCapacity;
		}

		public void setQueueCapacity(int queueCapacity) {
			this.queueCapacity = queueCapacity;
		}

	}

	/**
	 * Dispatcher for calls that compute.
	 */
	public static class Cpu {

		/**
		 * Maximum number of calls that run at the same time; as many as cores unless set.
		 */
		private int threads = CORES;

		/**
		 * Maximum number of calls that wait for a thread.
		 */
		private int queueCapacity = 1000;

		public int getThreads() {
			return this.threads;
		}

		public void setThreads(int threads) {
			this.threads = threads;
		}

		public int getQueueCapacity() {
			return this.queueCapacity;
		}

		public void setQueueCapacity(int queueCapacity) {
			this.queueCapacity = queueCapacity;
		}

	}

}
