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

package io.support.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Threads that do something known until they are told to end.
 */
final class Workload implements AutoCloseable {

	private final List<Thread> threads = new ArrayList<>();

	private final ReentrantLock lock = new ReentrantLock();

	private final Object monitor = new Object();

	private volatile boolean closed;

	/** Where results go, so that nobody leaves the work out. */
	private final DoubleAdder sink = new DoubleAdder();

	private volatile byte[] garbage = {};

	/**
	 * Keeps a processor busy, mostly in one method.
	 * @param name the name of the thread
	 */
	void burn(String name) {
		start(name, () -> {
			this.sink.add(hot(20_000));
			this.sink.add(warm(1_000));
		});
	}

	private static double hot(int rounds) {
		double sum = 0;
		for (int i = 0; i < rounds; i++) {
			sum += Math.sqrt(i) * Math.sin(i);
		}
		return sum;
	}

	private static double warm(int rounds) {
		double sum = 0;
		for (int i = 0; i < rounds; i++) {
			sum += Math.cbrt(i);
		}
		return sum;
	}

	/**
	 * Allocates arrays.
	 * @param name the name of the thread
	 */
	void allocate(String name) {
		start(name, this::litter);
	}

	private void litter() {
		this.garbage = new byte[64 * 1024];
		this.sink.add(this.garbage.length);
	}

	/**
	 * Lets two threads wait for each other, at a lock and at a monitor.
	 * @param name how their names begin
	 */
	void contend(String name) {
		for (int i = 0; i < 2; i++) {
			start(name + i, this::contendedLock);
			start(name + "monitor-" + i, this::contendedMonitor);
		}
	}

	private void contendedLock() {
		this.lock.lock();
		try {
			busyMillis(5);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void contendedMonitor() {
		synchronized (this.monitor) {
			busyMillis(5);
		}
	}

	private void busyMillis(int millis) {
		long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
		while (System.nanoTime() < end) {
			Thread.onSpinWait();
		}
	}

	/**
	 * Starts a pool of threads that get a task now and then.
	 * @param name how their names begin
	 */
	void idle(String name) {
		ThreadPoolExecutor pool = new ThreadPoolExecutor(4, 4, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(100),
				(task) -> thread(name, task));
		pool.prestartAllCoreThreads();
		start(name + "feeder", () -> {
			CountDownLatch done = new CountDownLatch(4);
			for (int i = 0; i < 4; i++) {
				pool.execute(done::countDown);
			}
			busyMillis(20);
			if (this.closed) {
				pool.shutdownNow();
			}
		});
	}

	/**
	 * Calls a method from very deep down.
	 * @param name the name of the thread
	 * @param depth how deep
	 */
	void burnDeep(String name, int depth) {
		start(name, () -> this.sink.add(deep(depth)));
	}

	private static double deep(int depth) {
		return (depth > 0) ? deep(depth - 1) + 1 : hot(20_000);
	}

	private void start(String name, Runnable work) {
		Thread thread = thread(name, () -> {
			while (!this.closed) {
				work.run();
			}
		});
		thread.start();
	}

	private Thread thread(String name, Runnable task) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		this.threads.add(thread);
		return thread;
	}

	@Override
	public void close() {
		this.closed = true;
		for (Thread thread : List.copyOf(this.threads)) {
			thread.interrupt();
		}
	}

}
