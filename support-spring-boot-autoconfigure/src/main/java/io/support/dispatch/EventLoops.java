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

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.internal.ThreadExecutorMap;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Knows whether the current thread is one that must not wait, and the way back to its
 * event loop. Works without Netty on the class path.
 */
final class EventLoops {

	private static final boolean NETTY = ClassUtils.isPresent("io.netty.util.internal.ThreadExecutorMap",
			EventLoops.class.getClassLoader());

	private EventLoops() {
	}

	/**
	 * Says whether the current thread must not wait: it is a Netty event loop, or Reactor
	 * marks it as non-blocking.
	 * @return whether it must not wait
	 */
	static boolean isNonBlockingThread() {
		return Schedulers.isInNonBlockingThread() || (NETTY && Netty.current() != null);
	}

	/**
	 * Returns a scheduler that runs on the event loop that is the current thread.
	 * @return the scheduler, or {@code null} if the thread is not an event loop
	 */
	static @Nullable Scheduler current() {
		return NETTY ? Netty.scheduler() : null;
	}

	/**
	 * Loaded only where Netty is present.
	 */
	private static final class Netty {

		private static @Nullable EventExecutor current() {
			return ThreadExecutorMap.currentExecutor();
		}

		private static @Nullable Scheduler scheduler() {
			EventExecutor executor = current();
			// A bare executor, so that Reactor does not wrap it for time and shutdown.
			return (executor != null) ? Schedulers.fromExecutor((task) -> executor.execute(task)) : null;
		}

	}

}
