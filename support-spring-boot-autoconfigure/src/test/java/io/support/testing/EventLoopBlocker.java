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

package io.support.testing;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;

/**
 * Holds event loops until it is closed: the one blocking call that the tests allow there.
 */
public final class EventLoopBlocker implements AutoCloseable {

	private final CountDownLatch release = new CountDownLatch(1);

	private EventLoopBlocker() {
	}

	/**
	 * Blocks every loop of a group, and returns when all are blocked.
	 * @param group the group
	 * @return closing it lets them go
	 * @throws InterruptedException if the caller is interrupted
	 */
	public static EventLoopBlocker block(EventLoopGroup group) throws InterruptedException {
		EventLoopBlocker blocker = new EventLoopBlocker();
		for (EventExecutor loop : group) {
			blocker.occupy(loop);
		}
		return blocker;
	}

	/**
	 * Blocks one loop, and returns when it is blocked.
	 * @param loop the loop
	 * @return closing it lets it go
	 * @throws InterruptedException if the caller is interrupted
	 */
	public static EventLoopBlocker block(EventExecutor loop) throws InterruptedException {
		EventLoopBlocker blocker = new EventLoopBlocker();
		blocker.occupy(loop);
		return blocker;
	}

	private void occupy(EventExecutor loop) throws InterruptedException {
		CountDownLatch blocked = new CountDownLatch(1);
		loop.execute(() -> {
			blocked.countDown();
			hold();
		});
		if (!blocked.await(10, TimeUnit.SECONDS)) {
			throw new IllegalStateException("The loop did not run the blocking task within 10 s");
		}
	}

	/**
	 * Known to BlockHound by its name.
	 */
	private void hold() {
		try {
			if (!this.release.await(30, TimeUnit.SECONDS)) {
				throw new IllegalStateException("A test held an event loop for more than 30 s");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		this.release.countDown();
	}

}
