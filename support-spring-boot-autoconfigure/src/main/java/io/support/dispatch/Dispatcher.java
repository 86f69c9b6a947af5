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
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.ContextView;

import io.support.event.Operation;
import io.support.event.Operations;
import io.support.stats.MeterTag;

/**
 * Runs calls away from the calling thread, on a bounded pool of threads with a bounded
 * queue. Obtained from {@link Dispatchers}.
 * <p>
 * What follows a call to its thread: everything that is registered with Micrometer's
 * context propagation, the MDC, the values of the Reactor context, and the set of
 * dispatchers that the caller holds. A call from a chain that already holds this
 * dispatcher runs in place, on the calling thread. The exception of a failed call has the
 * caller's stack as a suppressed exception.
 * <p>
 * When all threads are busy and the queue is full, or a call that belongs to a request
 * ({@link TaskOrigin}) would wait or has waited for too long, the call fails with a
 * {@link DispatchRejectedException} before anything of it has run: {@code call} throws
 * it, {@code future} and {@code mono} fail with it.
 * <p>
 * Thread-safe.
 */
public final class Dispatcher {

	/**
	 * What a call is, where it is told of.
	 */
	static final String CALL = "support.dispatch";

	private static final String NO_METHOD = "none";

	private final String name;

	private final DispatchExecutor executor;

	private final QueueDiscipline discipline;

	private final LongSupplier clock;

	private final MeterRegistry registry;

	private final Operations operations;

	/** Grows with the annotated methods of the application, known when it has started. */
	private final Map<String, CallStatistics> statistics = new ConcurrentHashMap<>();

	private final CallStatistics direct;

	private final DispatcherState state;

	private final boolean keepsCallerStack;

	Dispatcher(String name, DispatchSettings.Pool pool, boolean keepsCallerStack, MeterRegistry registry,
			Operations operations, LongSupplier clock) {
		this.keepsCallerStack = keepsCallerStack;
		this.name = name;
		this.operations = operations;
		this.registry = registry;
		this.clock = clock;
		DispatchQueue queue = new DispatchQueue(pool.queueCapacity());
		this.executor = new DispatchExecutor(name, pool.threads(), pool.kind(), queue);
		this.discipline = new QueueDiscipline(name, this.executor, queue, pool.sojourn(), clock);
		this.state = new DispatcherState(name, this.executor, this.discipline, this.statistics, clock);
		DispatchMeters.DEPTH.gauge(this.executor, DispatchExecutor::depth)
			.tag(MeterTag.DISPATCHER.asString(), name)
			.register(registry);
		this.direct = statistics(NO_METHOD);
	}

	/**
	 * Returns what the dispatcher is called in annotations, properties and meters.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Runs a body on this dispatcher, and waits for its result.
	 * @param body what to run
	 * @param <T> the type of the result
	 * @return the body's result
	 * @throws BlockingDispatchException on an event loop or another thread that must not
	 * wait
	 * @throws DispatchRejectedException if the queue is full, or the call would start too
	 * late
	 * @throws InterruptedException if the waiting thread is interrupted; the body is
	 * interrupted too
	 * @throws Exception whatever the body throws
	 */
	public <T extends @Nullable Object> T call(Callable<T> body) throws Exception {
		return call(this.direct, body, null);
	}

	/**
	 * Runs a body on this dispatcher, and waits for its result.
	 * @param body what to run
	 * @param timeout how long to wait at most; then the body is interrupted
	 * @param <T> the type of the result
	 * @return the body's result
	 * @throws DispatchTimeoutException if there was no result in time
	 * @throws Exception as {@link #call(Callable)} does
	 */
	public <T extends @Nullable Object> T call(Callable<T> body, Duration timeout) throws Exception {
		return call(this.direct, body, timeout);
	}

	/**
	 * Runs a body on this dispatcher, now.
	 * @param body what to run
	 * @param <T> the type of the result
	 * @return completes with the body's result, on the dispatcher's thread; cancelling it
	 * takes the body out of the queue or interrupts it
	 */
	public <T extends @Nullable Object> CompletableFuture<T> future(Callable<T> body) {
		return stage(this.direct, () -> CompletableFuture.completedFuture(body.call()), null);
	}

