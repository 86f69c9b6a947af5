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

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

/**
 * A bounded pool of named threads behind a bounded queue. Threads start when they are
 * needed and end after a minute without work; a task that finds all threads busy and the
 * queue full is refused with a {@link DispatchRejectedException}.
 */
final class DispatchExecutor extends ThreadPoolExecutor {

	private static final long KEEP_ALIVE_SECONDS = 60;

	/** The executor whose thread the current one is. */
	private static final ThreadLocal<@Nullable DispatchExecutor> HOME = new ThreadLocal<>();

	private final DispatchQueue queue;

	private final int threads;

	private final AtomicInteger active = new AtomicInteger();

	private final LongAdder completed = new LongAdder();

	private final AtomicInteger waiting = new AtomicInteger();

	/** Tasks that were accepted and are not finished; its monitor tells when none is. */
	private final AtomicInteger pending = new AtomicInteger();

	DispatchExecutor(String name, int threads, ThreadKind kind, DispatchQueue queue) {
		super(threads, threads, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS, queue);
		this.queue = queue;
		this.threads = threads;
		ThreadFactory factory = kind.factory("support-" + name + "-");
		setThreadFactory((worker) -> factory.newThread(() -> {
			HOME.set(this);
			worker.run();
		}));
		setRejectedExecutionHandler((task, executor) -> {
			throw isShutdown() ? DispatchRejectedException.shutdown(name, queue.size(), queue.capacity())
					: DispatchRejectedException.queueFull(name, queue.size(), queue.capacity());
		});
		allowCoreThreadTimeOut(true);
	}

	/**
	 * Returns the executor whose thread the current one is.
	 * @return the executor, or {@code null} for every other thread
	 */
	static @Nullable DispatchExecutor current() {
		return HOME.get();
	}

	@Override
	public void execute(Runnable task) {
		this.pending.incrementAndGet();
		try {
			super.execute(task);
		}
		catch (DispatchRejectedException ex) {
			finished();
			throw ex;
		}
	}

	@Override
	public boolean remove(Runnable task) {
		boolean removed = super.remove(task);
		if (removed) {
			finished();
		}
		return removed;
	}

	@Override
	protected void beforeExecute(Thread thread, Runnable task) {
		this.active.incrementAndGet();
	}

	@Override
	protected void afterExecute(Runnable task, @Nullable Throwable failure) {
		this.active.decrementAndGet();
		if (task instanceof DispatchTask<?> call && call.wasStarted()) {
			this.completed.increment();
		}
		finished();
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
