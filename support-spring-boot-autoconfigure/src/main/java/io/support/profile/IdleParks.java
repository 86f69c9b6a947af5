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
import java.util.Set;

/**
 * Tells threads that have nothing to do from threads that are held up. Both are parked;
 * there are many more of the first, and they hide the others. A thread has nothing to do
 * where a pool takes its next task, where nothing but the JDK is on its stack, and where
 * its own outermost code, not more than {@value #LOOP} methods deep, takes from a queue
 * of the JDK or parks without one: that is the loop of a worker. Whoever waits deeper
 * down, for a lock or a result or a connection, was on the way to something.
 */
final class IdleParks {

	/** So many methods make the loop of a worker. */
	private static final int LOOP = 3;

	/** Where pools wait for tasks, whoever made them. */
	private static final List<String> TAKES_TASK = List.of("ThreadPoolExecutor.getTask", "ForkJoinPool.awaitWork",
			"EventExecutor.takeTask", "QueuedThreadPool.idleJobPoll", "ReservedThread.reservedWait");

	private static final Set<String> THREAD_STARTS = Set.of("java.lang.Thread.run", "java.lang.Thread.runWith",
			"java.lang.VirtualThread.run");

	private static final String CONCURRENT = "java.util.concurrent.";

	private static final List<String> QUEUE_WAITS = List.of("Queue.take", "Queue.poll", "Deque.take", "Deque.poll",
			"Deque.takeFirst", "Deque.takeLast", "Deque.pollFirst", "Deque.pollLast");

	private IdleParks() {
	}

	/**
	 * Judges a stack that ends in a park.
	 * @param methods the methods, the outermost first, all of them
	 * @return whether the thread has nothing to do
	 */
	static boolean isIdle(List<Frame> methods) {
		return methods.stream().anyMatch((method) -> endsWithAny(method.name(), TAKES_TASK))
				|| (!methods.isEmpty() && methods.stream().allMatch((method) -> method.kind() == FrameKind.JDK))
				|| isLoop(methods);
	}

	private static boolean isLoop(List<Frame> methods) {
		int own = 0;
		for (Frame method : methods) {
			if (method.name().startsWith(CONCURRENT)) {
				return method.name().startsWith(CONCURRENT + "locks.LockSupport.")
						|| endsWithAny(method.name(), QUEUE_WAITS);
			}
			if (!THREAD_STARTS.contains(method.name()) && ++own > LOOP) {
				return false;
			}
		}
		return false;
	}

	private static boolean endsWithAny(String name, List<String> ends) {
		return ends.stream().anyMatch(name::endsWith);
	}

}
