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

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.lang.management.PlatformManagedObject;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.support.context.TaskSource;

/**
 * The virtual threads of the process, as far as anybody knows them: the JVM keeps no list
 * of them that could be read without writing the stacks of all to a file. Those that do
 * something that is {@linkplain TaskSource in flight} are known, and from Java 24 on what
 * the scheduler counts. Uses nothing of later Java versions than the project's at compile
 * time. Thread-safe.
 */
final class VirtualThreads {

	private static final @Nullable MethodHandle IS_VIRTUAL = isVirtual();

	private final Supplier<Stream<TaskSource>> sources;

	VirtualThreads(Supplier<Stream<TaskSource>> sources) {
		this.sources = sources;
	}

	private static @Nullable MethodHandle isVirtual() {
		try {
			return MethodHandles.publicLookup()
				.findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
		}
		catch (NoSuchMethodException | IllegalAccessException ex) {
			// Before Java 21.
			return null;
		}
	}

	private static boolean isVirtual(Thread thread) {
		try {
			return IS_VIRTUAL != null && (boolean) IS_VIRTUAL.invokeExact(thread);
		}
		catch (Throwable ex) {
			// It does not throw anything.
			return false;
		}
	}

	/**
	 * Tells of every virtual thread that does something in flight.
	 * @param threads is told of them
	 */
	void forEach(Consumer<Thread> threads) {
		if (IS_VIRTUAL == null) {
			return;
		}
		this.sources.get().forEach((source) -> source.forEachTask((task) -> {
			Thread thread = task.thread();
			if (thread != null && isVirtual(thread)) {
				threads.accept(thread);
			}
		}));
	}

	/**
	 * Returns what is known besides the stacks.
	 * @param known how many threads are known
	 * @param maxShown of how many the stacks are looked at
	 * @return the figures
	 */
	Snapshot snapshot(int known, int maxShown) {
		if (IS_VIRTUAL == null) {
			return new Snapshot(null, maxShown, null,
					"Java " + Runtime.version().feature() + " has no virtual threads: they come with Java 21");
		}
		Scheduler scheduler = scheduler();
		return new Snapshot(known, maxShown, scheduler,
				"Known are those that run a dispatched call or handle a request: the JVM keeps no list of all"
						+ ((scheduler != null) ? "" : "; what the scheduler counts is known from Java 24 on"));
	}

	/*
	 * jdk.management.VirtualThreadSchedulerMXBean, without the name of its class in the
	 * code.
	 */
	private static @Nullable Scheduler scheduler() {
		try {
			Class<?> type = Class.forName("jdk.management.VirtualThreadSchedulerMXBean");
			PlatformManagedObject bean = ManagementFactory
				.getPlatformMXBean(type.asSubclass(PlatformManagedObject.class));
			return new Scheduler(number(type, bean, "getParallelism"), number(type, bean, "getPoolSize"),
					number(type, bean, "getMountedVirtualThreadCount"),
					number(type, bean, "getQueuedVirtualThreadCount"));
		}
		catch (ReflectiveOperationException | LinkageError | IllegalArgumentException ex) {
			// Before Java 24, or a runtime image without jdk.management.
			return null;
		}
	}

	private static long number(Class<?> type, Object bean, String getter) throws ReflectiveOperationException {
		return ((Number) type.getMethod(getter).invoke(bean)).longValue();
	}

	/**
	 * What is known of virtual threads.
	 *
	 * @param known how many are; {@code null} if there cannot be any
	 * @param maxShown of how many of these the stacks are looked at
	 * @param scheduler what the scheduler counts; {@code null} where that is not known
	 * @param note what cannot be known, and why
	 */
	record Snapshot(@Nullable Integer known, int maxShown, @Nullable Scheduler scheduler, String note) {

	}

	/**
	 * What the scheduler of the virtual threads counts, of all that there are.
	 *
	 * @param parallelism how many may run at the same time
	 * @param poolSize how many platform threads carry them
	 * @param mounted how many run
	 * @param queued how many could run and wait for a carrier, as far as that is known
	 */
	record Scheduler(long parallelism, long poolSize, long mounted, long queued) {

	}

}
