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

import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Operators;

/**
 * A subscriber that waits. Takes its place when it asks for an element, on the thread on
 * which it does so, and is told of everything on the event loop.
 *
 * @param <T> what it waits for
 */
final class ReactiveCall<T> extends Call<T> implements Subscription {

	private final CoreSubscriber<? super T> subscriber;

	private final Operation<T> operation;

	private final EventLoop loop;

	private final long timeoutNanos;

	private final AtomicBoolean begun = new AtomicBoolean();

	private volatile boolean cancelled;

	private volatile @Nullable Turn turn;

	private volatile @Nullable ScheduledFuture<?> timeout;

	ReactiveCall(CoreSubscriber<? super T> subscriber, Operation<T> operation, EventLoop loop, long timeoutNanos) {
		this.subscriber = subscriber;
		this.operation = operation;
		this.loop = loop;
		this.timeoutNanos = timeoutNanos;
	}

	@Override
	public void request(long count) {
		if (Operators.validate(count) && this.begun.compareAndSet(false, true)) {
			begin();
		}
	}

	private void begin() {
		try {
			Turn turn = this.operation.begin(this);
			this.turn = turn;
			if (turn != null) {
				watch(turn);
			}
		}
		catch (IOException | RuntimeException ex) {
			if (decide()) {
				fail(ex);
			}
		}
	}

	/*
	 * Others may have come to an end meanwhile, and not seen the turn or the time-out.
	 */
	private void watch(Turn turn) {
		if (!isDecided()) {
			this.timeout = this.loop.schedule(() -> timedOut(turn), this.timeoutNanos, TimeUnit.NANOSECONDS);
		}
		if (isDecided()) {
			cancelTimeout();
		}
		if (this.cancelled) {
			turn.giveUp();
		}
	}

	private void timedOut(Turn turn) {
		if (decide()) {
			fail(turn.timedOut(this.timeoutNanos));
		}
	}

	@Override
	public void cancel() {
		if (!decide()) {
			return;
		}
		this.cancelled = true;
		if (this.begun.compareAndSet(false, true)) {
			this.operation.discard();
			return;
		}
		cancelTimeout();
		Turn turn = this.turn;
		if (turn != null) {
			turn.giveUp();
		}
	}

	private void cancelTimeout() {
		ScheduledFuture<?> timeout = this.timeout;
		if (timeout != null) {
			timeout.cancel(false);
		}
	}

	@Override
	boolean isServedOnLoop() {
		return true;
	}

	@Override
	void succeed(@Nullable T result) {
		tell(() -> {
			if (result != null) {
				this.subscriber.onNext(result);
			}
			this.subscriber.onComplete();
		});
	}

	@Override
	void fail(Throwable failure) {
		tell(() -> this.subscriber.onError(failure));
	}

	private void tell(Runnable signals) {
		cancelTimeout();
		if (this.loop.inEventLoop()) {
			tellNow(signals);
			return;
		}
		try {
			this.loop.execute(() -> tellNow(signals));
		}
		catch (RejectedExecutionException ex) {
			// The loop has ended; no thread is better than this one.
			tellNow(signals);
		}
	}

	/*
	 * A subscriber that throws, which it must not, does no harm to the others.
	 */
	private void tellNow(Runnable signals) {
		try {
			signals.run();
		}
		catch (Throwable ex) {
			Exceptions.throwIfJvmFatal(ex);
			Operators.onErrorDropped(ex, this.subscriber.currentContext());
		}
	}

}
