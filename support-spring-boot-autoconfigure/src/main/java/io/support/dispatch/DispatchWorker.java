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

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * A thread of a dispatcher, and what it does at the moment. Made and changed by the
 * thread itself; others may see a change a little later.
 */
final class DispatchWorker {

	private final Thread thread = Thread.currentThread();

	private final AtomicReference<@Nullable DispatchTask<?>> current = new AtomicReference<>();

	void begin(DispatchTask<?> task) {
		this.current.lazySet(task);
	}

	void end() {
		this.current.lazySet(null);
	}

	/**
	 * Returns what the thread does.
	 * @return the task; {@code null} while it waits for one
	 */
	@Nullable DispatchTask<?> task() {
		return this.current.get();
	}

	void interrupt() {
		this.thread.interrupt();
	}

}
