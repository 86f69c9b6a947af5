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

package io.support.socket;

import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

/**
 * Somebody who waits for an operation. Who decides first, whoever serves it or whoever
 * gives up, decides alone, and nothing is taken for a call before that: so none is lost
 * between the two. Thread-safe.
 *
 * @param <T> what it waits for
 */
abstract class Call<T> {

	private final AtomicBoolean decided = new AtomicBoolean();

	/**
	 * Decides about the call.
	 * @return whether the caller has decided, and nobody else before
	 */
	final boolean decide() {
		return this.decided.compareAndSet(false, true);
	}

	final boolean isDecided() {
		return this.decided.get();
	}

	/**
	 * Says where it must be told of its result.
	 * @return whether that is the event loop, and not any thread
	 */
	abstract boolean isServedOnLoop();

	/**
	 * Gives it its result. By whoever has decided.
	 * @param result the result, {@code null} where there is none
	 */
	abstract void succeed(@Nullable T result);

	/**
	 * Tells it of a failure. By whoever has decided.
	 * @param failure what went wrong
	 */
	abstract void fail(Throwable failure);

}
