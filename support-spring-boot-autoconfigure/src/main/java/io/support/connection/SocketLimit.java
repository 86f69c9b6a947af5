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

package io.support.connection;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many sockets may be open at the same time. One counts before it is opened, and
 * until it is closed, so that there are never more. Thread-safe.
 */
final class SocketLimit {

	private final int maximum;

	private final AtomicInteger open = new AtomicInteger();

	SocketLimit(int maximum) {
		this.maximum = maximum;
	}

	boolean tryOpen() {
		int before = this.open.getAndUpdate((open) -> (open < this.maximum) ? open + 1 : open);
		return before < this.maximum;
	}

	void closed() {
		this.open.decrementAndGet();
	}

	int open() {
		return this.open.get();
	}

	int maximum() {
		return this.maximum;
	}

	boolean isFull() {
		return this.open.get() >= this.maximum;
	}

}
