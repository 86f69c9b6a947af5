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

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.support.context.ContextContributor;
import io.support.context.TaskSource;

/**
 * What the threads of the process do: those with the same name, but for numbers in it,
 * and the same stack are one. A jam shows as many threads in one place. All platform
 * threads are among them, and the virtual ones that are {@linkplain VirtualThreads
 * known}.
 * <p>
 * Stacks are taken without their locks and only so deep, of a bounded number of threads:
 * the JVM stops for that, for some microseconds a thread.
 */
public final class ThreadsContributor implements ContextContributor {

	/** Of this many platform threads the stacks are looked at. */
	static final int MAX_THREADS = 2048;

	/** And of this many virtual ones, which are looked at one by one. */
	static final int MAX_VIRTUAL = 512;

	private static final Pattern NUMBER = Pattern.compile("\\d+");

	private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

	private final VirtualThreads virtual;

	/**
	 * Creates a contributor for this process.
	 * @param sources gives those who know what is in flight, asked each time: the virtual
	 * threads that do that are known
	 */
	public ThreadsContributor(Supplier<Stream<TaskSource>> sources) {
		this.virtual = new VirtualThreads(sources);
	}

	@Override
	public String name() {
		return "threads";
	}

	@Override
	public Snapshot snapshot() {
		Gathering gathering = new Gathering((name) -> true);
		List<Row> rows = gathering.sorted().map(Gathered::row).toList();
		return new Snapshot(this.threads.getThreadCount(), this.threads.getDaemonThreadCount(),
				this.threads.getPeakThreadCount(), this.threads.getTotalStartedThreadCount(), MAX_THREADS,
				this.virtual.snapshot(gathering.virtual, MAX_VIRTUAL), deadlocked(), rows, "stacks.name");
	}

	/**
	 * Returns the stacks of the threads with a name.
	 * @param name the name, with {@code *} for every number in it
	 * @return the stacks, those of most threads first; empty if there is no such thread
	 */
	@Override
	public Optional<Object> detail(String name) {
		List<Stack> stacks = new Gathering(name::equals).sorted().map(Gathered::stack).toList();
		return stacks.isEmpty() ? Optional.empty() : Optional.of(new Detail(stacks));
	}

	private List<ThreadInfo> infos(long[] ids) {
		// Those that have ended meanwhile are null.
		return Arrays.stream(this.threads.getThreadInfo(ids, Frames.MAX_DEPTH)).filter(Objects::nonNull).toList();
	}

	private List<Deadlocked> deadlocked() {
		long[] ids = this.threads.findDeadlockedThreads();
		return (ids != null) ? infos(ids).stream().map(Deadlocked::of).toList() : List.of();
	}

	/*
	 * A virtual thread has none unless it was given one.
	 */
	private static String name(String name) {
		return name.isEmpty() ? "unnamed" : NUMBER.matcher(name).replaceAll("*");
	}

	/**
	 * The threads at one moment.
	 *
	 * @param threads how many platform threads there are
	 * @param daemon how many of them do not keep the process alive
	 * @param peak how many there were at the most
	 * @param started how many have been started
	 * @param maxShown of how many the stacks are looked at
	 * @param virtual what is known of virtual threads, which the figures above leave out
	 * @param deadlocked those that wait for each other, and always will
	 * @param stacks those with the same name and stack, the most first
	 * @param details which of these can be had in full, and by what
	 */
	record Snapshot(int threads, int daemon, int peak, long started, int maxShown, VirtualThreads.Snapshot virtual,
			List<Deadlocked> deadlocked, List<Row> stacks, String details) {

	}

	/**
	 * Threads that are in the same place.
	 *
	 * @param name their name, with {@code *} for every number in it
	 * @param kind {@code platform} or {@code virtual}
	 * @param threads how many
	 * @param state what they do, as the JVM has it
	 * @param top the innermost frame; {@code null} if there is none
	 * @param waitsFor what the first of them waits for; {@code null} for nothing
	 */
	public record Row(String name, String kind, int threads, String state, @Nullable String top,
			@Nullable String waitsFor) {

	}

