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

package io.support.benchmarks.compare;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

import io.support.benchmarks.CommandLine;
import io.support.benchmarks.load.Percentiles;
import io.support.dispatch.DispatchSettings;
import io.support.dispatch.Dispatchers;
import io.support.dispatch.ThreadKind;

/**
 * When the threads of many calls that wait for ever are free again after the calls'
 * time-out. The calls are due one after the other, as they were made. Beside them as many
 * bare threads that are interrupted in a loop, all due when it begins: what it takes to
 * wake so many at once.
 */
public final class TimeoutComparison {

	private static final Duration TIMEOUT = Duration.ofSeconds(1);

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final int calls;

	private TimeoutComparison(int calls) {
		this.calls = calls;
	}

	/**
	 * Runs the comparison and prints the table.
	 * @param arguments the options, see {@code docs/benchmarks.md}
	 * @throws IOException if a thread is not free after half a minute
	 */
	public static void main(String... arguments) throws IOException {
		CommandLine options = CommandLine.of(Set.of("calls", "repeats"), arguments);
		TimeoutComparison comparison = new TimeoutComparison(options.integer("calls", 1000));
		Map<String, List<Percentiles>> results = new LinkedHashMap<>();
		try {
			for (int repeat = 0; repeat < options.integer("repeats", 5); repeat++) {
				results.computeIfAbsent("bare threads", (key) -> new ArrayList<>()).add(comparison.bareThreads());
				results.computeIfAbsent("platform threads", (key) -> new ArrayList<>())
					.add(comparison.dispatched(ThreadKind.PLATFORM));
				if (Runtime.version().feature() >= 21) {
					results.computeIfAbsent("virtual threads", (key) -> new ArrayList<>())
						.add(comparison.dispatched(ThreadKind.VIRTUAL));
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("Interrupted", ex);
		}
		Table table = new Table("calls", "free after p50 ms", "p99 ms", "max ms");
		results.forEach((name, repeats) -> table.add(name,
				Spread.of(repeats, (repeat) -> repeat.p50Nanos() / 1e6).orMore("%.1f"),
				Spread.of(repeats, (repeat) -> repeat.p99Nanos() / 1e6).orMore("%.1f"),
				Spread.of(repeats, (repeat) -> repeat.maxNanos() / 1e6).orMore("%.1f")));
		System.out.println(table.toMarkdown());
	}

	private Percentiles bareThreads() throws IOException, InterruptedException {
		Sleepers sleepers = new Sleepers(this.calls);
		List<Thread> threads = new ArrayList<>();
		for (int index = 0; index < this.calls; index++) {
			int number = index;
			Thread thread = new Thread(() -> sleepers.sleep(number));
			thread.setDaemon(true);
			thread.start();
			threads.add(thread);
		}
		sleepers.awaitAsleep();
		long due = System.nanoTime();
		threads.forEach(Thread::interrupt);
		return sleepers.lateness((index) -> due);
	}

	@SuppressWarnings("FutureReturnValueIgnored") // its end is seen by the thread
	private Percentiles dispatched(ThreadKind kind) throws IOException, InterruptedException {
		DispatchSettings.Pool pool = new DispatchSettings.Pool(this.calls, this.calls).on(kind);
		Sleepers sleepers = new Sleepers(this.calls);
		long[] due = new long[this.calls];
		try (Dispatchers dispatchers = Dispatchers.create(new DispatchSettings(pool, pool, PATIENCE),
				System::nanoTime)) {
			for (int index = 0; index < this.calls; index++) {
				int number = index;
				due[index] = System.nanoTime() + TIMEOUT.toNanos();
				dispatchers.io().future(() -> {
					sleepers.sleep(number);
					return null;
				}, TIMEOUT);
			}
			sleepers.awaitAsleep();
			return sleepers.lateness((index) -> due[index]);
		}
	}

	/**
	 * Threads that wait until they are interrupted, and note when they were.
	 */
	private static final class Sleepers {

		private final CountDownLatch never = new CountDownLatch(1);

		private final CountDownLatch asleep;

		private final CountDownLatch awake;

		private final AtomicLongArray woken;

		Sleepers(int number) {
			this.asleep = new CountDownLatch(number);
			this.awake = new CountDownLatch(number);
			this.woken = new AtomicLongArray(number);
		}

		void sleep(int number) {
			this.asleep.countDown();
			try {
				this.never.await();
			}
			catch (InterruptedException ex) {
				this.woken.set(number, System.nanoTime());
			}
			this.awake.countDown();
		}

		void awaitAsleep() throws IOException, InterruptedException {
			require(this.asleep, "did not begin");
		}

		Percentiles lateness(Due due) throws IOException, InterruptedException {
			require(this.awake, "were not interrupted");
			long[] late = new long[this.woken.length()];
			for (int index = 0; index < late.length; index++) {
				late[index] = this.woken.get(index) - due.nanos(index);
			}
			return Percentiles.of(late);
		}

		private static void require(CountDownLatch latch, String failure) throws IOException, InterruptedException {
			if (!latch.await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
				throw new IOException(latch.getCount() + " calls " + failure);
			}
		}

	}

	/**
	 * When a thread was to be interrupted.
	 */
	private interface Due {

		long nanos(int index);

	}

}