	/**
	 * Runs a body on this dispatcher, now.
	 * @param body what to run
	 * @param timeout how long it may take; then it is interrupted, and the future fails
	 * with a {@link DispatchTimeoutException}
	 * @param <T> the type of the result
	 * @return completes with the body's result
	 */
	public <T extends @Nullable Object> CompletableFuture<T> future(Callable<T> body, Duration timeout) {
		return stage(this.direct, () -> CompletableFuture.completedFuture(body.call()), timeout);
	}

	/**
	 * Runs a body on this dispatcher, once for each subscription.
	 * @param body what to run
	 * @param <T> the type of the result
	 * @return emits the body's result, or nothing for {@code null}, on the event loop
	 * that subscribed, otherwise on the dispatcher's thread; cancelling it takes the body
	 * out of the queue or interrupts it
	 */
	public <T> Mono<T> mono(Callable<? extends @Nullable T> body) {
		return mono(this.direct, () -> Mono.justOrEmpty(body.call()), null);
	}

	/**
	 * Runs a body on this dispatcher, once for each subscription.
	 * @param body what to run
	 * @param timeout how long it may take; then it is interrupted, and the {@code Mono}
	 * fails with a {@link DispatchTimeoutException}
	 * @param <T> the type of the result
	 * @return emits the body's result, as {@link #mono(Callable)} does
	 */
	public <T> Mono<T> mono(Callable<? extends @Nullable T> body, Duration timeout) {
		return mono(this.direct, () -> Mono.justOrEmpty(body.call()), timeout);
	}

	<T extends @Nullable Object> T call(CallStatistics statistics, Callable<T> body, @Nullable Duration timeout)
			throws Exception {
		if (isHeld()) {
			statistics.inline(InlineReason.HELD);
			return body.call();
		}
		if (EventLoops.isNonBlockingThread()) {
			throw BlockingDispatchException.of("A call to dispatcher '" + this.name + "'",
					"use mono(...) or future(...) instead");
		}
		statistics.called();
		return new DispatchedCall<>(this, statistics, body).await(timeout);
	}

	<T extends @Nullable Object> CompletableFuture<T> stage(CallStatistics statistics,
			Callable<? extends @Nullable CompletionStage<T>> body, @Nullable Duration timeout) {
		return new DispatchedStage<>(this, statistics, body).start(timeout);
	}

	<T> Mono<T> mono(CallStatistics statistics, Callable<? extends @Nullable Publisher<? extends T>> body,
			@Nullable Duration timeout) {
		return Mono.defer(() -> {
			Mono<T> mono = Mono.fromDirect(new DispatchedFlux<>(this, statistics, ReturnKind.MONO, body, timeout));
			if (timeout != null) {
				mono = mono.timeout(timeout, Mono.error(() -> timedOut(statistics, timeout)));
			}
			Scheduler loop = wayBack();
			return (loop != null) ? mono.publishOn(loop) : mono;
		});
	}

	<T> Flux<T> flux(CallStatistics statistics, Callable<? extends @Nullable Publisher<? extends T>> body,
			@Nullable Duration timeout) {
		return Flux.defer(() -> {
			Flux<T> flux = new DispatchedFlux<>(this, statistics, ReturnKind.FLUX, body, timeout);
			if (timeout != null) {
				flux = flux.timeout(Mono.delay(timeout), (element) -> Mono.never(),
						Flux.error(() -> timedOut(statistics, timeout)));
			}
			Scheduler loop = wayBack();
			return (loop != null) ? flux.publishOn(loop) : flux;
		});
	}

	private @Nullable Scheduler wayBack() {
		return isHeld() ? null : EventLoops.current();
	}

	DispatchTimeoutException timedOut(CallStatistics statistics, @Nullable Duration timeout) {
		statistics.timedOut();
		String call = statistics.method().equals(NO_METHOD) ? "A call" : statistics.method();
		return new DispatchTimeoutException(call, this.name, (timeout != null) ? timeout : Duration.ZERO);
	}

