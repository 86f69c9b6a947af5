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

package io.support.dispatch;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.support.overload.SojournSettings;

/**
 * The size of the dispatchers, and how long calls may wait for them.
 *
 * @param io the dispatcher for calls that block
 * @param cpu the dispatcher for calls that compute
 * @param named further dispatchers, by name
 * @param shutdownTimeout how long running and queued calls may take to finish when the
 * application shuts down, before they are interrupted
 * @param callerStack whether calls whose caller goes on keep its stack, to be added to
 * the exception of one that fails
 */
public record DispatchSettings(Pool io, Pool cpu, Map<String, Pool> named, Duration shutdownTimeout,
		boolean callerStack) {

	private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

	private static final Set<String> RESERVED = Set.of(Dispatchers.IO, Dispatchers.CPU);

	/**
	 * Creates settings of the two dispatchers that are always there.
	 * @param io the dispatcher for calls that block
	 * @param cpu the dispatcher for calls that compute
	 * @param shutdownTimeout how long calls may take to finish at shutdown
	 * @throws IllegalArgumentException if the timeout is negative
	 */
	public DispatchSettings(Pool io, Pool cpu, Duration shutdownTimeout) {
		this(io, cpu, Map.of(), shutdownTimeout, true);
	}

	/**
	 * Creates checked settings.
	 * @param io the dispatcher for calls that block
	 * @param cpu the dispatcher for calls that compute
	 * @param named further dispatchers, by name
	 * @param shutdownTimeout how long calls may take to finish at shutdown
	 * @param callerStack whether calls whose caller goes on keep its stack, to be added
	 * to the exception of one that fails
	 * @throws IllegalArgumentException if the timeout is negative, or a name is not one
	 */
	public DispatchSettings {
		named = Collections.unmodifiableMap(new LinkedHashMap<>(named));
		named.keySet().forEach(DispatchSettings::requireName);
		if (shutdownTimeout.isNegative()) {
			throw new IllegalArgumentException("shutdownTimeout must not be negative, was: " + shutdownTimeout);
		}
	}

	/**
	 * Checks that a further dispatcher may be called so.
	 * @param name the name
	 * @throws IllegalArgumentException if it may not
	 */
	public static void requireName(String name) {
		if (RESERVED.contains(name)) {
			throw new IllegalArgumentException("'" + name + "' is the name of a dispatcher that is always there");
		}
		if (!NAME.matcher(name).matches()) {
			throw new IllegalArgumentException(
					"'" + name + "' is no name of a dispatcher: use lower-case letters, digits and single hyphens");
		}
	}

	/**
	 * The size of one dispatcher, and how long calls that belong to a request may wait.
	 *
	 * @param threads how many calls run at the same time; threads start when needed, and
	 * end after a minute without work
	 * @param queueCapacity how many calls may wait for a thread
	 * @param maxQueueAge how long a call that belongs to a request may wait
	 * @param overloadedQueueAge how long it may wait while the queue is overloaded; not
	 * above the other
	 * @param targetQueueAge a queue through which at least one passes within this time is
	 * not overloaded
	 * @param kind the threads on which calls run
	 */
	public record Pool(int threads, int queueCapacity, Duration maxQueueAge, Duration overloadedQueueAge,
			Duration targetQueueAge, ThreadKind kind) {

		/**
		 * How long a call that belongs to a request may wait unless configured.
		 */
		public static final Duration MAX_QUEUE_AGE = Duration.ofSeconds(1);

		/**
		 * How long it may wait while the queue is overloaded unless configured.
		 */
		public static final Duration OVERLOADED_QUEUE_AGE = Duration.ofMillis(100);

		/**
		 * How quickly some pass a queue that is not overloaded unless configured.
		 */
		public static final Duration TARGET_QUEUE_AGE = Duration.ofMillis(100);

		/**
		 * Creates a size with the usual times.
		 * @param threads how many calls run at the same time
		 * @param queueCapacity how many calls may wait for a thread
		 * @throws IllegalArgumentException if one of them is not positive
		 */
		public Pool(int threads, int queueCapacity) {
			this(threads, queueCapacity, MAX_QUEUE_AGE, OVERLOADED_QUEUE_AGE, TARGET_QUEUE_AGE, ThreadKind.PLATFORM);
		}

		/**
		 * Creates checked settings.
		 * @param threads how many calls run at the same time
		 * @param queueCapacity how many calls may wait for a thread
		 * @param maxQueueAge how long a call that belongs to a request may wait
		 * @param overloadedQueueAge how long it may wait while the queue is overloaded
		 * @param targetQueueAge how quickly some pass a queue that is not overloaded
		 * @param kind the threads on which calls run
		 * @throws IllegalArgumentException if one of them is not positive, or the age
		 * while overloaded is above the other
		 */
		public Pool {
			if (threads <= 0) {
				throw new IllegalArgumentException("threads must be positive, was: " + threads);
			}
			if (queueCapacity <= 0) {
				throw new IllegalArgumentException("queueCapacity must be positive, was: " + queueCapacity);
			}
			requirePositive("maxQueueAge", maxQueueAge);
			requirePositive("overloadedQueueAge", overloadedQueueAge);
			requirePositive("targetQueueAge", targetQueueAge);
			if (overloadedQueueAge.compareTo(maxQueueAge) > 0) {
				throw new IllegalArgumentException("overloadedQueueAge must not be above maxQueueAge, which is "
						+ maxQueueAge + ", was: " + overloadedQueueAge);
			}
		}

		private static void requirePositive(String name, Duration value) {
			if (value.isNegative() || value.isZero()) {
				throw new IllegalArgumentException(name + " must be positive, was: " + value);
			}
		}

		/**
		 * Returns the same on threads of another kind.
		 * @param kind the kind
		 * @return the settings
		 */
		public Pool on(ThreadKind kind) {
			return new Pool(this.threads, this.queueCapacity, this.maxQueueAge, this.overloadedQueueAge,
					this.targetQueueAge, kind);
		}

		/**
		 * Returns these times for the control law. Half the time that a call may wait is
		 * its interval: a burst that comes to an idle dispatcher, and that can be served
		 * in time, is over before it looks like overload.
		 * @return the settings of the queue
		 */
		SojournSettings sojourn() {
			long maxAge = this.maxQueueAge.toNanos();
			return new SojournSettings(maxAge, this.overloadedQueueAge.toNanos(), this.targetQueueAge.toNanos(),
					Math.max(1, maxAge / 2));
		}

	}

}
