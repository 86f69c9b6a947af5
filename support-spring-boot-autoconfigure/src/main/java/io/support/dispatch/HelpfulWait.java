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

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * How a dispatcher's thread waits for a call to another dispatcher. Two such waits in
 * opposite directions would wait for ever where all threads of both dispatchers are in
 * them, so who waits looks up from time to time: where every thread of the other
 * dispatcher waits too, it takes its call back from the queue and runs it itself.
 */
final class HelpfulWait {

	private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

	private final Dispatcher dispatcher;

	private final CallStatistics statistics;

	private final DispatchTask<?> task;

	/**
	 * Creates a wait.
	 * @param dispatcher where the call has gone
	 * @param statistics those of the called method
	 * @param task the call
	 */
	HelpfulWait(Dispatcher dispatcher, CallStatistics statistics, DispatchTask<?> task) {
		this.dispatcher = dispatcher;
		this.statistics = statistics;
		this.task = task;
	}

	/**
	 * Waits for a result of the call.
	 * @param home the executor whose thread the current one is
	 * @param result waits for the result for so many nanoseconds at most
	 * @param limitNanos how long to wait in all
	 * @param <T> the type of the result
	 * @return the result
	 * @throws InterruptedException if the waiting thread is interrupted
	 * @throws ExecutionException if the call failed
	 * @throws TimeoutException if there is no result in time
	 */
	<T extends @Nullable Object> T await(DispatchExecutor home, Waiting<T> result, long limitNanos)
			throws InterruptedException, ExecutionException, TimeoutException {
		long start = this.dispatcher.now();
		home.startWaiting();
		try {
			while (true) {
				long left = limitNanos - (this.dispatcher.now() - start);
				try {
					return result.get(Math.min(left, INTERVAL_NANOS), TimeUnit.NANOSECONDS);
				}
				catch (TimeoutException ex) {
					if (left <= INTERVAL_NANOS) {
						throw ex;
					}
				}
				help(home);
			}
		}
		finally {
			home.stopWaiting();
		}
	}

	private void help(DispatchExecutor home) {
		if (!this.dispatcher.takeBackWhereStarved(this.task)) {
			return;
		}
		home.stopWaiting();
		try {
			this.statistics.inline(InlineReason.STARVED);
			this.task.run();
		}
		finally {
			home.startWaiting();
		}
	}

	/**
	 * Something with a result for which one can wait.
	 *
	 * @param <T> the type of the result
	 */
	interface Waiting<T extends @Nullable Object> {

		T get(long time, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException;

	}

}
