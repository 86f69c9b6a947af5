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

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.support.context.TaskInFlight;
import io.support.context.TaskSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link TasksContributor}.
 */
@Timeout(30)
class TasksContributorTests {

	@Test
	void oldestComeFirstAndTheRestIsCounted() {
		TaskSource many = (tasks) -> IntStream.range(0, 10_000)
			.map((i) -> (i * 7919) % 10_000)
			.forEach((age) -> tasks.accept(task("many-" + age, "many", TaskInFlight.QUEUED, age, null)));
		TaskSource few = (tasks) -> tasks.accept(task("few-1", "few", TaskInFlight.RUNNING, 20_000, null));
		TasksContributor.Snapshot snapshot = contributor(many, few).snapshot();
		assertThat(snapshot.inFlight()).isEqualTo(10_001);
		assertThat(snapshot.kinds())
			.extracting(TasksContributor.Kind::kind, TasksContributor.Kind::inFlight, TasksContributor.Kind::queued,
					TasksContributor.Kind::oldestNanos)
			.containsExactly(tuple("few", 1, 0, 20_000L), tuple("many", 10_000, 10_000, 9_999L));
		assertThat(snapshot.tasks()).hasSize(TasksContributor.MAX_SHOWN);
		assertThat(snapshot.tasks()).extracting(TasksContributor.Row::id)
			.startsWith("few-1", "many-9999", "many-9998")
			.endsWith("many-9501");
	}

	@Test
	void oneInFullHasTheStackOfItsThread() throws InterruptedException {
		CountDownLatch end = new CountDownLatch(1);
		Thread thread = new Thread(() -> waitFor(end), "worker");
		thread.start();
		try {
			TasksContributor contributor = contributor(
					(tasks) -> tasks.accept(task("one-1", "one", TaskInFlight.RUNNING, 5, thread)));
			await().untilAsserted(() -> assertThat(detail(contributor, "one-1").threadState()).isEqualTo("waiting"));
			TasksContributor.Detail detail = detail(contributor, "one-1");
			assertThat(detail.task().thread()).isEqualTo("worker");
			assertThat(detail.stack()).anyMatch((frame) -> frame
				.startsWith(TasksContributorTests.class.getName() + ".waitFor(TasksContributorTests.java:"));
			assertThat(detail.unavailable()).isNull();
		}
		finally {
			end.countDown();
			thread.join();
		}
	}

	@Test
	void oneThatHasNoThreadSaysSo() {
		TasksContributor contributor = contributor(
				(tasks) -> tasks.accept(task("one-1", "one", TaskInFlight.QUEUED, 5, null)));
		assertThat(detail(contributor, "one-1").stack()).isEmpty();
		assertThat(detail(contributor, "one-1").unavailable()).contains("No thread has it");
	}

	@Test
	void stackOfAThreadThatHasGoneOnIsNotShown() {
		AtomicInteger asked = new AtomicInteger();
		TasksContributor contributor = contributor(
				(tasks) -> tasks.accept(new TaskInFlight("one-1", "one", "something", TaskInFlight.RUNNING, 5, null, 5L,
						null, null, null, () -> (asked.getAndIncrement() == 0) ? Thread.currentThread() : null)));
		TasksContributor.Detail detail = detail(contributor, "one-1");
		assertThat(detail.stack()).isEmpty();
		assertThat(detail.unavailable()).contains("ended");
		assertThat(contributor.detail("one-2")).isEmpty();
	}

	private static TasksContributor contributor(TaskSource... sources) {
		return new TasksContributor(() -> Stream.of(sources));
	}

	private static TasksContributor.Detail detail(TasksContributor contributor, String id) {
		return (TasksContributor.Detail) contributor.detail(id).orElseThrow();
	}

	private static TaskInFlight task(String id, String kind, String state, long age, @Nullable Thread thread) {
		return new TaskInFlight(id, kind, "something", state, age, age, null, null, null, null, () -> thread);
	}

	private static void waitFor(CountDownLatch end) {
		try {
			end.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
