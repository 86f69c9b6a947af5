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

package io.support.meta;

import org.jspecify.annotations.Nullable;

/**
 * How loaded the process is now. What the platform does not tell is {@code null}.
 *
 * @param cpu the processors
 * @param heap the heap
 * @param memory memory outside of the heap
 * @param threads platform threads
 * @param garbageCollection collections since the start
 * @param fileDescriptors open files and sockets
 */
record LoadFacts(Cpu cpu, Heap heap, Memory memory, Threads threads, GarbageCollection garbageCollection,
		@Nullable FileDescriptors fileDescriptors) {

	/**
	 * The processors.
	 *
	 * @param cpus the processors that the JVM may use
	 * @param loadAverage the host's load over the last minute, in runnable threads
	 * @param processRatio how much of the processors this process uses, 0 to 1
	 * @param systemRatio how much of the processors the whole host uses, 0 to 1
	 */
	record Cpu(int cpus, @Nullable Double loadAverage, @Nullable Double processRatio, @Nullable Double systemRatio) {

	}

	/**
	 * The heap.
	 *
	 * @param usedBytes in use, garbage included
	 * @param committedBytes taken from the operating system
	 * @param maxBytes the limit
	 */
	record Heap(long usedBytes, long committedBytes, @Nullable Long maxBytes) {

	}

	/**
	 * Memory outside of the heap.
	 *
	 * @param residentBytes of the whole process, heap included
	 * @param nonHeapUsedBytes metaspace and compiled code
	 * @param directUsedBytes direct buffers
	 */
	record Memory(@Nullable Long residentBytes, long nonHeapUsedBytes, @Nullable Long directUsedBytes) {

	}

	/**
	 * Platform threads.
	 *
	 * @param live running or waiting
	 * @param daemon those that do not keep the process alive
	 * @param peak the most there ever were
	 * @param started all since the start
	 */
	record Threads(int live, int daemon, int peak, long started) {

	}

	/**
	 * Collections since the start.
	 *
	 * @param collections how many
	 * @param totalMillis how long they took together
	 */
	record GarbageCollection(long collections, long totalMillis) {

	}

	/**
	 * Open files and sockets.
	 *
	 * @param open how many are open
	 * @param max how many may be
	 */
	record FileDescriptors(long open, long max) {

	}

}
