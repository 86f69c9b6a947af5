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
 * Counts the users of something that may go only when nobody uses it. One number: how
 * many there are, and in the sign whether there may be more. Lock-free.
 */
final class UseCount {

	private static final int CLOSED = Integer.MIN_VALUE;

	private final AtomicInteger uses = new AtomicInteger();

	/**
	 * Begins a use.
	 * @return whether it may be used; if not, nothing has begun
	 */
	boolean begin() {
		int uses = this.uses.get();
		while (uses >= 0) {
			int witness = this.uses.compareAndExchange(uses, uses + 1);
			if (witness == uses) {
				return true;
			}
			uses = witness;
		}
		return false;
	}

	/**
	 * Ends a use.
	 * @return whether it was the last one after {@link #close()}
	 */
	boolean end() {
		return this.uses.decrementAndGet() == CLOSED;
	}

	/**
	 * Allows no more uses. To be called while it is open only.
	 * @return whether nobody uses it
	 */
	boolean close() {
		return this.uses.getAndUpdate((uses) -> uses | CLOSED) == 0;
	}

	/**
	 * Allows no more uses if nobody uses it.
	 * @return whether that is so
	 */
	boolean closeIfUnused() {
		return this.uses.compareAndSet(0, CLOSED);
	}

	/**
	 * Allows uses again.
	 */
	void reopen() {
		this.uses.getAndUpdate((uses) -> uses & ~CLOSED);
	}

}
