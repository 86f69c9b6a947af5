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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * A bounded pool of named threads behind a bounded queue. Threads start when they are
 * needed and end after a minute without work; a task that finds all threads busy and the
 * queue full is refused with a {@link DispatchRejectedException}.
 * <p>
 * The JDK's own pool starts a thread under a lock, for which an event loop that has
 * something to hand over would have to wait. Here nobody who hands over waits for
 * anybody: a thread is counted first, and started by who has counted it.
 */
final class DispatchExecutor {

	private static final Duration KEEP_ALIVE = Duration.ofMinutes(1);

	/** The executor whose thread the current one is. */
	private static final ThreadLocal<@Nullable DispatchExecutor> HOME = new ThreadLocal<>();

	private final String name;

	private final DispatchQueue queue;

	private final int threads;

	private final ThreadFactory factory;

	private final long keepAliveNanos;

	/** Threads that have been started and have not ended, never more than may run. */
	private final AtomicInteger started = new AtomicInteger();

	/** Those of them that wait for a task. */
	private final AtomicInteger idle = new AtomicInteger();

	/** Those of them that can be interrupted. */
	private final Set<DispatchWorker> running = ConcurrentHashMap.newKeySet();

	private volatile boolean stopped;

	private final AtomicInteger active = new AtomicInteger();

	private final LongAdder completed = new LongAdder();

	private final AtomicInteger waiting = new AtomicInteger();

	/** Tasks that were accepted and are not finished; its monitor tells when none is. */
	private final AtomicInteger pending = new AtomicInteger();

	DispatchExecutor(String name, int threads, ThreadKind kind, DispatchQueue queue) {
		this(name, threads, kind, queue, KEEP_ALIVE);
	}

	DispatchExecutor(String name, int threads, ThreadKind kind, DispatchQueue queue, Duration keepAlive) {
		this.name = name;
		this.keepAliveNanos = keepAlive.toNanos();
		this.queue = queue;
		this.threads = threads;
		this.factory = kind.factory("support-" + name + "-");
	}

	/**
	 * Returns the executor whose thread the current one is.
	 * @return the executor, or {@code null} for every other thread
	 */
	static @Nullable DispatchExecutor current() {
		return HOME.get();
	}

	/**
	 * Runs a task as soon as there is a thread for it.
	 * @param task the task
	 * @throws DispatchRejectedException if there is none, and the queue is full
	 */
	void execute(DispatchTask<?> task) {
		this.pending.incrementAndGet();
		boolean accepted = false;
		try {
			accept(task);
			accepted = true;
		}
		finally {
			if (!accepted) {
				finished();
			}
		}
	}

	private void accept(DispatchTask<?> task) {
		if (this.stopped) {
			throw DispatchRejectedException.shutdown(this.name, this.queue.size(), this.queue.capacity());
		}
		if (this.idle.get() == 0 && start(task)) {
			return;
		}
		if (this.queue.offer(task)) {
			queued(task);
		}
		else if (!start(task)) {
			throw DispatchRejectedException.queueFull(this.name, this.queue.size(), this.queue.capacity());
		}
	}

	/*
	 * The thread that was to take it may have ended meanwhile, or may be needed for
	 * another task; and who has stopped the executor may not have seen it.
	 */
	private void queued(DispatchTask<?> task) {
		if (this.stopped && this.queue.remove(task)) {
			throw DispatchRejectedException.shutdown(this.name, this.queue.size(), this.queue.capacity());
		}
		if (this.queue.size() > this.idle.get()) {
			start(null);
		}
	}

	/**
	 * Starts one more thread, if there may be one more.
	 * @param first what it does first, or {@code null} for what is in the queue
	 * @return whether there is one more
	 */
	private boolean start(@Nullable DispatchTask<?> first) {
		if (!count()) {
			return false;
		}
		boolean alive = false;
		try {
			this.factory.newThread(() -> work(first)).start();
			alive = true;
		}
		finally {
			if (!alive) {
				this.started.decrementAndGet();
			}
		}
		return true;
	}

	private boolean count() {
		int started = this.started.get();
		while (started < this.threads && !this.stopped) {
			if (this.started.compareAndSet(started, started + 1)) {
				return true;
			}
			started = this.started.get();
		}
		return false;
	}

