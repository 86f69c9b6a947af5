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

import java.util.concurrent.atomic.AtomicInteger;

import io.support.concurrent.BoundedTaskQueue;

/**
 * The queue of a dispatcher, which knows how many of its tasks belong to requests.
 */
final class DispatchQueue extends BoundedTaskQueue {

	private final AtomicInteger requests = new AtomicInteger();

	DispatchQueue(int capacity) {
		super(capacity);
	}

	/**
	 * Returns how many of the tasks belong to requests.
	 * @return the number, not above the capacity
	 */
	int requests() {
		return this.requests.get();
	}

	@Override
	protected void entered(Runnable task) {
		if (belongsToRequest(task)) {
			this.requests.incrementAndGet();
		}
	}

	@Override
	protected void left(Runnable task) {
		if (belongsToRequest(task)) {
			this.requests.decrementAndGet();
		}
	}

	private static boolean belongsToRequest(Runnable task) {
		return task instanceof DispatchTask<?> call && call.belongsToRequest();
	}

}
