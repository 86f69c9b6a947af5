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
 * A dispatched call did not finish in time. Its thread was interrupted, or the call was
 * taken out of the queue.
 */
public final class DispatchTimeoutException extends RuntimeException {

	/** Which dispatcher it was. */
	private final String dispatcher;

	/** How long the call might have taken. */
	private final Duration timeout;

	DispatchTimeoutException(String call, String dispatcher, Duration timeout) {
		super(call + " did not finish within " + timeout.toMillis() + " ms on dispatcher '" + dispatcher
				+ "', its time in the queue included");
		this.dispatcher = dispatcher;
		this.timeout = timeout;
	}

	/**
	 * Returns where the call was running or waiting.
	 * @return the dispatcher's name
	 */
	public String getDispatcher() {
		return this.dispatcher;
	}

	/**
	 * Returns how long the call was allowed to take.
	 * @return the timeout
	 */
	public Duration getTimeout() {
		return this.timeout;
	}

}
