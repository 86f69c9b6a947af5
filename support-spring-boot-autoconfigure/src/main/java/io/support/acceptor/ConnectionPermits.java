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

package io.support.acceptor;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The right to serve a connection, of which there is a fixed number. Unlike a
 * {@link java.util.concurrent.Semaphore} it never waits and tells how many are in use.
 * Thread-safe.
 */
final class ConnectionPermits {

	private final int limit;

	private final AtomicInteger inUse = new AtomicInteger();

	ConnectionPermits(int limit) {
		this.limit = limit;
	}

	boolean tryAcquire() {
		int current = this.inUse.get();
		while (current < this.limit) {
			int witness = this.inUse.compareAndExchange(current, current + 1);
			if (witness == current) {
				return true;
			}
			current = witness;
		}
		return false;
	}

	void release() {
		this.inUse.decrementAndGet();
	}

	boolean isExhausted() {
		return this.inUse.get() >= this.limit;
	}

	int inUse() {
		return this.inUse.get();
	}

	int limit() {
		return this.limit;
	}

}
