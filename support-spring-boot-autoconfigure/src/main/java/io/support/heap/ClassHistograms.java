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

package io.support.heap;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.support.concurrent.OneAtATime;
import io.support.heap.HeapSnapshot.Growth;
import io.support.proc.DiagnosticCommand;

/**
 * Takes class histograms, one at a time, and remembers the last ones to compare them
 * with.
 * <p>
 * The JVM stands still while it counts, the longer the more objects there are. So that a
 * page which is brought up to date by itself does no harm, the last histogram is shown
 * again until the JVM has run for {@value #REST} times as long, and for {@link #MIN_REST}
 * at least. Thread-safe.
 */
public final class ClassHistograms {

	/** The JVM stands still for one part in so many at the most. */
	static final int REST = 50;

	static final Duration MIN_REST = Duration.ofSeconds(10);

	/** What is compared with should be this old. */
	static final Duration COMPARED = Duration.ofMinutes(1);

	/** How many are remembered. */
	static final int KEPT = 8;

	private final Source source;

	private final OneAtATime heavy;

	private final InstantSource time;

	private final LongSupplier nanoTime;

	private final Deque<ClassHistogram> last = new ArrayDeque<>();

	/**
	 * Creates one for this JVM.
	 * @param heavy lets one operation run at a time
	 * @param time gives the time
	 * @param nanoTime gives the time in nanoseconds
	 */
	public ClassHistograms(OneAtATime heavy, InstantSource time, LongSupplier nanoTime) {
		this(new Jvm(new DiagnosticCommand("gcClassHistogram")), heavy, time, nanoTime);
	}

	ClassHistograms(Source source, OneAtATime heavy, InstantSource time, LongSupplier nanoTime) {
		this.source = source;
		this.heavy = heavy;
		this.time = time;
		this.nanoTime = nanoTime;
	}

	/**
	 * Returns the last histogram, or a new one if the JVM has run for long enough.
	 * Nothing is collected for it: garbage is counted as well.
	 * @return the histogram, or why there is none
	 * @throws OneAtATime.BusyException if a heavy operation is running
	 * @throws Exception if the JVM refuses
	 */
	public HeapSnapshot recent() throws Exception {
		String unavailable = this.source.unavailable();
		if (unavailable != null) {
			return HeapSnapshot.unavailable(unavailable);
		}
		ClassHistogram last = last();
		if (last != null && this.time.instant().isBefore(nextAt(last))) {
			return snapshot();
		}
		return take(false);
	}

	/**
	 * Takes a histogram of what is in use. The JVM collects all garbage for it, during
	 * which it stands still.
	 * @return the histogram, or why there is none
	 * @throws OneAtATime.BusyException if a heavy operation is running
	 * @throws Exception if the JVM refuses
	 */
	public HeapSnapshot live() throws Exception {
		String unavailable = this.source.unavailable();
		return (unavailable != null) ? HeapSnapshot.unavailable(unavailable) : take(true);
	}

	private HeapSnapshot take(boolean live) throws Exception {
		this.heavy.run("class histogram", () -> {
			Instant at = this.time.instant();
			long start = this.nanoTime.getAsLong();
			String text = this.source.histogram(live);
			long millis = (this.nanoTime.getAsLong() - start) / 1_000_000;
			add(ClassHistogram.parse(text, at, live, millis));
			return text;
		});
		return snapshot();
	}

	private void add(ClassHistogram histogram) {
		synchronized (this.last) {
			if (this.last.size() == KEPT) {
				this.last.removeLast();
			}
			this.last.addFirst(histogram);
		}
	}

	private @Nullable ClassHistogram last() {
		synchronized (this.last) {
			return this.last.peekFirst();
		}
	}

	/*
	 * With and without garbage cannot be compared.
	 */
	private @Nullable ClassHistogram before(ClassHistogram now) {
		ClassHistogram oldest = null;
		synchronized (this.last) {
			for (ClassHistogram one : this.last) {
				if (one.live() == now.live() && one.at().isBefore(now.at())) {
					oldest = one;
					if (!one.at().isAfter(now.at().minus(COMPARED))) {
						return one;
					}
				}
			}
		}
		return oldest;
	}

	private static Instant nextAt(ClassHistogram histogram) {
		Duration rest = Duration.ofMillis(histogram.tookMillis() * REST);
		return histogram.at().plus((rest.compareTo(MIN_REST) > 0) ? rest : MIN_REST);
	}

	private HeapSnapshot snapshot() {
		ClassHistogram now = last();
		if (now == null) {
			throw new IllegalStateException("No histogram was taken");
		}
		ClassHistogram before = this.before(now);
		return HeapSnapshot.of(now, nextAt(now), (before != null) ? before.at() : null,
				(before != null) ? growth(before, now) : List.of());
	}

	static List<Growth> growth(ClassHistogram before, ClassHistogram now) {
		Map<String, ClassHistogram.Entry> earlier = new HashMap<>();
		before.largest().forEach((entry) -> earlier.put(entry.name(), entry));
		return now.largest()
			.stream()
			.map((entry) -> Growth.of(earlier.get(entry.name()), entry))
			.filter((growth) -> growth.grownBytes() > 0)
			.sorted(Comparator.comparingLong(Growth::grownBytes).reversed())
			.limit(HeapSnapshot.MAX_GROWN)
			.toList();
	}

	/**
	 * Where histograms come from.
	 */
	interface Source {

		/**
		 * Says why there are none.
		 * @return the reason; {@code null} where there are
		 */
		@Nullable String unavailable();

		/**
		 * Takes one.
		 * @param live whether garbage is collected before
		 * @return the text
		 */
		String histogram(boolean live);

	}

	/**
	 * HotSpot's.
	 */
	private record Jvm(DiagnosticCommand command) implements Source {

		@Override
		public @Nullable String unavailable() {
			return this.command.unavailable();
		}

		@Override
		public String histogram(boolean live) {
			return live ? this.command.run() : this.command.run("-all");
		}

	}

}
