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

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link IdleParks}; stacks are those of JDK 17 and 25, the outermost frame
 * first.
 */
class IdleParksTests {

	private static final String PARK = " java.util.concurrent.locks.LockSupport.park jdk.internal.misc.Unsafe.park";

	private final FrameNames names = new FrameNames(List.of());

	@ParameterizedTest
	@ValueSource(strings = {
			"java.lang.Thread.run java.util.concurrent.ThreadPoolExecutor$Worker.run java.util.concurrent.ThreadPoolExecutor.runWorker"
					+ " java.util.concurrent.ThreadPoolExecutor.getTask java.util.concurrent.LinkedBlockingQueue.take",
			"org.apache.tomcat.util.threads.TaskThread$WrappingRunnable.run java.lang.Thread.run"
					+ " org.apache.tomcat.util.threads.ThreadPoolExecutor$Worker.run org.apache.tomcat.util.threads.ThreadPoolExecutor.runWorker"
					+ " org.apache.tomcat.util.threads.ThreadPoolExecutor.getTask org.apache.tomcat.util.threads.TaskQueue.take",
			"java.util.concurrent.ForkJoinWorkerThread.run java.util.concurrent.ForkJoinPool.runWorker"
					+ " java.util.concurrent.ForkJoinPool.awaitWork",
			"java.lang.Thread.runWith java.lang.Thread.run io.netty.util.concurrent.FastThreadLocalRunnable.run"
					+ " io.netty.util.concurrent.GlobalEventExecutor$TaskRunner.run io.netty.util.concurrent.GlobalEventExecutor.takeTask"
					+ " java.util.concurrent.LinkedBlockingQueue.poll",
			"java.lang.Thread.run com.example.Consumer.run com.example.Consumer.next java.util.concurrent.ArrayBlockingQueue.take",
			"java.lang.Thread.runWith java.lang.Thread.run java.util.concurrent.DelayScheduler.run",
			"java.lang.Thread.run org.jboss.threads.EnhancedQueueExecutor$ThreadBody.run" })
	void threadThatWaitsForWorkIsIdle(String stack) {
		assertThat(IdleParks.isIdle(stack(stack + PARK))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = {
			"java.lang.Thread.run com.example.Consumer.run java.util.concurrent.locks.ReentrantLock.lock"
					+ " java.util.concurrent.locks.AbstractQueuedSynchronizer.acquire",
			"java.lang.Thread.run com.example.Consumer.run java.util.concurrent.CompletableFuture.join"
					+ " java.util.concurrent.CompletableFuture.waitingGet",
			"java.lang.Thread.run java.util.concurrent.ThreadPoolExecutor$Worker.run java.util.concurrent.ThreadPoolExecutor.runWorker"
					+ " com.example.Task.run java.util.concurrent.Semaphore.acquire",
			"java.lang.Thread.run com.example.A.run com.example.B.serve com.example.C.handle com.zaxxer.hikari.HikariPool.getConnection"
					+ " com.zaxxer.hikari.ConcurrentBag.borrow java.util.concurrent.SynchronousQueue.poll",
			"java.lang.Thread.run com.example.TaskService.getTask com.example.B.a com.example.C.b com.example.D.c",
			"" })
	void threadThatIsOnItsWayIsNot(String stack) {
		assertThat(IdleParks.isIdle(stack(stack + (stack.isEmpty() ? "" : PARK)))).isFalse();
	}

	private List<Frame> stack(String methods) {
		return Stream.of(methods.split(" "))
			.filter((name) -> !name.isEmpty())
			.map((name) -> this.names.method(name.substring(0, name.lastIndexOf('.')),
					name.substring(name.lastIndexOf('.') + 1)))
			.toList();
	}

}
