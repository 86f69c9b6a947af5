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

package io.support.concurrent;

import java.util.AbstractQueue;
import java.util.Collection;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * The bounded FIFO in front of a pool of threads. Insertion never parks, because it is
 * done by event loops: with one of the JDK's bounded queues a loop may have to wait until
 * another thread leaves the queue's lock.
 * <p>
 * A place is reserved before a task is added, so that the capacity is never exceeded.
 * Each added task gives one permit, and a consumer needs one to look for a task. A task
 * that is removed from the middle may leave its permit to a consumer, who then finds
 * nothing and waits again. Thread-safe.
 */
public class BoundedTaskQueue extends AbstractQueue<Runnable> implements BlockingQueue<Runnable> {

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final Semaphore available = new Semaphore(0);

	private final AtomicInteger reserved = new AtomicInteger();

	private final int capacity;

	/**
	 * Creates an empty queue.
	 * @param capacity how many tasks may wait
	 */
	public BoundedTaskQueue(int capacity) {
		this.capacity = capacity;
	}

	/**
	 * Returns how many tasks may wait.
	 * @return the capacity
	 */
	public final int capacity() {
		return this.capacity;
	}

	@Override
	public int size() {
		return this.reserved.get();
	}

	@Override
	public boolean isEmpty() {
		return this.tasks.isEmpty();
	}

	@Override
	public int remainingCapacity() {
		return this.capacity - size();
	}

	@Override
	public boolean offer(Runnable task) {
		int reserved = this.reserved.get();
		while (reserved < this.capacity) {
			if (this.reserved.compareAndSet(reserved, reserved + 1)) {
				entered(task);
				this.tasks.add(task);
				this.available.release();
				return true;
			}
			reserved = this.reserved.get();
		}
		return false;
	}

	@Override
	public Runnable take() throws InterruptedException {
		while (true) {
			this.available.acquire();
			Runnable task = next();
			if (task != null) {
				return task;
			}
		}
	}

	@Override
	public @Nullable Runnable poll() {
		while (this.available.tryAcquire()) {
			Runnable task = next();
			if (task != null) {
				return task;
			}
		}
		return null;
	}

	@Override
	public @Nullable Runnable poll(long timeout, TimeUnit unit) throws InterruptedException {
		// Where a permit led to nothing the consumer, a worker that may end, comes again.
		return this.available.tryAcquire(timeout, unit) ? next() : null;
	}

	private @Nullable Runnable next() {
		Runnable task = this.tasks.poll();
		if (task != null) {
			gone(task);
		}
		return task;
	}

	@Override
	public boolean remove(@Nullable Object task) {
		boolean removed = this.tasks.remove(task);
		if (removed && task instanceof Runnable gone) {
			gone(gone);
			this.available.tryAcquire();
		}
		return removed;
	}

	private void gone(Runnable task) {
		this.reserved.decrementAndGet();
		left(task);
	}

	/**
	 * Is told of a task before a consumer can see it. Does nothing here.
	 * @param task the task
	 */
	protected void entered(Runnable task) {
	}

	/**
	 * Is told of a task that is not in the queue any more. Does nothing here.
	 * @param task the task
	 */
	protected void left(Runnable task) {
	}

	@Override
	public @Nullable Runnable peek() {
		return this.tasks.peek();
	}

	@Override
	public int drainTo(Collection<? super Runnable> target) {
		return drainTo(target, Integer.MAX_VALUE);
	}

	@Override
	public int drainTo(Collection<? super Runnable> target, int limit) {
		int drained = 0;
		while (drained < limit) {
			Runnable task = poll();
			if (task == null) {
				break;
			}
			target.add(task);
			drained++;
		}
		return drained;
	}

	@Override
	public Iterator<Runnable> iterator() {
		return this.tasks.iterator();
	}

	@Override
	public void put(Runnable task) {
		throw new UnsupportedOperationException("Producers do not wait");
	}

	@Override
	public boolean offer(Runnable task, long timeout, TimeUnit unit) {
		throw new UnsupportedOperationException("Producers do not wait");
	}

}
