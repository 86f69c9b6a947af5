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

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.aop.ProxyMethodInvocation;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An annotated method with its dispatcher: turns a call into what its return type
 * promises.
 */
final class DispatchedMethod {

	private final DispatchSpec spec;

	private final Dispatcher dispatcher;

	private final @Nullable DispatchCondition condition;

	private final CallStatistics statistics;

	DispatchedMethod(DispatchSpec spec, Dispatcher dispatcher, @Nullable DispatchCondition condition) {
		this.spec = spec;
		this.condition = condition;
		this.dispatcher = dispatcher;
		this.statistics = dispatcher.statistics(spec.label());
	}

	boolean isPlain() {
		return this.spec.kind() == ReturnKind.PLAIN;
	}

	@Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		return switch (this.spec.kind()) {
			case MONO -> mono(invocation.getArguments(), () -> (Publisher<?>) again(invocation));
			case FLUX -> flux(invocation.getArguments(), () -> (Publisher<?>) again(invocation));
			case STAGE -> isDispatched(invocation.getArguments()) ? stage(invocation) : invocation.proceed();
			case PLAIN -> isDispatched(invocation.getArguments()) ? await(invocation) : invocation.proceed();
		};
	}

	/**
	 * Calls the method itself, on behalf of an adapter that has brought the call to where
	 * it is. What the adapter emits is not what the method returns, so its size is taken
	 * here.
	 * @param invocation the call
	 * @return what the method returns
	 * @throws Throwable what it throws
	 */
	@Nullable Object proceedAsDecided(MethodInvocation invocation) throws Throwable {
		Object result = invocation.proceed();
		if (this.dispatcher.isHeld()) {
			this.statistics.returned(result);
		}
		return result;
	}

	/**
	 * Calls a body on the dispatcher at subscription, or in place where the condition is
	 * false.
	 * @param arguments the method's arguments
	 * @param body returns what to subscribe to
	 * @param <T> the type of the element
	 * @return emits what the body's publisher does
	 */
	<T> Mono<T> mono(@Nullable Object[] arguments, Callable<? extends @Nullable Publisher<? extends T>> body) {
		return Mono.defer(() -> isDispatched(arguments)
				? this.dispatcher.mono(this.statistics, body, this.spec.timeout()) : Mono.fromDirect(here(body)));
	}

	private <T> Flux<T> flux(@Nullable Object[] arguments, Callable<? extends @Nullable Publisher<? extends T>> body) {
		return Flux.defer(() -> isDispatched(arguments)
				? this.dispatcher.flux(this.statistics, body, this.spec.timeout()) : here(body));
	}

	private static <T> Publisher<? extends T> here(Callable<? extends @Nullable Publisher<? extends T>> body) {
		try {
			Publisher<? extends T> publisher = body.call();
			return (publisher != null) ? publisher : Mono.empty();
		}
		catch (Exception ex) {
			return Mono.error(ex);
		}
	}

	@SuppressWarnings("unchecked")
	private CompletionStage<Object> stage(MethodInvocation invocation) {
		return this.dispatcher.stage(this.statistics, () -> (CompletionStage<Object>) proceed(invocation),
				this.spec.timeout());
	}

	private @Nullable Object await(MethodInvocation invocation) throws Exception {
		if (!this.dispatcher.isHeld() && EventLoops.isNonBlockingThread()) {
			throw BlockingDispatchException.of(this.spec.method().toGenericString(),
					"return a Mono or a CompletableFuture, call it from a WebFlux controller method with the same "
							+ "annotation, or exclude this call by the annotation's 'when'");
		}
		try {
			return this.dispatcher.call(this.statistics, () -> proceed(invocation), this.spec.timeout());
		}
		catch (InterruptedException ex) {
			if (this.spec.interruptible()) {
				throw ex;
			}
			Thread.currentThread().interrupt();
			CancellationException cancelled = new CancellationException(
					"Interrupted while waiting for " + this.spec.label());
			cancelled.initCause(ex);
			throw cancelled;
		}
	}

	private boolean isDispatched(@Nullable Object[] arguments) {
		if (this.condition == null || this.condition.isDispatched(this.spec.method(), arguments)) {
			return true;
		}
		this.statistics.inline(InlineReason.WHEN);
		return false;
	}

	/*
	 * A publisher may be subscribed to more than once, an invocation proceeds once.
	 */
	private static @Nullable Object again(MethodInvocation invocation) throws Exception {
		return proceed((invocation instanceof ProxyMethodInvocation proxied) ? proxied.invocableClone() : invocation);
	}

	private static @Nullable Object proceed(MethodInvocation invocation) throws Exception {
		try {
			return invocation.proceed();
		}
		catch (Exception | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException("Neither an exception nor an error", ex);
		}
	}

}
