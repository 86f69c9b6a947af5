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

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * The result of an asynchronous call, and whatever is derived from it. Who waits for it
 * on a dispatcher's thread does not keep others waiting for ever, see
 * {@link HelpfulWait}; everywhere else it is a plain {@link CompletableFuture}.
 *
 * @param <T> the type of the result
 */
final class DispatchedFuture<T extends @Nullable Object> extends CompletableFuture<T> {

	/** The result of the call itself, where this one is derived from it. */
	private final @Nullable DispatchedFuture<?> origin;

	/** Not of those that are derived. */
	private final @Nullable Runnable ended;

	/** Nor this. */
	private volatile @Nullable HelpfulWait wait;

	/**
	 * Creates the result of a call.
	 * @param ended told when there is a result, whoever it is from
	 */
	DispatchedFuture(Runnable ended) {
		this.origin = null;
		this.ended = ended;
	}

	private DispatchedFuture(DispatchedFuture<?> origin) {
		this.origin = origin;
		this.ended = null;
	}

	/**
	 * Says how to wait for the call, once it has been handed over.
	 * @param wait how to wait
	 */
	void handedOver(HelpfulWait wait) {
		this.wait = wait;
	}

	@Override
	public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
		return new DispatchedFuture<>((this.origin != null) ? this.origin : this);
	}

	@Override
	public boolean complete(T value) {
		boolean first = super.complete(value);
		return ended(first);
	}

	@Override
	public boolean completeExceptionally(Throwable failure) {
		boolean first = super.completeExceptionally(failure);
		return ended(first);
	}

	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		boolean wasDone = isDone();
		boolean cancelled = super.cancel(mayInterruptIfRunning);
		ended(cancelled && !wasDone);
		return cancelled;
	}

	private boolean ended(boolean first) {
		if (first && this.ended != null) {
			this.ended.run();
		}
		return first;
	}

	@Override
	public T get() throws InterruptedException, ExecutionException {
		if (DispatchExecutor.current() == null) {
			return super.get();
		}
		try {
			return get(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			// Three hundred years are over.
			return super.get();
		}
	}

	@Override
	public T get(long time, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
		DispatchExecutor home = DispatchExecutor.current();
		HelpfulWait wait = (this.origin != null) ? this.origin.wait : this.wait;
		if (home == null || wait == null || isDone()) {
			return super.get(time, unit);
		}
		return wait.await(home, super::get, unit.toNanos(time));
	}

	@Override
	public T join() {
		boolean interrupted = false;
		while (!isDone() && DispatchExecutor.current() != null) {
			try {
				get();
			}
			catch (InterruptedException ex) {
				// It waits on, as every join() does, and the thread hears of it later.
				interrupted = true;
			}
			catch (ExecutionException | CancellationException ex) {
				// The same once more below, as join() puts it.
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
		return super.join();
	}

}
