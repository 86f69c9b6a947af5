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

/**
 * The size of the two dispatchers.
 *
 * @param io the dispatcher for calls that block
 * @param cpu the dispatcher for calls that compute
 * @param shutdownTimeout how long running and queued calls may take to finish when the
 * application shuts down, before they are interrupted
 */
public record DispatchSettings(Pool io, Pool cpu, Duration shutdownTimeout) {

	/**
	 * Creates checked settings.
	 * @param io the dispatcher for calls that block
	 * @param cpu the dispatcher for calls that compute
	 * @param shutdownTimeout how long calls may take to finish at shutdown
	 * @throws IllegalArgumentException if the timeout is negative
	 */
	public DispatchSettings {
		if (shutdownTimeout.isNegative()) {
			throw new IllegalArgumentException("shutdownTimeout must not be negative, was: " + shutdownTimeout);
		}
	}

	/**
	 * The size of one dispatcher.
	 *
	 * @param threads how many calls run at the same time; threads start when needed, and
	 * end after a minute without work
	 * @param queueCapacity how many calls may wait for a thread
	 */
	public record Pool(int threads, int queueCapacity) {

		/**
		 * Creates a checked size.
		 * @param threads how many calls run at the same time
		 * @param queueCapacity how many calls may wait for a thread
		 * @throws IllegalArgumentException if one of them is not positive
		 */
		public Pool {
			if (threads <= 0) {
				throw new IllegalArgumentException("threads must be positive, was: " + threads);
			}
			if (queueCapacity <= 0) {
				throw new IllegalArgumentException("queueCapacity must be positive, was: " + queueCapacity);
			}
		}

	}

}
