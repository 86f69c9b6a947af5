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

import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

/**
 * The dispatchers that the current chain of calls holds, innermost first. It travels with
 * every call to the thread that runs it, so that a call back to a dispatcher further up
 * the chain is recognised and runs in place instead of waiting for itself.
 * <p>
 * Each dispatcher is in the chain once: its length is bounded by their number.
 *
 * @param dispatcher the dispatcher entered last
 * @param outer what was held before
 */
record Held(Dispatcher dispatcher, @Nullable Held outer) {

	private static final ThreadLocal<@Nullable Held> CURRENT = new ThreadLocal<>();

	static @Nullable Held current() {
		return CURRENT.get();
	}

	static boolean holds(Dispatcher dispatcher) {
		for (Held held = CURRENT.get(); held != null; held = held.outer) {
			if (held.dispatcher == dispatcher) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Runs a body that holds this chain.
	 * @param body what to run
	 * @param <T> the type of the result
	 * @return the body's result
	 * @throws Exception whatever the body throws
	 */
	<T extends @Nullable Object> T call(Callable<T> body) throws Exception {
		Held previous = CURRENT.get();
		CURRENT.set(this);
		try {
			return body.call();
		}
		finally {
			if (previous != null) {
				CURRENT.set(previous);
			}
			else {
				CURRENT.remove();
			}
		}
	}

}
