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
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.support.context.ContextContributor;

/**
 * What the platform threads of the process do: those with the same name, but for numbers
 * in it, and the same stack are one. A jam shows as many threads in one place. Virtual
 * threads are not among them: the JVM keeps no list of them.
 * <p>
 * Stacks are taken without their locks and only so deep, of a bounded number of threads:
 * the JVM stops for that, for some microseconds a thread.
 */
public final class ThreadsContributor implements ContextContributor {

	/** Of this many threads the stacks are looked at. */
	static final int MAX_THREADS = 2048;

	private static final int MAX_DEPTH = 64;

	private static final Pattern NUMBER = Pattern.compile("\\d+");

	private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

	/**
	 * Creates a contributor for this process.
	 */
	public ThreadsContributor() {
	}

	@Override
	public String name() {
		return "threads";
	}

	@Override
	public Snapshot snapshot() {
		return new Snapshot(this.threads.getThreadCount(), this.threads.getDaemonThreadCount(),
				this.threads.getPeakThreadCount(), this.threads.getTotalStartedThreadCount(), MAX_THREADS, deadlocked(),
				gathered((info) -> true).stream().map(Gathered::row).toList(), "stacks.name");
	}

	/**
	 * Returns the stacks of the threads with a name.
	 * @param name the name, with {@code *} for every number in it
	 * @return the stacks, those of most threads first; empty if there is no such thread
	 */
	@Override
	public Optional<Object> detail(String name) {
		List<Stack> stacks = gathered((info) -> name(info).equals(name)).stream().map(Gathered::stack).toList();
		return stacks.isEmpty() ? Optional.empty() : Optional.of(new Detail(stacks));
	}

	private List<Gathered> gathered(Predicate<ThreadInfo> wanted) {
		long[] ids = this.threads.getAllThreadIds();
		Map<Place, Gathered> gathered = new LinkedHashMap<>();
		for (ThreadInfo info : infos(Arrays.copyOf(ids, Math.min(ids.length, MAX_THREADS)))) {
			if (wanted.test(info)) {
				gathered.computeIfAbsent(Place.of(info), Gathered::new).add(info);
			}
		}
		List<Gathered> sorted = new ArrayList<>(gathered.values());
		sorted.sort(Comparator.comparing((Gathered one) -> one.members.size()).reversed());
		return sorted;
	}

	private List<ThreadInfo> infos(long[] ids) {
		// Those that have ended meanwhile are null.
		return Arrays.stream(this.threads.getThreadInfo(ids, MAX_DEPTH)).filter(Objects::nonNull).toList();
	}

	private List<Deadlocked> deadlocked() {
		long[] ids = this.threads.findDeadlockedThreads();
		return (ids != null) ? infos(ids).stream().map(Deadlocked::of).toList() : List.of();
	}

	private static String name(ThreadInfo info) {
		return NUMBER.matcher(info.getThreadName()).replaceAll("*");
	}

	private static List<String> frames(StackTraceElement[] stack) {
		return Arrays.stream(stack).map(ThreadsContributor::frame).toList();
	}

	/*
	 * Without the class loader, which says nothing in most applications.
	 */
	private static String frame(StackTraceElement frame) {
		return frame.getClassName() + '.' + frame.getMethodName() + '(' + place(frame) + ')';
	}

	private static String place(StackTraceElement frame) {
		if (frame.isNativeMethod()) {
			return "native";
		}
		String file = (frame.getFileName() != null) ? frame.getFileName() : "unknown";
		return (frame.getLineNumber() >= 0) ? file + ':' + frame.getLineNumber() : file;
	}

	/**
	 * The threads at one moment.
	 *
	 * @param threads how many there are
	 * @param daemon how many of them do not keep the process alive
	 * @param peak how many there were at the most
	 * @param started how many have been started
	 * @param maxShown of how many the stacks are looked at
	 * @param deadlocked those that wait for each other, and always will
	 * @param stacks those with the same name and stack, the most first
	 * @param details which of these can be had in full, and by what
	 */
	public record Snapshot(int threads, int daemon, int peak, long started, int maxShown, List<Deadlocked> deadlocked,
			List<Row> stacks, String details) {

	}

	/**
	 * Threads that are in the same place.
	 *
	 * @param name their name, with {@code *} for every number in it
	 * @param threads how many
	 * @param state what they do, as the JVM has it
	 * @param top the innermost frame; {@code null} if there is none
	 * @param waitsFor what the first of them waits for; {@code null} for nothing
	 */
	public record Row(String name, int threads, String state, @Nullable String top, @Nullable String waitsFor) {

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
					frames(info.getStackTrace()));
		}

	}

	/**
	 * What threads have in common.
	 */
	private record Place(String name, Thread.State state, List<StackTraceElement> stack) {

		static Place of(ThreadInfo info) {
			return new Place(ThreadsContributor.name(info), info.getThreadState(), List.of(info.getStackTrace()));
		}

	}

	/**
	 * The threads of one place.
	 */
	private static final class Gathered {

		private final Place place;

		private final List<ThreadInfo> members = new ArrayList<>();

		Gathered(Place place) {
			this.place = place;
		}

		void add(ThreadInfo info) {
			this.members.add(info);
		}

		Row row() {
			List<StackTraceElement> stack = this.place.stack();
			LockInfo lock = this.members.get(0).getLockInfo();
			return new Row(this.place.name(), this.members.size(), state(),
					stack.isEmpty() ? null : frame(stack.get(0)), (lock != null) ? lock.getClassName() : null);
		}

		Stack stack() {
			return new Stack(state(), this.members.size(),
					this.members.stream().map(ThreadInfo::getThreadName).limit(Stack.MAX_NAMES).toList(),
					frames(this.place.stack().toArray(StackTraceElement[]::new)));
		}

		private String state() {
			return this.place.state().name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

	}

}
