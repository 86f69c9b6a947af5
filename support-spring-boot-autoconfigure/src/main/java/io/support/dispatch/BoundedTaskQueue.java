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

import java.util.Collection;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * The bounded FIFO in front of a pool of threads. Insertion is lock-free, because it is
 * done by event loops: with one of the JDK's bounded queues a loop may have to park until
 * another thread leaves the queue's lock.
 * <p>
 * Has what a {@link java.util.concurrent.ThreadPoolExecutor} uses, and is not meant for
 * more. The number of elements never exceeds the capacity; while one is being added or
 * taken it may count for a moment without being there.
 */
final class BoundedTaskQueue extends LinkedTransferQueue<Runnable> {

	private final int capacity;

	private final AtomicInteger taken = new AtomicInteger();

	BoundedTaskQueue(int capacity) {
		this.capacity = capacity;
	}

	int depth() {
		return this.taken.get();
	}

	int capacity() {
		return this.capacity;
	}

	@Override
	public boolean offer(Runnable task) {
		int taken = this.taken.get();
		while (taken < this.capacity) {
			if (this.taken.compareAndSet(taken, taken + 1)) {
				return super.offer(task);
			}
			taken = this.taken.get();
		}
		return false;
	}

	@Override
	public Runnable take() throws InterruptedException {
		Runnable task = super.take();
		this.taken.decrementAndGet();
		return task;
	}

	@Override
	public @Nullable Runnable poll() {
		return left(super.poll());
	}

	@Override
	public @Nullable Runnable poll(long timeout, TimeUnit unit) throws InterruptedException {
		return left(super.poll(timeout, unit));
	}

	@Override
	public boolean remove(@Nullable Object task) {
		boolean removed = super.remove(task);
		if (removed) {
			this.taken.decrementAndGet();
		}
		return removed;
	}

	@Override
	public int drainTo(Collection<? super Runnable> tasks) {
		int drained = 0;
		for (Runnable task = poll(); task != null; task = poll()) {
			tasks.add(task);
			drained++;
		}
		return drained;
	}

	@Override
	public int remainingCapacity() {
		return this.capacity - depth();
	}

	private @Nullable Runnable left(@Nullable Runnable task) {
		if (task != null) {
			this.taken.decrementAndGet();
		}
		return task;
	}

}