	/**
	 * The threads of one name.
	 *
	 * @param stacks what they do, the most first
	 */
	public record Detail(List<Stack> stacks) {

	}

	/**
	 * Threads that are in the same place, in full.
	 *
	 * @param state what they do, as the JVM has it
	 * @param threads how many
	 * @param names the first of their names
	 * @param stack where they are, the innermost frame first
	 */
	public record Stack(String state, int threads, List<String> names, List<String> stack) {

		private static final int MAX_NAMES = 16;

	}

	/**
	 * A thread that waits for ever.
	 *
	 * @param name its name
	 * @param waitsFor the lock that it does not get
	 * @param heldBy the thread that has it
	 * @param stack where it is, the innermost frame first
	 */
	public record Deadlocked(String name, @Nullable String waitsFor, @Nullable String heldBy, List<String> stack) {

		private static Deadlocked of(ThreadInfo info) {
			return new Deadlocked(info.getThreadName(), info.getLockName(), info.getLockOwnerName(),
					Frames.of(info.getStackTrace()));
		}

	}

	/**
	 * What threads have in common.
	 */
	private record Place(String name, String kind, Thread.State state, List<StackTraceElement> stack) {

		private static final String PLATFORM = "platform";

		private static final String VIRTUAL = "virtual";

	}

	/**
	 * The threads of one place.
	 */
	private static final class Gathered {

		private final Place place;

		private final @Nullable String waitsFor;

		private final List<String> names = new ArrayList<>();

		private int threads;

		Gathered(Place place, @Nullable String waitsFor) {
			this.place = place;
			this.waitsFor = waitsFor;
		}

		void add(String name) {
			this.threads++;
			if (this.names.size() < Stack.MAX_NAMES) {
				this.names.add(name);
			}
		}

		int threads() {
			return this.threads;
		}

		Row row() {
			List<StackTraceElement> stack = this.place.stack();
			return new Row(this.place.name(), this.place.kind(), this.threads, state(),
					stack.isEmpty() ? null : Frames.frame(stack.get(0)), this.waitsFor);
		}

		Stack stack() {
			return new Stack(state(), this.threads, List.copyOf(this.names),
					Frames.of(this.place.stack().toArray(StackTraceElement[]::new)));
		}

		private String state() {
			return this.place.state().name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

	}

	/**
	 * The threads of one moment by their places.
	 */
	private final class Gathering {

		private final Map<Place, Gathered> places = new LinkedHashMap<>();

		private final Predicate<String> wanted;

		private int virtual;

		Gathering(Predicate<String> wanted) {
			this.wanted = wanted;
			long[] ids = ThreadsContributor.this.threads.getAllThreadIds();
			infos(Arrays.copyOf(ids, Math.min(ids.length, MAX_THREADS))).forEach(this::add);
			ThreadsContributor.this.virtual.forEach(this::addVirtual);
		}

		private void add(ThreadInfo info) {
			LockInfo lock = info.getLockInfo();
			add(info.getThreadName(), Place.PLATFORM, info.getThreadState(), info.getStackTrace(),
					(lock != null) ? lock.getClassName() : null);
		}

		private void addVirtual(Thread thread) {
			this.virtual++;
			if (this.virtual <= MAX_VIRTUAL && this.wanted.test(name(thread.getName()))) {
				StackTraceElement[] stack = thread.getStackTrace();
				add(thread.getName(), Place.VIRTUAL, thread.getState(),
						Arrays.copyOf(stack, Math.min(stack.length, Frames.MAX_DEPTH)), null);
			}
		}

		private void add(String name, String kind, Thread.State state, StackTraceElement[] stack,
				@Nullable String waitsFor) {
			String common = name(name);
			if (this.wanted.test(common)) {
				this.places
					.computeIfAbsent(new Place(common, kind, state, List.of(stack)),
							(place) -> new Gathered(place, waitsFor))
					.add(name);
			}
		}

		Stream<Gathered> sorted() {
			return this.places.values().stream().sorted(Comparator.comparingInt(Gathered::threads).reversed());
		}

	}

}
