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
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.support.context.TaskInFlight;
import io.support.event.Operation;

/**
 * One call on its way through a dispatcher. It ends in one of three ways: it runs, it is
 * abandoned by its caller, or it is refused while it waits.
 *
 * @param <T> the type of the result
 */
final class DispatchTask<T extends @Nullable Object> extends FutureTask<T> {

	private final QueueDiscipline discipline;

	private final CallStatistics statistics;

	private final Originator originator;

	/** The name of the thread that has asked for it. */
	private final String caller = Thread.currentThread().getName();

	private final @Nullable Operation operation;

	private final long submittedNanos;

	private final Consumer<? super DispatchRejectedException> refused;

	/** Written before the task is shown to other threads. */
	private boolean behindRequests = true;

	/** The same. */
	private @Nullable Duration timeout;

	/** Written before the runner. */
	private long startedNanos;

	private boolean started;

	private volatile @Nullable Thread runner;

	/**
	 * Creates a task.
	 * @param discipline says whether it may still run when a thread takes it
	 * @param statistics where to count what becomes of it
	 * @param originator on whose behalf it waits, and who has set it off
	 * @param operation what is told how it ends; {@code null} if it is a part of another
	 * one that is
	 * @param submittedNanos when it began to wait
	 * @param body what to run
	 * @param refused told when the task will never run though nobody abandoned it
	 */
	DispatchTask(QueueDiscipline discipline, CallStatistics statistics, Originator originator,
			@Nullable Operation operation, long submittedNanos, Callable<T> body,
			Consumer<? super DispatchRejectedException> refused) {
		super(body);
		this.discipline = discipline;
		this.statistics = statistics;
		this.originator = originator;
		this.operation = operation;
		this.submittedNanos = submittedNanos;
		this.refused = refused;
	}

	@Override
	public void run() {
		if (isDone() || !this.discipline.mayStart(this)) {
			return;
		}
		this.started = true;
		this.runner = Thread.currentThread();
		try {
			super.run();
		}
		finally {
			this.runner = null;
		}
	}

	@Override
	protected void done() {
		if (this.operation == null) {
			return;
		}
		if (isCancelled()) {
			this.operation.cancel();
			return;
		}
		try {
			get();
			this.operation.succeed();
		}
		catch (ExecutionException ex) {
			this.operation.fail((ex.getCause() != null) ? ex.getCause() : ex);
		}
		catch (InterruptedException ex) {
			// The result was there, so this cannot happen: but the thread keeps its
			// state.
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Says for how long the caller waits, from now on.
	 * @param limit the time; {@code null} for as long as it takes
	 */
	void givenUpAfter(@Nullable Duration limit) {
		this.timeout = limit;
	}

	/**
	 * Is told that a thread has taken it and is about to run it.
	 * @param nanos the time
	 */
	void starts(long nanos) {
		this.startedNanos = nanos;
	}

	/**
	 * Describes the task for somebody who looks at what is in flight.
	 * @param prefix what its name begins with
	 * @param kind what sort of thing it is
	 * @param now the time
	 * @return the task; {@code null} if it has ended
	 */
	@Nullable TaskInFlight describe(String prefix, String kind, long now) {
		Thread thread = this.runner;
		if (isDone()) {
			return null;
		}
		long age = Math.max(0, ageNanos(now));
		Long running = (thread != null) ? Long.valueOf(Math.max(0, now - this.startedNanos)) : null;
		Duration limit = this.timeout;
		return new TaskInFlight(prefix + Integer.toHexString(System.identityHashCode(this)), kind,
				this.statistics.method(), (thread != null) ? TaskInFlight.RUNNING : TaskInFlight.QUEUED, age,
				(running != null) ? Math.max(0, age - running) : age, running,
				(limit != null) ? Long.valueOf(limit.toNanos() - age) : null, this.originator.describe(),
				this.caller.isEmpty() ? null : this.caller, () -> this.runner);
	}

	boolean isRunning() {
		return this.runner != null;
	}

	/**
	 * Says whether the current thread, which has taken the task, has run it.
	 * @return whether it was run rather than refused, or abandoned before
	 */
	boolean wasStarted() {
		return this.started;
	}

	boolean belongsToRequest() {
		return this.originator.origin() == TaskOrigin.REQUEST;
	}

	long ageNanos(long now) {
		return now - this.submittedNanos;
	}

	/**
	 * Says whether it is for requests that the task waits, rather than for what is done
	 * in the background.
	 * @return whether it is
	 */
	boolean isBehindRequests() {
		return this.behindRequests;
	}

	void waitsBehindRequests(boolean behindRequests) {
		this.behindRequests = behindRequests;
	}

	/**
	 * Keeps the task from running, or interrupts it. A task that abandons itself, because
	 * a subscriber cancels from within a signal, is not interrupted.
	 */
	void abandon() {
		cancel(this.runner != Thread.currentThread());
	}

	/**
	 * Ends the task instead of running it, unless its caller has gone.
	 * @param rejection what to tell the caller
	 */
	void refuse(DispatchRejectedException rejection) {
		setException(rejection);
		if (!isCancelled()) {
			this.refused.accept(rejection);
		}
	}

	/**
	 * Is told that it was refused before it could wait, which its caller hears of.
	 * @param rejection why
	 */
	void turnedAway(DispatchRejectedException rejection) {
		if (this.operation != null) {
			this.operation.fail(rejection);
		}
	}

	CallStatistics statistics() {
		return this.statistics;
	}

}
