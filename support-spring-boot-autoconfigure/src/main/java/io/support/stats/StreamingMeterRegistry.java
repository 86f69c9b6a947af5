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

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.core.instrument.cumulative.CumulativeFunctionCounter;
import io.micrometer.core.instrument.cumulative.CumulativeFunctionTimer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.internal.DefaultGauge;
import io.micrometer.core.instrument.internal.DefaultMeter;
import org.jspecify.annotations.Nullable;

/**
 * A registry that stands beside the one that is scraped and keeps streaming statistics of
 * every timer, summary, counter and gauge in the process, at a fixed cost for each: see
 * {@link Distribution}. Those of gauges are of the values that they had when somebody
 * {@linkplain #sample sampled} them.
 * <p>
 * At most a fixed number of meters is kept. For one more, some of those leave that have
 * not been used for the longest time, and are counted: a meter that has left records
 * nothing here any more. Gauges stay, unless there are only gauges.
 * <p>
 * Thread-safe.
 */
public final class StreamingMeterRegistry extends MeterRegistry {

	private static final Comparator<MeterStatistics> BY_NAME_AND_TAGS = Comparator.comparing(MeterStatistics::name)
		.thenComparing((statistics) -> statistics.tags().toString());

	private final int maxMeters;

	private final AtomicInteger meters = new AtomicInteger();

	private final LongAdder evicted = new LongAdder();

	private final RecentChanges changes = new RecentChanges();

	/**
	 * Creates a registry of all meters.
	 * @param clock the clock of the meters
	 * @param maxMeters how many meters are kept, positive
	 */
	public StreamingMeterRegistry(Clock clock, int maxMeters) {
		this(clock, maxMeters, MeterNames.ALL);
	}

	/**
	 * Creates a registry.
	 * @param clock the clock of the meters
	 * @param maxMeters how many meters are kept, positive
	 * @param names the names of those that are kept
	 */
	public StreamingMeterRegistry(Clock clock, int maxMeters, MeterNames names) {
		super(clock);
		this.maxMeters = maxMeters;
		config().meterFilter(MeterFilter.denyUnless((id) -> names.matches(id.getName())));
		// Asked under the registry's lock, just before a meter is made.
		config().meterFilter(new RoomForMore());
		config().onMeterAdded((meter) -> this.meters.incrementAndGet());
		config().onMeterRemoved((meter) -> {
			this.meters.decrementAndGet();
			// Whoever holds the meter must not hold its statistics.
			if (meter instanceof StreamingMeter streaming) {
				streaming.distribution().release();
			}
		});
	}

	/**
	 * Returns what is known about every meter.
	 * @return the statistics, by name and tags
	 */
	public List<MeterStatistics> statistics() {
		return getMeters().stream().map(this::statistics).sorted(BY_NAME_AND_TAGS).toList();
	}

	/**
	 * Returns how many meters are kept at the most.
	 * @return the bound
	 */
	public int maxMeters() {
		return this.maxMeters;
	}

	/**
	 * Returns how many meters have left to make room for others.
	 * @return a count since the start
	 */
	public long evictedMeters() {
		return this.evicted.sum();
	}

	/**
	 * Returns everything that is known about meters.
	 * @param names the names of the meters
	 * @return their states, by name and tags
	 */
	public List<MeterState> states(Predicate<String> names) {
		return getMeters().stream()
			.filter((meter) -> names.test(meter.getId().getName()))
			.map(StreamingMeterRegistry::state)
			.sorted(Comparator.comparing(MeterState::name).thenComparing((state) -> state.tags().toString()))
			.toList();
	}

	/**
	 * Returns the values of counters and gauges, and nothing else of them.
	 * @param names the names of the meters
	 * @return the value of each that has one
	 */
	public Map<Meter.Id, Double> values(Predicate<String> names) {
		Map<Meter.Id, Double> values = new HashMap<>();
		for (Meter meter : getMeters()) {
			Double value = names.test(meter.getId().getName()) ? value(meter) : null;
			if (value != null) {
				values.put(meter.getId(), value);
			}
		}
		return values;
	}

	/**
	 * Returns how many numbers timers and summaries have been told.
	 * @param names the names of the meters
	 * @return the count of each
	 */
	public Map<Meter.Id, Double> counts(Predicate<String> names) {
		Map<Meter.Id, Double> counts = new HashMap<>();
		for (Meter meter : getMeters()) {
			if (names.test(meter.getId().getName()) && isOfMany(meter)) {
				counts.put(meter.getId(), (double) ((StreamingMeter) meter).distribution().count());
			}
		}
		return counts;
	}

	/**
	 * Returns where the numbers of several meters lie.
	 * @param names the names of the meters
	 * @return how many lie where, of all meters together
	 */
	public Buckets buckets(Predicate<String> names) {
		Histogram histogram = new Histogram();
		for (Meter meter : getMeters()) {
			if (names.test(meter.getId().getName()) && meter instanceof StreamingMeter streaming) {
				streaming.distribution().addTo(histogram);
			}
		}
		return histogram.buckets();
	}

	/**
	 * Remembers the values and counts of all meters as they are now, to tell later what
	 * has changed. To be called every ten seconds or so by whoever knows the time.
	 */
	public void observe() {
		Map<Meter.Id, Double> now = new HashMap<>();
		for (Meter meter : getMeters()) {
			Double amount = amount(meter);
			if (amount != null) {
				now.put(meter.getId(), amount);
			}
		}
		this.changes.observe(this.clock.monotonicTime(), now);
	}

	/**
	 * Adds the values that gauges have now to their statistics. A gauge that fails has no
	 * value.
	 * @param gauges gauges of this registry; whatever else is left alone
	 */
	public void sample(Iterable<? extends Meter> gauges) {
		for (Meter meter : gauges) {
			if (meter instanceof StreamingGauge gauge) {
				gauge.sample();
			}
		}
	}

