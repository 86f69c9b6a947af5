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

package io.support.stats;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;

/**
 * Prints what statistics take of the heap. A process of its own, so that nobody else
 * takes or frees any.
 */
public final class StatisticsHeap {

	static final int NAMES_BEFORE = 20_000;

	static final int NAMES = 100_000;

	private static final int MANY_KEYS = 1_000_000;

	private static final int SPARSE_KEYS = 12_000;

	private static final int METERS = 2_000;

	private static final int OCTAVES = 10;

	private static final int COLLECTION_TIMEOUT_MILLIS = 10_000;

	private StatisticsHeap() {
	}

	/**
	 * Measures and prints.
	 * @param args what to measure
	 * @throws InterruptedException if this thread was interrupted
	 */
	public static void main(String[] args) throws InterruptedException {
		// Measuring takes some, too, when it is done for the first time.
		used(args);
		switch (args[0]) {
			case "meters" -> meters();
			case "names" -> names();
			case "sketches" -> sketches();
			default -> throw new IllegalArgumentException(args[0]);
		}
	}

	private static void meters() throws InterruptedException {
		// Classes are loaded before anything is measured.
		recordIn(timers(new StreamingMeterRegistry(Clock.SYSTEM, METERS)), 1);
		StreamingMeterRegistry registry = new StreamingMeterRegistry(Clock.SYSTEM, METERS);
		long before = used(registry);
		Timer[] timers = timers(registry);
		long idle = used(registry);
		recordIn(timers, 1);
		long first = used(registry);
		for (int octave = 1; octave <= OCTAVES; octave++) {
			recordIn(timers, 1L << octave);
		}
		long octaves = used(registry);
		print("idle", (idle - before) / METERS);
		print("recorded", (first - before) / METERS);
		print("octave", (octaves - first) / METERS / OCTAVES);
	}

	private static Timer[] timers(MeterRegistry registry) {
		return IntStream.range(0, METERS).mapToObj((i) -> registry.timer("timer" + i)).toArray(Timer[]::new);
	}

	private static void recordIn(Timer[] timers, long nanos) {
		for (Timer timer : timers) {
			timer.record(Duration.ofNanos(nanos));
		}
	}

	/*
	 * A composite itself keeps every name: what it keeps without any registry is told
	 * apart from what meters that have left keep in it.
	 */
	private static void names() throws InterruptedException {
		StreamingMeterRegistry alone = new StreamingMeterRegistry(Clock.SYSTEM, 2048);
		print("growth", growth(alone));
		print("meters", alone.getMeters().size());
		print("evicted", alone.evictedMeters());
		StreamingMeterRegistry composed = new StreamingMeterRegistry(Clock.SYSTEM, 2048);
		long growth = growth(new CompositeMeterRegistry(Clock.SYSTEM, List.of(composed)));
		long growthWithout = growth(new CompositeMeterRegistry(Clock.SYSTEM));
		print("composedMeters", composed.getMeters().size());
		print("composedEvicted", composed.evictedMeters());
		print("compositeName", growthWithout / (NAMES - NAMES_BEFORE));
		print("leftBehind", (growth - growthWithout) / (NAMES - NAMES_BEFORE));
	}

	private static long growth(MeterRegistry registry) throws InterruptedException {
		useNames(registry, 0, NAMES_BEFORE);
		long before = used(registry);
		useNames(registry, NAMES_BEFORE, NAMES);
		long after = used(registry);
		return after - before;
	}

	private static void useNames(MeterRegistry registry, int from, int to) {
		for (int i = from; i < to; i += 2) {
			registry.timer("timer" + i).record(Duration.ofNanos(i));
			registry.counter("counter" + i).increment(i);
		}
	}

	private static void sketches() throws InterruptedException {
		for (Keys keys : Keys.values()) {
			sketch(keys.name(), keys::key, MANY_KEYS);
		}
		String wide = "\u4e16".repeat(Sketches.MAX_KEY_LENGTH - 8);
		sketch("LONG", (i) -> wide + String.format("%08d", i), 2 * SPARSE_KEYS);
	}

	/*
	 * Few keys are kept in another form, which takes the most just before it is given up.
	 */
	private static void sketch(String name, IntFunction<String> keys, int size) throws InterruptedException {
		// Classes are loaded before anything is measured.
		fill(new Sketches(), keys, 0, 2 * SPARSE_KEYS);
		Sketches sketches = new Sketches();
		long before = used(sketches);
		fill(sketches, keys, 0, SPARSE_KEYS);
		long sparse = used(sketches);
		fill(sketches, keys, SPARSE_KEYS, size);
		long full = used(sketches);
		print(name + ".sparse", sparse - before);
		print(name + ".full", full - before);
	}

	private static void fill(Sketches sketches, IntFunction<String> keys, int from, int to) {
		IntStream.range(from, to).forEach((i) -> sketches.offer("keys", keys.apply(i)));
	}

	/*
	 * What is unreachable now is gone when the witness is. What is used at that moment is
	 * asked for, not later: a thread takes room for a lot of objects at once.
	 */
	private static long used(Object kept) throws InterruptedException {
		try {
			ReferenceQueue<Object> queue = new ReferenceQueue<>();
			WeakReference<Object> witness = new WeakReference<>(new Object(), queue);
			System.gc();
			if (queue.remove(COLLECTION_TIMEOUT_MILLIS) != witness) {
				throw new IllegalStateException("There was no collection");
			}
			return ManagementFactory.getMemoryPoolMXBeans()
				.stream()
				.filter((pool) -> pool.getType() == MemoryType.HEAP)
				.mapToLong((pool) -> pool.getCollectionUsage().getUsed())
				.sum();
		}
		finally {
			Reference.reachabilityFence(kept);
		}
	}

	@SuppressWarnings("SystemOut")
	private static void print(String name, long value) {
		System.out.println(name + "=" + value);
	}

}
