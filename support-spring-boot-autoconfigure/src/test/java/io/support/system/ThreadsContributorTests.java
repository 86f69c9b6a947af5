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

package io.support.system;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.springframework.core.task.VirtualThreadTaskExecutor;

import io.support.context.TaskInFlight;
import io.support.context.TaskSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link ThreadsContributor}.
 */
@Timeout(30)
class ThreadsContributorTests {

	private final List<TaskSource> tasks = new CopyOnWriteArrayList<>();

	private final ThreadsContributor threads = new ThreadsContributor(this.tasks::stream);

	private final CountDownLatch end = new CountDownLatch(1);

	private final List<Thread> started = new ArrayList<>();

	@AfterEach
	void end() throws InterruptedException {
		this.end.countDown();
		for (Thread thread : this.started) {
			thread.interrupt();
			thread.join(TimeUnit.SECONDS.toMillis(10));
		}
	}

	@Test
	void threadsThatAreInTheSamePlaceAreOne() {
		for (int i = 1; i <= 3; i++) {
			start("jam-" + i + "-of-3", this::waitForTheEnd);
		}
		await().untilAsserted(() -> assertThat(rows("jam-*-of-*")).singleElement().satisfies((row) -> {
			assertThat(row.threads()).isEqualTo(3);
			assertThat(row.state()).isEqualTo("waiting");
			assertThat(row.top()).contains("park(native)");
			assertThat(row.waitsFor()).contains("CountDownLatch");
		}));
		assertThat(this.threads.detail("jam-*-of-*")).get()
			.extracting((detail) -> ((ThreadsContributor.Detail) detail).stacks())
			.satisfies((stacks) -> assertThat(stacks).singleElement().satisfies((stack) -> {
				assertThat(stack.names()).containsExactlyInAnyOrder("jam-1-of-3", "jam-2-of-3", "jam-3-of-3");
				assertThat(stack.stack()).anyMatch((frame) -> frame.startsWith(
						ThreadsContributorTests.class.getName() + ".waitForTheEnd(ThreadsContributorTests.java:"));
			}));
	}

	@Test
	void threadsThatAreNotThereHaveNoPage() {
		assertThat(this.threads.detail("nobody")).isEmpty();
	}

	@Test
	void threadsThatWaitForEachOtherAreNamed() {
		ReentrantLock one = new ReentrantLock();
		ReentrantLock two = new ReentrantLock();
		CyclicBarrier both = new CyclicBarrier(2);
		assertThat(this.threads.snapshot().deadlocked()).isEmpty();
		start("egoist", () -> takeBoth(one, two, both));
		start("other egoist", () -> takeBoth(two, one, both));
		await().untilAsserted(() -> assertThat(this.threads.snapshot().deadlocked())
			.extracting(ThreadsContributor.Deadlocked::name, ThreadsContributor.Deadlocked::heldBy)
			.containsExactlyInAnyOrder(tuple("egoist", "other egoist"), tuple("other egoist", "egoist")));
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void virtualThreadsThatDoSomethingAreKnown() {
		ThreadFactory factory = new VirtualThreadTaskExecutor().getVirtualThreadFactory();
		for (int i = 1; i <= 3; i++) {
			Thread thread = factory.newThread(this::waitForTheEnd);
			thread.setName("light-" + i);
			start(thread);
			this.tasks.add(task(thread));
		}
		this.tasks.add(task(Thread.currentThread()));
		await().untilAsserted(() -> assertThat(rows("light-*")).singleElement().satisfies((row) -> {
			assertThat(row.kind()).isEqualTo("virtual");
			assertThat(row.threads()).isEqualTo(3);
			assertThat(row.state()).isEqualTo("waiting");
		}));
		VirtualThreads.Snapshot virtual = this.threads.snapshot().virtual();
		assertThat(virtual.known()).isEqualTo(3);
		assertThat(virtual.note()).contains("no list of all");
		boolean counted = Runtime.version().feature() >= 24;
		assertThat(virtual.scheduler() != null).isEqualTo(counted);
		if (virtual.scheduler() != null) {
			assertThat(virtual.scheduler().parallelism()).isPositive();
		}
		assertThat(this.threads.detail("light-*")).get()
			.extracting((detail) -> ((ThreadsContributor.Detail) detail).stacks())
			.satisfies((stacks) -> assertThat(stacks).singleElement()
				.satisfies((stack) -> assertThat(stack.stack()).anyMatch((frame) -> frame.contains("waitForTheEnd"))));
	}

	@Test
	@EnabledForJreRange(max = JRE.JAVA_20)
	void whereThereAreNoVirtualThreadsThePageSaysSo() {
		VirtualThreads.Snapshot virtual = this.threads.snapshot().virtual();
		assertThat(virtual.known()).isNull();
		assertThat(virtual.note()).contains("has no virtual threads", "Java 21");
	}

	private static TaskSource task(Thread thread) {
		return (tasks) -> tasks.accept(new TaskInFlight("id", "test", "wait", TaskInFlight.RUNNING, 1, null, 1L, null,
				null, null, () -> thread));
	}

	private List<ThreadsContributor.Row> rows(String name) {
		return this.threads.snapshot().stacks().stream().filter((row) -> row.name().equals(name)).toList();
	}

	private void start(String name, Runnable runnable) {
		Thread thread = new Thread(runnable, name);
		thread.setDaemon(true);
		start(thread);
	}

	private void start(Thread thread) {
		this.started.add(thread);
		thread.start();
	}

	private void waitForTheEnd() {
		try {
			this.end.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void takeBoth(ReentrantLock first, ReentrantLock second, CyclicBarrier both) {
		first.lock();
		try {
			both.await();
			second.lockInterruptibly();
			second.unlock();
		}
		catch (Exception ex) {
			// It was to end.
		}
		finally {
			first.unlock();
		}
	}

}
