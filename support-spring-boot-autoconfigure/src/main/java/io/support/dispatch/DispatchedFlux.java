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
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Calls a body on a dispatcher at subscription, and subscribes there to the publisher
 * that the body returns. Later demand is carried to the dispatcher too, since a publisher
 * may do its work when it is asked for elements.
 * <p>
 * Cancelling takes the call out of the queue or interrupts it. Signals come from whatever
 * thread the publisher uses; who subscribes on an event loop brings them back.
 *
 * @param <T> the type of the elements
 */
final class DispatchedFlux<T> extends Flux<T> {

	private final Dispatcher dispatcher;

	private final CallStatistics statistics;

	private final ReturnKind kind;

	private final Callable<? extends @Nullable Publisher<? extends T>> body;

	private final @Nullable Duration timeout;

	DispatchedFlux(Dispatcher dispatcher, CallStatistics statistics, ReturnKind kind,
			Callable<? extends @Nullable Publisher<? extends T>> body, @Nullable Duration timeout) {
		this.dispatcher = dispatcher;
		this.statistics = statistics;
		this.kind = kind;
		this.body = body;
		this.timeout = timeout;
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> actual) {
		Relay relay = new Relay(actual);
		actual.onSubscribe(relay);
		relay.start();
	}

	/**
	 * Stands between the body's publisher and the subscriber. The subscription is
	 * deferred: demand and cancellation are kept until the publisher is there.
	 */
	private final class Relay extends Operators.DeferredSubscription implements CoreSubscriber<T> {

		private final CoreSubscriber<? super T> actual;

		/** Of a call that does not run in place; written before it is handed over. */
		private @Nullable CallerStack caller;

		private final AtomicBoolean terminated = new AtomicBoolean();

		private volatile @Nullable DispatchTask<?> task;

		private volatile boolean attached;

		/** Signals come one after the other. */
		private long elements;

		private Relay(CoreSubscriber<? super T> actual) {
			this.actual = actual;
		}

		private void start() {
			Dispatcher dispatcher = DispatchedFlux.this.dispatcher;
			if (isCancelled()) {
				return;
			}
			if (dispatcher.isHeld()) {
				DispatchedFlux.this.statistics.inline(InlineReason.HELD);
				attach();
				return;
			}
			DispatchedFlux.this.statistics.called();
			this.caller = dispatcher.callerStack();
			Context context = currentContext();
			DispatchTask<?> task = dispatcher.task(DispatchedFlux.this.statistics, Originator.of(context), this::attach,
					this::refused, context);
			task.givenUpAfter(DispatchedFlux.this.timeout);
			submit(task);
		}

		private void submit(DispatchTask<?> task) {
			this.task = task;
			if (isCancelled()) {
				return;
			}
			try {
				DispatchedFlux.this.dispatcher.execute(task);
			}
			catch (DispatchRejectedException ex) {
				refused(ex);
			}
		}

		private @Nullable Void attach() {
			try {
				Publisher<? extends T> publisher = DispatchedFlux.this.body.call();
				if (publisher == null) {
					throw new NullPointerException(
							DispatchedFlux.this.statistics.method() + " returned null instead of a publisher");
				}
				publisher.subscribe(this);
			}
			catch (Throwable ex) {
				// Also a fatal one: the subscriber must hear of it, the thread goes on.
				onError(ex);
			}
			return null;
		}

		private void refused(DispatchRejectedException rejection) {
			boolean gone = isCancelled();
			super.cancel();
			if (!gone && this.terminated.compareAndSet(false, true)) {
				this.actual.onError(rejection);
			}
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.attached = true;
			set(subscription);
		}

		@Override
		public void request(long n) {
			Dispatcher dispatcher = DispatchedFlux.this.dispatcher;
			if (!this.attached || isCancelled() || dispatcher.isHeld()) {
				super.request(n);
				return;
			}
			Context context = currentContext();
			submit(dispatcher.continuation(DispatchedFlux.this.statistics, Originator.of(context), () -> {
				super.request(n);
				return null;
			}, this::refused, context));
		}

		@Override
		public void cancel() {
			super.cancel();
			DispatchTask<?> task = this.task;
			if (task != null) {
				DispatchedFlux.this.dispatcher.abandon(task);
			}
		}

		@Override
		public void onNext(T element) {
			if (this.terminated.get()) {
				return;
			}
			this.elements++;
			if (this.task != null && DispatchedFlux.this.kind == ReturnKind.MONO) {
				DispatchedFlux.this.statistics.returned(element);
			}
			this.actual.onNext(element);
		}

		@Override
		public void onError(Throwable failure) {
			// After a cancellation this is the interrupt's echo: nobody waits for it.
			if (!isCancelled() && this.terminated.compareAndSet(false, true)) {
				this.actual.onError((this.caller != null) ? this.caller.addTo(failure) : failure);
			}
		}

		@Override
		public void onComplete() {
			if (this.terminated.compareAndSet(false, true)) {
				if (this.task != null && DispatchedFlux.this.kind == ReturnKind.FLUX) {
					DispatchedFlux.this.statistics.returned(this.elements);
				}
				this.actual.onComplete();
			}
		}

		@Override
		public Context currentContext() {
			return this.actual.currentContext();
		}

	}

}
