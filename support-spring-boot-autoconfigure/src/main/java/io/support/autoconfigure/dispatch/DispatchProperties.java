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
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.system.JavaVersion;

import io.support.dispatch.DispatchSettings;
import io.support.dispatch.ThreadKind;

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

	/**
	 * Whether asynchronous calls keep the stack of their caller for the exception of one
	 * that fails.
	 */
	private boolean callerStack = true;

	private final Io io = new Io();

	private final Cpu cpu = new Cpu();

	/**
	 * Further dispatchers, by the name that the annotations' dispatcher attribute has.
	 */
	private Map<String, Io> named = new LinkedHashMap<>();

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

	public boolean isCallerStack() {
		return this.callerStack;
	}

	public void setCallerStack(boolean callerStack) {
		this.callerStack = callerStack;
	}

	public Io getIo() {
		return this.io;
	}

	public Cpu getCpu() {
		return this.cpu;
	}

	public Map<String, Io> getNamed() {
		return this.named;
	}

	public void setNamed(Map<String, Io> named) {
		this.named = named;
	}

	/**
	 * Returns checked settings.
	 * @param virtual whether the application is to use virtual threads
	 * @return the settings
	 */
	DispatchSettings toSettings(boolean virtual) {
		requireNotNegative("support.dispatch.shutdown-timeout", this.shutdownTimeout);
		Map<String, DispatchSettings.Pool> named = new LinkedHashMap<>();
		this.named.forEach((name, io) -> {
			requireName(name);
			named.put(name, toPool("support.dispatch.named." + name + ".", io, virtual));
		});
		return new DispatchSettings(toPool("support.dispatch.io.", this.io, virtual),
				toPool("support.dispatch.cpu.", this.cpu.threads, this.cpu), named, this.shutdownTimeout,
				this.callerStack);
	}

	private static void requireName(String name) {
		try {
			DispatchSettings.requireName(name);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException("support.dispatch.named", name, ex.getMessage() + ".");
		}
	}

	private static DispatchSettings.Pool toPool(String prefix, Io io, boolean virtual) {
		return toPool(prefix, io.threads, io).on(io.virtualThreads.kind(prefix + "virtual-threads", virtual));
	}

	private static DispatchSettings.Pool toPool(String prefix, int threads, Queue queue) {
		requirePositive(prefix + "threads", threads);
		requirePositive(prefix + "queue-capacity", queue.queueCapacity);
		requirePositive(prefix + "max-queue-age", queue.maxQueueAge);
		requirePositive(prefix + "overloaded-queue-age", queue.overloadedQueueAge);
		requirePositive(prefix + "target-queue-age", queue.targetQueueAge);
		if (queue.overloadedQueueAge.compareTo(queue.maxQueueAge) > 0) {
			throw new InvalidConfigurationPropertyValueException(prefix + "overloaded-queue-age",
					queue.overloadedQueueAge, "It must not be above " + prefix + "max-queue-age, which is "
							+ queue.maxQueueAge.toMillis() + "ms; lower it, or raise the other.");
		}
		return new DispatchSettings.Pool(threads, queue.queueCapacity, queue.maxQueueAge, queue.overloadedQueueAge,
				queue.targetQueueAge, ThreadKind.PLATFORM);
	}

	private static void requirePositive(String name, int value) {
		if (value <= 0) {
			throw new InvalidConfigurationPropertyValueException(name, value,
					"Must be positive. Remove the property to use the default.");
		}
	}

	private static void requirePositive(String name, Duration value) {
		if (value.isNegative() || value.isZero()) {
			throw new InvalidConfigurationPropertyValueException(name, value,
					"It must be positive, for example 100ms.");
		}
	}

	private static void requireNotNegative(String name, Duration value) {
		if (value.isNegative()) {
			throw new InvalidConfigurationPropertyValueException(name, value,
					"Must not be negative. Use 0s to interrupt calls at once.");
		}
	}

	/**
	 * Queue in front of a dispatcher's threads.
	 */
	public abstract static class Queue {

		/**
		 * Maximum number of calls that wait for a thread.
		 */
		private int queueCapacity = 1000;

		/**
		 * Time that a call may wait before it is refused, if it belongs to a request.
		 */
		private Duration maxQueueAge = Duration.ofSeconds(1);

		/**
		 * Time that a call may wait while the queue is overloaded, if it belongs to a
		 * request, less what serving one takes.
		 */
		private Duration overloadedQueueAge = Duration.ofMillis(100);

		/**
		 * Time within which some calls pass a queue that is not overloaded; longer where
		 * calls take longer.
		 */
		private Duration targetQueueAge = Duration.ofMillis(100);

		Queue() {
		}

		public int getQueueCapacity() {
			return this.queueCapacity;
		}

		public void setQueueCapacity(int queueCapacity) {
			this.queueCapacity = queueCapacity;
		}

		public Duration getMaxQueueAge() {
			return this.maxQueueAge;
		}

		public void setMaxQueueAge(Duration maxQueueAge) {
			this.maxQueueAge = maxQueueAge;
		}

		public Duration getOverloadedQueueAge() {
			return this.overloadedQueueAge;
		}

		public void setOverloadedQueueAge(Duration overloadedQueueAge) {
			this.overloadedQueueAge = overloadedQueueAge;
		}

		public Duration getTargetQueueAge() {
			return this.targetQueueAge;
		}

		public void setTargetQueueAge(Duration targetQueueAge) {
			this.targetQueueAge = targetQueueAge;
		}

	}

	/**
	 * Dispatcher for calls that block.
	 */
	@ConfigurationPropertiesSource
	public static class Io extends Queue {

		/**
		 * Maximum number of calls that run at the same time; ten times the cores unless
		 * set.
		 */
		private int threads = 10 * CORES;

		/**
		 * When calls run on virtual threads, as many as there may be calls.
		 */
		private VirtualThreads virtualThreads = VirtualThreads.AUTO;

		public int getThreads() {
			return this.threads;
		}

		public void setThreads(int threads) {
			this.threads = threads;
		}

		public VirtualThreads getVirtualThreads() {
			return this.virtualThreads;
		}

		public void setVirtualThreads(VirtualThreads virtualThreads) {
			this.virtualThreads = virtualThreads;
		}

	}

	/**
	 * Dispatcher for calls that compute.
	 */
	public static class Cpu extends Queue {

		/**
		 * Maximum number of calls that run at the same time; as many as cores unless set.
		 */
		private int threads = CORES;

		public int getThreads() {
			return this.threads;
		}

		public void setThreads(int threads) {
			this.threads = threads;
		}

	}

	/**
	 * When calls run on virtual threads.
	 */
	public enum VirtualThreads {

		/**
		 * On Java 24 and newer, and on 21 and newer where
		 * {@code spring.threads.virtual.enabled} is true.
		 */
		AUTO,

		/** Always; fails to start before Java 21. */
		ALWAYS,

		/** Never. */
		NEVER;

		ThreadKind kind(String property, boolean virtual) {
			return switch (this) {
				case AUTO -> (virtual || JavaVersion.getJavaVersion().isEqualOrNewerThan(JavaVersion.TWENTY_FOUR))
						? ThreadKind.VIRTUAL : ThreadKind.PLATFORM;
				case ALWAYS -> {
					requireVirtualThreads(property);
					yield ThreadKind.VIRTUAL;
				}
				case NEVER -> ThreadKind.PLATFORM;
			};
		}

		private static void requireVirtualThreads(String property) {
			if (JavaVersion.getJavaVersion().isOlderThan(JavaVersion.TWENTY_ONE)) {
				throw new InvalidConfigurationPropertyValueException(property, "always",
						"Virtual threads need Java 21, this is " + JavaVersion.getJavaVersion()
								+ ". Use auto or never, or a newer Java.");
			}
		}

	}

}
