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

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * A call on a dispatcher whose caller waits. Where the caller stops waiting the call is
 * taken out of the queue or interrupted.
 *
 * @param <T> the type of the result
 */
final class DispatchedCall<T extends @Nullable Object> {

	private final Dispatcher dispatcher;

	private final CallStatistics statistics;

	private final DispatchTask<T> task;

	DispatchedCall(Dispatcher dispatcher, CallStatistics statistics, Callable<T> body) {
		this.dispatcher = dispatcher;
		this.statistics = statistics;
		// The task itself tells the caller who waits for it.
		this.task = dispatcher.task(statistics, Originator.current(), () -> {
			T result = body.call();
			statistics.returned(result);
			return result;
		}, (rejection) -> {
		});
	}

	T await(@Nullable Duration timeout) throws Exception {
		this.task.givenUpAfter(timeout);
		this.dispatcher.execute(this.task);
		try {
			DispatchExecutor home = DispatchExecutor.current();
			return (home != null) ? awaitAndHelp(home, timeout) : awaitOnly(timeout);
		}
		catch (ExecutionException ex) {
			throw unwrapped(ex);
		}
		catch (InterruptedException ex) {
			this.dispatcher.abandon(this.task);
			throw ex;
		}
		catch (TimeoutException ex) {
			this.dispatcher.abandon(this.task);
			throw this.dispatcher.timedOut(this.statistics, timeout);
		}
	}

	private T awaitOnly(@Nullable Duration timeout) throws InterruptedException, ExecutionException, TimeoutException {
		return (timeout != null) ? this.task.get(timeout.toNanos(), TimeUnit.NANOSECONDS) : this.task.get();
	}

	private T awaitAndHelp(DispatchExecutor home, @Nullable Duration timeout)
			throws InterruptedException, ExecutionException, TimeoutException {
		long nanos = (timeout != null) ? timeout.toNanos() : Long.MAX_VALUE;
		return new HelpfulWait(this.dispatcher, this.statistics, this.task).await(home, this.task::get, nanos);
	}

	private Exception unwrapped(ExecutionException failure) {
		Throwable cause = failure.getCause();
		if (cause == null) {
			return failure;
		}
		if (cause instanceof DispatchRejectedException rejection) {
			return rejection;
		}
		new CallerStack(this.dispatcher.name()).addTo(cause);
		if (cause instanceof Error error) {
			throw error;
		}
		return (cause instanceof Exception exception) ? exception : failure;
	}

}
