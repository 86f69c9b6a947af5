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

package io.support.meta.endpoint;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.util.CustomizableThreadCreator;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import io.support.concurrent.BoundedTaskQueue;

/**
 * The few threads on which pages are made: none of the application's, so that they are
 * there while the application has none left, and few, so that looking at an overloaded
 * application does not overload it further.
 * <p>
 * When all {@value #THREADS} are busy, {@value #QUEUE} requests wait; more end at once
 * with a {@link RejectedExecutionException}, and so does a page that is being made
 * {@value #SAME_PAGE} times already: one that hangs leaves threads to the others. What is
 * not done within the deadline, waiting included, is interrupted and ends with a
 * {@link java.util.concurrent.TimeoutException}.
 */
public final class PageExecutor implements AutoCloseable {

	static final int THREADS = 4;

	static final int QUEUE = 32;

	static final int SAME_PAGE = 2;

	private final ThreadPoolExecutor executor;

	private final Scheduler pages;

	private final Scheduler timer = Schedulers.newSingle(threads("support-meta-timer-"));

	private final Duration deadline;

	private final LongAdder refused = new LongAdder();

	private final Map<String, Integer> running = new ConcurrentHashMap<>();

	/**
	 * Creates an executor without starting a thread.
	 * @param deadline how long a page may take
	 */
	public PageExecutor(Duration deadline) {
		this.executor = new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS, new BoundedTaskQueue(QUEUE),
				threads("support-meta-page-"), this::refuse);
		this.executor.allowCoreThreadTimeOut(true);
		this.pages = Schedulers.fromExecutorService(this.executor, "support-meta");
		this.deadline = deadline;
	}

	/**
	 * Shows in a registry how many pages wait, and how many were refused.
	 * @param registry the registry
	 */
	public void bindTo(MeterRegistry registry) {
		PageMeters.DEPTH.gauge(this.executor, (pages) -> pages.getQueue().size()).register(registry);
		PageMeters.REFUSED.counter(this.refused).register(registry);
	}

	/**
	 * Makes a page on one of the threads, each time it is subscribed to.
	 * @param <T> the type of the result
	 * @param page the name of the page
	 * @param task makes the result
	 * @return the result
	 */
	<T> Mono<T> run(String page, Callable<T> task) {
		return Mono.fromCallable(() -> once(page, task)).subscribeOn(this.pages).timeout(this.deadline, this.timer);
	}

	private <T> T once(String page, Callable<T> task) throws Exception {
		int times = this.running.merge(page, 1, Integer::sum);
		try {
			if (times > SAME_PAGE) {
				this.refused.increment();
				throw new RejectedExecutionException(
						"Page '" + page + "' is being made " + SAME_PAGE + " times already");
			}
			return task.call();
		}
		finally {
			this.running.computeIfPresent(page, (name, count) -> (count > 1) ? count - 1 : null);
		}
	}

	/*
	 * The JDK's own handler describes the pool, for which it waits for a lock of the
	 * pool.
	 */
	private void refuse(Runnable task, ThreadPoolExecutor executor) {
		this.refused.increment();
		throw new RejectedExecutionException("All " + THREADS + " threads are busy and " + QUEUE + " pages wait");
	}

	/*
	 * A servlet container warns of threads that have inherited its context class loader.
	 */
	private static ThreadFactory threads(String prefix) {
		CustomizableThreadCreator creator = new CustomizableThreadCreator(prefix);
		creator.setDaemon(true);
		return (task) -> {
			Thread thread = creator.createThread(task);
			thread.setContextClassLoader(PageExecutor.class.getClassLoader());
			return thread;
		};
	}

	@Override
	public void close() {
		this.pages.dispose();
		this.timer.dispose();
		this.executor.shutdownNow();
	}

}
