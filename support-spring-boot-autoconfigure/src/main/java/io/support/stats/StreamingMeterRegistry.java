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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
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
import io.micrometer.core.instrument.cumulative.CumulativeCounter;
import io.micrometer.core.instrument.cumulative.CumulativeFunctionCounter;
import io.micrometer.core.instrument.cumulative.CumulativeFunctionTimer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.internal.DefaultGauge;
import io.micrometer.core.instrument.internal.DefaultLongTaskTimer;
import io.micrometer.core.instrument.internal.DefaultMeter;
import org.jspecify.annotations.Nullable;

/**
 * A registry that stands beside the one that is scraped and keeps streaming statistics of
 * every timer and summary in the process: count, mean, extremes and percentiles since the
 * start, at a fixed cost for each. Counters and gauges are shown as they are.
 * <p>
 * Recording takes no lock and, once the magnitude of a number has been seen, allocates
 * nothing. A timer or summary holds about 1 KiB, and 540 bytes for each power of two
 * among its numbers. At most a fixed number of meters is kept: what is registered beyond
 * it is not recorded here, and counted.
 * <p>
 * Thread-safe.
 */
public final class StreamingMeterRegistry extends MeterRegistry {

	private static final Comparator<MeterStatistics> BY_NAME_AND_TAGS = Comparator.comparing(MeterStatistics::name)
		.thenComparing((statistics) -> statistics.tags().toString());

	private final int maxMeters;

	private final AtomicInteger meters = new AtomicInteger();

	private final LongAdder refused = new LongAdder();

	/**
	 * Creates a registry.
	 * @param clock the clock of the meters
	 * @param maxMeters how many meters are kept, positive
	 */
	public StreamingMeterRegistry(Clock clock, int maxMeters) {
		super(clock);
		this.maxMeters = maxMeters;
		// Asked under the registry's lock, just before a meter is made.
		config().meterFilter(new RoomForMore());
		config().onMeterAdded((meter) -> this.meters.incrementAndGet());
		config().onMeterRemoved((meter) -> this.meters.decrementAndGet());
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
	 * Returns how often a meter was asked for that there was no room for.
	 * @return a count since the start
	 */
	public long refusedMeters() {
		return this.refused.sum();
	}

	private MeterStatistics statistics(Meter meter) {
		Meter.Id id = meter.getId();
		Map<String, String> tags = new LinkedHashMap<>();
		for (Tag tag : id.getTags()) {
			tags.put(tag.getKey(), tag.getValue());
		}
		return new MeterStatistics(id.getName(), tags, id.getType().name().toLowerCase(Locale.ROOT), id.getBaseUnit(),
				value(meter), distribution(meter));
	}

	private static @Nullable DistributionSnapshot distribution(Meter meter) {
		if (meter instanceof StreamingTimer timer) {
			return timer.distribution().snapshot();
		}
		return (meter instanceof StreamingSummary summary) ? summary.distribution().snapshot() : null;
	}

	private static @Nullable Double value(Meter meter) {
		Double value = meter.<@Nullable Double>match(Gauge::value, Counter::count, (timer) -> null, (summary) -> null,
				(tasks) -> (double) tasks.activeTasks(), Gauge::value, FunctionCounter::count, FunctionTimer::count,
				(other) -> null);
		return (value == null || value.isNaN() || value.isInfinite()) ? null : value;
	}

	@Override
	protected <T> Gauge newGauge(Meter.Id id, @Nullable T object, ToDoubleFunction<T> value) {
		return new DefaultGauge<>(id, object, value);
	}

	@Override
	protected Counter newCounter(Meter.Id id) {
		return new CumulativeCounter(id);
	}

	@Override
	protected Timer newTimer(Meter.Id id, DistributionStatisticConfig config, PauseDetector pauseDetector) {
		return new StreamingTimer(inNanoseconds(id), this.clock, pauseDetector);
	}

	@Override
	protected DistributionSummary newDistributionSummary(Meter.Id id, DistributionStatisticConfig config,
			double scale) {
		return new StreamingSummary(id, scale);
	}

	@Override
	protected LongTaskTimer newLongTaskTimer(Meter.Id id, DistributionStatisticConfig config) {
		return new DefaultLongTaskTimer(id, this.clock, getBaseTimeUnit(), config, false);
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
	 * Lets a meter in while there is room.
	 */
	private final class RoomForMore implements MeterFilter {

		@Override
		public MeterFilterReply accept(Meter.Id id) {
			StreamingMeterRegistry registry = StreamingMeterRegistry.this;
			if (registry.meters.get() < registry.maxMeters) {
				return MeterFilterReply.NEUTRAL;
			}
			registry.refused.increment();
			return MeterFilterReply.DENY;
		}

	}

}
