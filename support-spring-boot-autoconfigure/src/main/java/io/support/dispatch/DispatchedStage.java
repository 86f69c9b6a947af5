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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

/**
 * A call on a dispatcher whose body returns a stage. The result completes as that stage
 * does; where the result ends first, by being cancelled or by its timeout, the call is
 * taken out of the queue or interrupted, and the stage is cancelled.
 *
 * @param <T> the type of the result
 */
final class DispatchedStage<T extends @Nullable Object> {

	private final DispatchedFuture<T> result = new DispatchedFuture<>(this::ended);

	private final Dispatcher dispatcher;

	private final CallStatistics statistics;

	private final Callable<? extends @Nullable CompletionStage<T>> body;

	/** Of a call that does not run in place; written before it is handed over. */
	private @Nullable CallerStack caller;

	private volatile @Nullable DispatchTask<?> task;

	private volatile @Nullable Disposable timer;

	private volatile @Nullable CompletionStage<T> stage;

	private volatile boolean answered;

	DispatchedStage(Dispatcher dispatcher, CallStatistics statistics,
			Callable<? extends @Nullable CompletionStage<T>> body) {
		this.dispatcher = dispatcher;
		this.statistics = statistics;
		this.body = body;
	}

	CompletableFuture<T> start(@Nullable Duration timeout) {
		if (this.dispatcher.isHeld()) {
			this.statistics.inline(InlineReason.HELD);
			run();
		}
		else {
			this.statistics.called();
			this.caller = this.dispatcher.callerStack();
			submit(timeout);
		}
		return this.result;
	}

	private void submit(@Nullable Duration timeout) {
		DispatchTask<?> task = this.dispatcher.task(this.statistics, Originator.current(), this::run,
				this.result::completeExceptionally);
		task.givenUpAfter(timeout);
		this.task = task;
		try {
			this.dispatcher.execute(task);
		}
		catch (DispatchRejectedException ex) {
			this.task = null;
			this.result.completeExceptionally(ex);
			return;
		}
		this.result.handedOver(new HelpfulWait(this.dispatcher, this.statistics, task));
		if (timeout != null) {
			Disposable timer = Schedulers.parallel()
				.schedule(() -> expire(timeout), timeout.toNanos(), TimeUnit.NANOSECONDS);
			this.timer = timer;
			if (this.result.isDone()) {
				// Before anybody could know of the timer.
				timer.dispose();
			}
		}
	}

	@SuppressWarnings("FutureReturnValueIgnored") // complete() does not fail
	private @Nullable Void run() {
		try {
			CompletionStage<T> stage = this.body.call();
			if (stage == null) {
				throw new NullPointerException(this.statistics.method() + " returned null instead of a stage");
			}
			if (stage instanceof CompletableFuture<T> done && done.isDone() && !done.isCompletedExceptionally()) {
				complete(done.join(), null);
				return null;
			}
			this.stage = stage;
			stage.whenComplete(this::complete);
			if (this.result.isDone() && !this.answered) {
				stage.toCompletableFuture().cancel(true);
			}
		}
		catch (Throwable ex) {
			// Also a fatal one: who waits for the result must hear of it.
			complete(null, ex);
		}
		return null;
	}

	@SuppressWarnings("NullAway") // the value is null where the stage's was
	private void complete(@Nullable T value, @Nullable Throwable failure) {
		this.answered = true;
		if (failure == null) {
			if (this.task != null) {
				this.statistics.returned(value);
			}
			this.result.complete(value);
		}
		else if (!this.result.isDone()) {
			this.result.completeExceptionally((this.caller != null) ? this.caller.addTo(failure) : failure);
		}
	}

	private void expire(Duration timeout) {
		if (!this.result.isDone()) {
			this.result.completeExceptionally(this.dispatcher.timedOut(this.statistics, timeout));
		}
	}

	private void ended() {
		Disposable timer = this.timer;
		if (timer != null) {
			timer.dispose();
		}
		if (this.answered) {
			return;
		}
		DispatchTask<?> task = this.task;
		if (task != null) {
			this.dispatcher.abandon(task);
		}
		CompletionStage<T> stage = this.stage;
		if (stage != null) {
			stage.toCompletableFuture().cancel(true);
		}
	}

}
