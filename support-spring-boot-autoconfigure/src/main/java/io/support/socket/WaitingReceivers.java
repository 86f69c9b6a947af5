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

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * Those who wait to receive from one connection, first come, first served; a bounded
 * number. Thread-safe.
 */
final class WaitingReceivers {

	private final Queue<Receiver<?>> queue = new ConcurrentLinkedQueue<>();

	private final AtomicInteger count = new AtomicInteger();

	private final SocketFigures figures;

	WaitingReceivers(SocketFigures figures) {
		this.figures = figures;
	}

	/**
	 * Lets one wait. Is counted before it can be seen.
	 * @param receiver the one
	 * @param peer from whom it receives, for the message
	 * @throws RejectedExecutionException if as many wait as may
	 */
	void add(Receiver<?> receiver, String peer) {
		if (this.count.incrementAndGet() > ReceiveQueue.MAX_WAITING) {
			this.count.decrementAndGet();
			this.figures.refuse();
			throw new RejectedExecutionException(peer + ": " + receiver.frame() + " was refused: "
					+ ReceiveQueue.MAX_WAITING + " receivers wait already; ask for less at a time");
		}
		this.figures.came();
		this.queue.add(receiver);
	}

	/**
	 * Takes one out, unless somebody else has.
	 * @param receiver the one
	 */
	void remove(Receiver<?> receiver) {
		if (this.queue.remove(receiver)) {
			this.count.decrementAndGet();
			this.figures.left();
		}
	}

	@Nullable Receiver<?> first() {
		return this.queue.peek();
	}

	boolean isEmpty() {
		return this.queue.isEmpty();
	}

	/**
	 * Returns how many there are, those among them that are just coming.
	 * @return their number
	 */
	int count() {
		return this.count.get();
	}

}
