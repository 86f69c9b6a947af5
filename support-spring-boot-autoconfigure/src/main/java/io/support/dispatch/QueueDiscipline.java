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

import java.util.Locale;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Schedulers;

import io.support.overload.SojournSettings;
import io.support.stats.RefusalTally;

/**
 * Who may wait for a thread of a dispatcher, and for how long: first come, first served,
 * and what belongs to a request is refused instead of served too late. At once where more
 * wait than can start in time, by the thread that takes it where it is too old, and by a
 * timer, every {@value #SWEEP_INTERVAL_MILLIS} ms while requests wait, also where no
 * thread ever comes free. What waits in the background is refused only by a full queue.
 * <p>
 * Thread-safe.
 */
final class QueueDiscipline {

	static final long SWEEP_INTERVAL_MILLIS = 5;

	private static final Logger logger = LoggerFactory.getLogger(QueueDiscipline.class);

	private final String dispatcher;

	private final DispatchExecutor executor;

	private final DispatchQueue queue;

	private final SharedQueueControl control;

	private final LongSupplier clock;

	private final RefusalTally tally;

	private final AtomicBoolean sweeping = new AtomicBoolean();

	QueueDiscipline(String dispatcher, DispatchExecutor executor, DispatchQueue queue, SojournSettings settings,
			LongSupplier clock) {
		this.dispatcher = dispatcher;
		this.executor = executor;
		this.queue = queue;
		this.control = new SharedQueueControl(settings, clock.getAsLong());
		this.clock = clock;
		this.tally = new RefusalTally(Stream.of(DispatchRejectedException.Reason.values())
			.map(DispatchRejectedException.Reason::tag)
			.toList(), QueueDiscipline::inASecond, this::tell);
	}

	/**
	 * Hands a task to the threads.
	 * @param task the task
	 * @throws DispatchRejectedException if it cannot be taken, or not be served in time
	 */
	void submit(DispatchTask<?> task) {
		try {
			if (task.belongsToRequest() && !this.executor.isStopped()) {
				admit(task);
			}
			this.executor.execute(task);
		}
		catch (DispatchRejectedException ex) {
			count(task, ex);
			task.turnedAway(ex);
			throw ex;
		}
		sweepLater();
	}

	private void admit(DispatchTask<?> task) {
		int waiting = this.queue.size();
		if (waiting >= this.queue.capacity()) {
			// The executor refuses it: this is not for the law to learn.
			return;
		}
		task.waitsBehindRequests(SharedQueueControl.isBehindRequests(this.queue.requests(), waiting));
		long now = this.clock.getAsLong();
		if (!this.control.admits(task.isBehindRequests(), waiting, now)) {
			throw DispatchRejectedException.expectedAge(this.dispatcher, waiting, this.queue.capacity(),
					this.control.maxAgeNanos(now));
		}
	}

	/**
	 * Says whether a task may run, now that a thread has taken it. One that may not has
	 * been refused.
	 * @param task the task
	 * @return whether it may
	 */
	boolean mayStart(DispatchTask<?> task) {
		long now = this.clock.getAsLong();
		if (!task.belongsToRequest()) {
			task.starts(now);
			this.control.backgroundDeparted(this.queue.size(), now);
			return true;
		}
		if (isTooOld(task, now)) {
			expire(task, now);
			return false;
		}
		task.starts(now);
		this.control.requestDeparted(task.ageNanos(now), task.isBehindRequests(), this.queue.size(), now);
		return true;
	}

	private boolean isTooOld(DispatchTask<?> task, long now) {
		return this.control.isTooOld(task.ageNanos(now), task.isBehindRequests(), now);
	}

	private void expire(DispatchTask<?> task, long now) {
		long bound = this.control.maxAgeNanos(now);
		this.control.expired(now);
		refuse(task, DispatchRejectedException.queueAge(this.dispatcher, this.queue.size(), this.queue.capacity(),
				task.ageNanos(now), bound));
	}

	/**
	 * Refuses a task that no thread will take any more.
	 * @param task the task
	 */
	void refuseAtShutdown(DispatchTask<?> task) {
		refuse(task, DispatchRejectedException.shutdown(this.dispatcher, this.queue.size(), this.queue.capacity()));
	}

	private void refuse(DispatchTask<?> task, DispatchRejectedException rejection) {
		if (!task.isCancelled()) {
			count(task, rejection);
			task.refuse(rejection);
		}
	}

	private void count(DispatchTask<?> task, DispatchRejectedException rejection) {
		task.statistics().rejected(rejection.getReason());
		this.tally.refused(rejection.getReason().tag());
	}

	private void sweepLater() {
		if (this.queue.requests() == 0 || this.sweeping.get() || !this.sweeping.compareAndSet(false, true)) {
			return;
		}
		try {
			Schedulers.parallel().schedule(this::sweep, SWEEP_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			// Reactor's timer has ended, and the JVM with it.
			this.sweeping.set(false);
		}
	}

	private void sweep() {
		try {
			expireAll();
		}
		finally {
			// Whatever a caller did when it was told: the others are to be told too.
			this.sweeping.set(false);
			sweepLater();
		}
	}

	/**
	 * Refuses all that have waited for too long.
	 */
	void expireAll() {
		long now = this.clock.getAsLong();
		long bound = this.control.maxAgeNanos(now);
		for (Runnable waiting : this.queue) {
			DispatchTask<?> task = (DispatchTask<?>) waiting;
			if (task.ageNanos(now) <= bound) {
				// Nor have those behind it waited for longer.
				return;
			}
			if (task.belongsToRequest() && isTooOld(task, now) && this.executor.remove(task)) {
				expire(task, now);
			}
		}
	}

	boolean isOverloaded() {
		return this.control.isOverloaded(this.clock.getAsLong());
	}

	long maxAgeNanos() {
		return this.control.maxAgeNanos(this.clock.getAsLong());
	}

	long oldestAgeNanos() {
		return (this.queue.peek() instanceof DispatchTask<?> oldest)
				? Math.max(0, oldest.ageNanos(this.clock.getAsLong())) : 0;
	}

	/*
	 * Not on the thread that was refused, nor on the timer's: a log may block.
	 */
	private static void inASecond(Runnable tell) {
		Schedulers.parallel().schedule(() -> Schedulers.boundedElastic().schedule(tell), 1, TimeUnit.SECONDS);
	}

	private void tell(long total, String reasons) {
		logger.warn(String.format(Locale.ROOT,
				"Dispatcher '%s' refused %d calls (%s); %d of %d wait, for %d ms at most", this.dispatcher, total,
				reasons, this.queue.size(), this.queue.capacity(), TimeUnit.NANOSECONDS.toMillis(maxAgeNanos())));
	}

}