	/**
	 * Begins the statistics of every meter anew, counters included.
	 */
	public void reset() {
		for (Meter meter : getMeters()) {
			if (meter instanceof StreamingMeter streaming) {
				streaming.distribution().reset();
			}
		}
	}

	private MeterStatistics statistics(Meter meter) {
		Meter.Id id = meter.getId();
		Double amount = amount(meter);
		RecentChanges.Change change = (amount != null) ? this.changes.of(id, amount, this.clock.monotonicTime()) : null;
		return new MeterStatistics(id.getName(), tags(id), kind(id), id.getBaseUnit(), value(meter),
				(change != null) ? change.perSecond() : null, (change != null) ? change.ratio() : null,
				isOfMany(meter) ? ((StreamingMeter) meter).distribution().snapshot() : null);
	}

	private static boolean isOfMany(Meter meter) {
		return meter instanceof StreamingTimer || meter instanceof StreamingSummary;
	}

	private static @Nullable Double amount(Meter meter) {
		return isOfMany(meter) ? (Double) (double) ((StreamingMeter) meter).distribution().count() : value(meter);
	}

	private static MeterState state(Meter meter) {
		Meter.Id id = meter.getId();
		return new MeterState(id.getName(), tags(id), kind(id), id.getBaseUnit(), value(meter),
				(meter instanceof StreamingMeter streaming) ? streaming.distribution().state() : null);
	}

	private static Map<String, String> tags(Meter.Id id) {
		Map<String, String> tags = new LinkedHashMap<>();
		for (Tag tag : id.getTags()) {
			tags.put(tag.getKey(), tag.getValue());
		}
		return tags;
	}

	private static String kind(Meter.Id id) {
		return id.getType().name().toLowerCase(Locale.ROOT);
	}

	private static @Nullable Double value(Meter meter) {
		Double value = meter.<@Nullable Double>match(Gauge::value, Counter::count, (timer) -> null, (summary) -> null,
				(tasks) -> (double) tasks.activeTasks(), Gauge::value, FunctionCounter::count, FunctionTimer::count,
				(other) -> null);
		return (value == null || value.isNaN() || value.isInfinite()) ? null : value;
	}

	@Override
	protected <T> Gauge newGauge(Meter.Id id, @Nullable T object, ToDoubleFunction<T> value) {
		return new StreamingGauge(new DefaultGauge<>(id, object, value), new Distribution(this.clock));
	}

	@Override
	protected Counter newCounter(Meter.Id id) {
		return new StreamingCounter(id, new Distribution(this.clock));
	}

	@Override
	protected Timer newTimer(Meter.Id id, DistributionStatisticConfig config, PauseDetector pauseDetector) {
		return new StreamingTimer(inNanoseconds(id), this.clock, pauseDetector, new Distribution(this.clock));
	}

	@Override
	protected DistributionSummary newDistributionSummary(Meter.Id id, DistributionStatisticConfig config,
			double scale) {
		return new StreamingSummary(id, scale, new Distribution(this.clock));
	}

	@Override
	protected LongTaskTimer newLongTaskTimer(Meter.Id id, DistributionStatisticConfig config) {
		return new CountedTasks(id, this.clock);
	}

	@Override
	protected Meter newMeter(Meter.Id id, Meter.Type type, Iterable<Measurement> measurements) {
		return new DefaultMeter(id, type, measurements);
	}

	@Override
	protected <T> FunctionTimer newFunctionTimer(Meter.Id id, T object, ToLongFunction<T> count,
			ToDoubleFunction<T> totalTime, TimeUnit unit) {
		return new CumulativeFunctionTimer<>(id, object, count, totalTime, unit, getBaseTimeUnit());
	}

	@Override
	protected <T> FunctionCounter newFunctionCounter(Meter.Id id, T object, ToDoubleFunction<T> count) {
		return new CumulativeFunctionCounter<>(id, object, count);
	}

	@Override
	protected TimeUnit getBaseTimeUnit() {
		return TimeUnit.NANOSECONDS;
	}

	@Override
	protected DistributionStatisticConfig defaultHistogramConfig() {
		return DistributionStatisticConfig.DEFAULT;
	}

	private static Meter.Id inNanoseconds(Meter.Id id) {
		return id.withBaseUnit("nanoseconds");
	}

	/**
	 * Makes room for a meter that is about to be made.
	 */
	private final class RoomForMore implements MeterFilter {

		/*
		 * Several at a time: all meters are looked at to find them.
		 */
		private static final int EVICTED_SHARE = 64;

		@Override
		public MeterFilterReply accept(Meter.Id id) {
			StreamingMeterRegistry registry = StreamingMeterRegistry.this;
			if (registry.meters.get() >= registry.maxMeters) {
				makeRoom(registry);
			}
			return MeterFilterReply.NEUTRAL;
		}

		private void makeRoom(StreamingMeterRegistry registry) {
			registry.getMeters()
				.stream()
				.map(Use::of)
				.sorted(Comparator.comparingLong(Use::lastEpochNanos))
				.limit(Math.max(1, registry.maxMeters / EVICTED_SHARE))
				.forEach((use) -> {
					registry.remove(use.meter());
					registry.evicted.increment();
				});
		}

	}

	/**
	 * When a meter was used last.
	 *
	 * @param meter the meter
	 * @param lastEpochNanos the time; gauges are always in use
	 */
	private record Use(Meter meter, long lastEpochNanos) {

		static Use of(Meter meter) {
			return new Use(meter, (meter instanceof StreamingMeter streaming && !(meter instanceof Gauge))
					? streaming.distribution().lastEpochNanos() : Long.MAX_VALUE);
		}

	}

}
