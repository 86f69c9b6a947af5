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

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import org.jspecify.annotations.Nullable;

import io.support.context.ContextContributor;
import io.support.context.WarningSource;
import io.support.context.WarningSource.Severity;
import io.support.stats.StreamingMeterRegistry;

/**
 * What is trouble now, or was within the last minute, with what to do about it: a set of
 * {@linkplain WarningRule rules} over the meters of SuPPort, a {@linkplain HeapTrend heap
 * that grows}, and what the {@link WarningSource}s find. Remembers the counters as they
 * were, as often as it is told to {@linkplain #observe() observe} them. Thread-safe.
 */
public final class WarningsContributor implements ContextContributor {

	/** How often the counters should be looked at. */
	static final long INTERVAL_NANOS = 10_000_000_000L;

	private static final long MINUTE_NANOS = 6 * INTERVAL_NANOS;

	/** So near a limit is trouble. */
	private static final double NEAR = 0.9;

	private static final String WARNINGS = "warnings";

	/** Of all sources together no more than this are shown. */
	private static final int MAX_FOUND = 200;

	private static final String COLLECTED_HEAP = SystemMeters.COLLECTED_HEAP.description().name();

	private static final Set<String> METERS = Stream
		.concat(Arrays.stream(WarningRule.values())
			.flatMap((rule) -> Stream.of(rule.meter(), String.valueOf(rule.limit()))), Stream.of(COLLECTED_HEAP))
		.collect(Collectors.toSet());

	private final StreamingMeterRegistry registry;

	private final Supplier<Stream<WarningSource>> sources;

	private final HeapTrend heap;

	private final LongSupplier nanoTime;

	/** Those of the last minute, and the last one before it; the oldest first. */
	private final Deque<Observation> observations = new ArrayDeque<>();

	/**
	 * Creates a contributor that has seen nothing yet.
	 * @param registry where the meters are
	 * @param sources gives those who look for other trouble, asked each time
	 * @param maxHeapBytes how large the heap may become
	 * @param nanoTime the time in nanoseconds
	 */
	public WarningsContributor(StreamingMeterRegistry registry, Supplier<Stream<WarningSource>> sources,
			long maxHeapBytes, LongSupplier nanoTime) {
		this.registry = registry;
		this.sources = sources;
		this.heap = new HeapTrend(maxHeapBytes);
		this.nanoTime = nanoTime;
	}

	/**
	 * Remembers the counters as they are now.
	 */
	void observe() {
		Observation now = now();
		now.of(COLLECTED_HEAP).forEach((meter) -> this.heap.observe(now.nanos(), meter.getValue()));
		synchronized (this.observations) {
			this.observations.add(now);
			forgetWhatIsOver(now);
		}
	}

	/*
	 * One is kept from before, to compare with.
	 */
	private void forgetWhatIsOver(Observation now) {
		Observation first = this.observations.poll();
		while (first != null) {
			Observation second = this.observations.peek();
			if (second == null || now.nanos() - second.nanos() < MINUTE_NANOS) {
				this.observations.addFirst(first);
				return;
			}
			first = this.observations.poll();
		}
	}

	private Observation now() {
		return new Observation(this.nanoTime.getAsLong(), this.registry.values(METERS::contains));
	}

	private Observation before(Observation now) {
		synchronized (this.observations) {
			forgetWhatIsOver(now);
			Observation first = this.observations.peek();
			return (first != null) ? first : new Observation(now.nanos(), Map.of());
		}
	}

	@Override
	public String name() {
		return WARNINGS;
	}

	@Override
	public Snapshot snapshot() {
		Observation now = now();
		Observation before = before(now);
		List<Warning> warnings = new ArrayList<>();
		for (WarningRule rule : WarningRule.values()) {
			for (Map.Entry<Meter.Id, Double> meter : now.of(rule.meter())) {
				double amount = rule.applies(meter.getKey()) ? amount(rule, meter, now, before) : 0;
				if (amount > 0) {
					warnings.add(Warning.of(rule, meter.getKey(), amount));
				}
			}
		}
		warnings.addAll(found());
		// Stable: of the same severity in the order in which they are looked for.
		warnings.sort(Comparator.comparing(Warning::severity, WarningsContributor::compare));
		return new Snapshot((now.nanos() - before.nanos()) / 1e9, WarningRule.values().length, warnings);
	}

	private static int compare(String severity, String other) {
		return Severity.valueOf(severity.toUpperCase(Locale.ROOT))
			.compareTo(Severity.valueOf(other.toUpperCase(Locale.ROOT)));
	}

	private List<Warning> found() {
		List<Warning> found = new ArrayList<>();
		Consumer<WarningSource.Found> add = (warning) -> {
			if (found.size() < MAX_FOUND) {
				found.add(Warning.of(warning));
			}
		};
		Stream.concat(Stream.of(this.heap), this.sources.get()).forEach((source) -> {
			try {
				source.forEachWarning(add);
			}
			catch (RuntimeException ex) {
				// What it would have found is not known, which is worth knowing.
				add.accept(new WarningSource.Found(Severity.INFO, "A source of warnings failed: " + ex, Map.of(), null,
						"See its code", WARNINGS, source.getClass().getName()));
			}
		});
		return found;
	}

	private static double amount(WarningRule rule, Map.Entry<Meter.Id, Double> meter, Observation now,
			Observation before) {
		double value = meter.getValue();
		if (rule.isAmount()) {
			return value;
		}
		String limit = rule.limit();
		if (limit != null) {
			return now.of(limit).stream().anyMatch((most) -> value > NEAR * most.getValue()) ? value : 0;
		}
		return value - before.values().getOrDefault(meter.getKey(), 0.0);
	}

	/**
	 * The trouble there is.
	 *
	 * @param observedSeconds how far back counters are compared
	 * @param rules how many kinds of trouble are looked for in meters
	 * @param warnings what was found, the worst first; best if empty
	 */
	public record Snapshot(double observedSeconds, int rules, List<Warning> warnings) {

	}

	/**
	 * One kind of trouble in one place.
	 *
	 * @param severity {@code critical}, {@code warning} or {@code info}
	 * @param what what happens
	 * @param where the tags of the meter that says so, or which of several it is
	 * @param amount how much there is now, or how often it happened within the time that
	 * was observed; {@code null} if it is there or not
	 * @param action what to do
	 * @param see the page that has more
	 * @param source the meter or the property that says so
	 */
	public record Warning(String severity, String what, Map<String, String> where, @Nullable Double amount,
			String action, String see, String source) {

		private static Warning of(WarningSource.Found found) {
			return new Warning(found.severity().toString(), found.what(), new TreeMap<>(found.where()), found.amount(),
					found.action(), found.see(), found.source());
		}

		private static Warning of(WarningRule rule, Meter.Id id, double amount) {
			Map<String, String> where = new TreeMap<>();
			for (Tag tag : id.getTags()) {
				where.put(tag.getKey(), tag.getValue());
			}
			return new Warning(rule.severity().toString(), rule.what(), where, amount, rule.action(), rule.page(),
					rule.meter());
		}

	}

	/**
	 * The meters at one time.
	 *
	 * @param nanos the time
	 * @param values their values
	 */
	private record Observation(long nanos, Map<Meter.Id, Double> values) {

		private List<Map.Entry<Meter.Id, Double>> of(String meter) {
			return this.values.entrySet().stream().filter((value) -> value.getKey().getName().equals(meter)).toList();
		}

	}

}
