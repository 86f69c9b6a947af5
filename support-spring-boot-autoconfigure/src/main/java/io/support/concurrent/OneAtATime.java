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

package io.support.concurrent;

import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Lets one heavy operation run at a time. Others do not wait: they are refused at once.
 * Thread-safe.
 */
public final class OneAtATime {

	private final AtomicReference<@Nullable String> running = new AtomicReference<>();

	/**
	 * Lets the first operation run.
	 */
	public OneAtATime() {
	}

	/**
	 * Runs an operation unless one is running.
	 * @param <T> the type of the result
	 * @param name what the operation is called
	 * @param operation the operation
	 * @return its result
	 * @throws BusyException if another one is running
	 * @throws Exception what the operation throws
	 */
	public <T> T run(String name, Callable<T> operation) throws Exception {
		if (!this.running.compareAndSet(null, name)) {
			throw new BusyException(
					"'" + this.running.get() + "' is being done; heavy operations are done one at a time");
		}
		try {
			return operation.call();
		}
		finally {
			this.running.set(null);
		}
	}

	/**
	 * Another heavy operation is running. Says nothing about where it was thrown.
	 */
	public static final class BusyException extends RejectedExecutionException {

		private static final long serialVersionUID = 1;

		BusyException(String message) {
			super(message);
		}

		@Override
		public synchronized Throwable fillInStackTrace() {
			return this;
		}

	}

}
