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

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What bounds an operation.
 *
 * @param timeoutNanos how long it may take, in nanoseconds
 * @param maxSize how long a message may be, in bytes
 */
record SocketOptions(long timeoutNanos, int maxSize) {

	static final SocketOptions DEFAULTS = new SocketOptions(TimeUnit.SECONDS.toNanos(10), 32 * 1024);

	SocketOptions withTimeout(Duration timeout) {
		if (timeout.isZero() || timeout.isNegative()) {
			throw new IllegalArgumentException("timeout must be positive, was: " + timeout);
		}
		return new SocketOptions(TimeUnit.NANOSECONDS.convert(timeout), this.maxSize);
	}

	SocketOptions withMaxSize(int maxSize) {
		if (maxSize < 1) {
			throw new IllegalArgumentException("maxSize must be positive, was: " + maxSize);
		}
		return new SocketOptions(this.timeoutNanos, maxSize);
	}

	/**
	 * Says that a message to be sent is too long.
	 * @param peer to whom
	 * @param operation by which operation
	 * @param size its size
	 * @return says so
	 */
	MessageTooLongException tooLong(String peer, Object operation, int size) {
		return new MessageTooLongException(peer + ": " + operation + " of " + size + " bytes failed: it may be "
				+ this.maxSize + " bytes at most; allow for more by withMaxSize, or send it in parts");
	}

}