	/**
	 * Takes the current thread's stack for the exception of a call whose caller goes on.
	 * @return the stack, or {@code null} if it is not to be kept
	 */
	@Nullable CallerStack callerStack() {
		return this.keepsCallerStack ? new CallerStack(this.name) : null;
	}

	long now() {
		return this.clock.getAsLong();
	}

	boolean isHeld() {
		return Held.holds(this);
	}

	/**
	 * Makes a task that runs a body with what follows it from the current thread.
	 * @param statistics where to count it
	 * @param originator who calls it
	 * @param body what to run
	 * @param refused told when the task will never run though nobody abandoned it
	 * @param contexts further carriers of context values
	 * @param <T> the type of the result
	 * @return the task, not submitted yet
	 */
	<T extends @Nullable Object> DispatchTask<T> task(CallStatistics statistics, Originator originator,
			Callable<T> body, Consumer<? super DispatchRejectedException> refused, Object... contexts) {
		Operation operation = this.operations.begin(CALL, statistics.attributes(), observation(contexts));
		Callable<T> following = following(originator, operation.including(body), contexts);
		long submitted = this.clock.getAsLong();
		return new DispatchTask<>(this.discipline, statistics, originator, operation, submitted, () -> {
			long started = this.clock.getAsLong();
			statistics.queued(started - submitted);
			try {
				return following.call();
			}
			finally {
				statistics.ran(this.clock.getAsLong() - started);
			}
		}, refused);
	}

	/*
	 * Whoever subscribes brings what it is a part of in its Reactor context.
	 */
	private static @Nullable Observation observation(Object... contexts) {
		for (Object context : contexts) {
			if (context instanceof ContextView view) {
				return view.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
			}
		}
		return null;
	}

	/**
	 * Makes a task that goes on with a call that has been counted. It waits as what is
	 * done in the background does: what has been begun is not given up for its age.
	 * @param statistics where to count its refusal
	 * @param originator who calls it
	 * @param body what to run
	 * @param refused told when the task will never run though nobody abandoned it
	 * @param contexts further carriers of context values
	 * @param <T> the type of the result
	 * @return the task, not submitted yet
	 */
	<T extends @Nullable Object> DispatchTask<T> continuation(CallStatistics statistics, Originator originator,
			Callable<T> body, Consumer<? super DispatchRejectedException> refused, Object... contexts) {
		return new DispatchTask<>(this.discipline, statistics, originator.onBehalfOf(TaskOrigin.BACKGROUND), null,
				this.clock.getAsLong(), following(originator, body, contexts), refused);
	}

	@SuppressWarnings("try") // the scope is for what is done in it
	private <T extends @Nullable Object> Callable<T> following(Originator originator, Callable<T> body,
			Object... contexts) {
		Held held = new Held(this, Held.current());
		Callable<T> following = TaskContext.capture(body, contexts);
		return () -> {
			try (TaskOrigin.Scope scope = originator.open()) {
				return held.call(following);
			}
		};
	}

	void execute(DispatchTask<?> task) {
		this.discipline.submit(task);
	}

	void abandon(DispatchTask<?> task) {
		if (!task.isRunning() && !task.isDone() && this.executor.remove(task)) {
			task.statistics().cancelled();
		}
		task.abandon();
	}

	/**
	 * Takes a call back from the queue where no thread will come for it, because each of
	 * them waits for a dispatcher.
	 * @param task the call
	 * @return whether it is the caller's again
	 */
	boolean takeBackWhereStarved(DispatchTask<?> task) {
		return this.executor.isStarved() && this.executor.remove(task);
	}

	CallStatistics statistics(String method) {
		return this.statistics.computeIfAbsent(method, (key) -> new CallStatistics(this.name, key, this.registry));
	}

	boolean awaitIdle(long nanos) throws InterruptedException {
		return this.executor.awaitIdle(nanos);
	}

	/**
	 * Interrupts what runs, refuses what waits and whatever comes.
	 */
	void close() {
		this.executor.stop().forEach(this.discipline::refuseAtShutdown);
	}

	/**
	 * Returns what can be seen of this dispatcher from outside.
	 * @return always the same
	 */
	DispatcherState state() {
		return this.state;
	}

	DispatcherState.Snapshot snapshot() {
		return this.state.snapshot();
	}

}