	private void work(@Nullable DispatchTask<?> first) {
		HOME.set(this);
		DispatchWorker worker = new DispatchWorker();
		this.running.add(worker);
		if (this.stopped) {
			// Who has stopped the executor may not have seen this thread.
			Thread.currentThread().interrupt();
		}
		boolean ended = false;
		try {
			if (first != null) {
				run(worker, first);
			}
			do {
				runQueued(worker);
				this.started.decrementAndGet();
				// Who queues a task from now on finds this thread gone; what has been
				// queued before is found here.
			}
			while (!this.queue.isEmpty() && count());
			ended = true;
		}
		finally {
			this.running.remove(worker);
			if (!ended) {
				this.started.decrementAndGet();
				replace();
			}
		}
	}

	/* A task that fails takes its thread with it, but not the tasks behind it. */
	private void replace() {
		if (!this.queue.isEmpty()) {
			start(null);
		}
	}

	private void runQueued(DispatchWorker worker) {
		while (!this.stopped) {
			try {
				Runnable task = next();
				if (task == null) {
					return;
				}
				run(worker, (DispatchTask<?>) task);
			}
			catch (InterruptedException ex) {
				// It was for a task that is over, or the executor has been stopped.
			}
		}
	}

	private @Nullable Runnable next() throws InterruptedException {
		Runnable task = this.queue.poll();
		if (task != null) {
			return task;
		}
		this.idle.incrementAndGet();
		try {
			return this.queue.poll(this.keepAliveNanos, TimeUnit.NANOSECONDS);
		}
		finally {
			this.idle.decrementAndGet();
		}
	}

	private void run(DispatchWorker worker, DispatchTask<?> task) {
		// Cleared, unless it is meant for whatever runs here.
		if (Thread.interrupted() && this.stopped) {
			Thread.currentThread().interrupt();
		}
		worker.begin(task);
		this.active.incrementAndGet();
		try {
			task.run();
		}
		finally {
			worker.end();
			this.active.decrementAndGet();
			if (task.wasStarted()) {
				this.completed.increment();
			}
			finished();
		}
	}

	/**
	 * Takes a task out of the queue.
	 * @param task the task
	 * @return whether it was there; then it will not run
	 */
	boolean remove(DispatchTask<?> task) {
		boolean removed = this.queue.remove(task);
		if (removed) {
			finished();
		}
		return removed;
	}

	/**
	 * Says whether tasks are refused because it has been stopped.
	 * @return whether it has
	 */
	boolean isStopped() {
		return this.stopped;
	}

	/**
	 * Interrupts what runs, and refuses whatever comes.
	 * @return what was in the queue and will not run
	 */
	List<DispatchTask<?>> stop() {
		this.stopped = true;
		this.running.forEach(DispatchWorker::interrupt);
		List<DispatchTask<?>> unstarted = new ArrayList<>();
		for (Runnable task = this.queue.poll(); task != null; task = this.queue.poll()) {
			unstarted.add((DispatchTask<?>) task);
			finished();
		}
		return unstarted;
	}

	private void finished() {
		if (this.pending.decrementAndGet() == 0) {
			synchronized (this.pending) {
				this.pending.notifyAll();
			}
		}
	}

	/**
	 * Waits until every accepted task is finished. May return early.
	 * @param nanos how long to wait at most
	 * @return whether all are finished
	 */
	boolean awaitIdle(long nanos) throws InterruptedException {
		long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
		synchronized (this.pending) {
			if (this.pending.get() > 0 && millis > 0) {
				this.pending.wait(millis);
			}
			return this.pending.get() == 0;
		}
	}

	/**
	 * Marks the current thread, one of this executor's, as waiting for another
	 * dispatcher.
	 */
	void startWaiting() {
		this.waiting.incrementAndGet();
	}

	void stopWaiting() {
		this.waiting.decrementAndGet();
	}

	/**
	 * Says whether no task in the queue will be started before another dispatcher has
	 * done something, because every thread waits for one.
	 * @return whether all threads wait
	 */
	boolean isStarved() {
		return this.waiting.get() >= this.threads;
	}

	/**
	 * Tells of the tasks that run and that wait, in no order. What begins, ends or goes
	 * from the queue to a thread meanwhile may be left out.
	 * @param tasks is told of them
	 */
	void forEachTask(Consumer<DispatchTask<?>> tasks) {
		for (DispatchWorker worker : this.running) {
			DispatchTask<?> task = worker.task();
			if (task != null) {
				tasks.accept(task);
			}
		}
		for (Runnable waiting : this.queue) {
			tasks.accept((DispatchTask<?>) waiting);
		}
	}

	int threads() {
		return this.threads;
	}

	int active() {
		return this.active.get();
	}

	long completed() {
		return this.completed.sum();
	}

	int depth() {
		return this.queue.size();
	}

	int capacity() {
		return this.queue.capacity();
	}

}
