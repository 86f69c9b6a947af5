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

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.docs.MeterDocumentation;
import org.jspecify.annotations.Nullable;

/**
 * A meter with all that is said about it in one place: what registers it, what Prometheus
 * shows as help, and the table in the documentation come from here. Implemented by one
 * enum for each capability.
 */
public interface DescribedMeter extends MeterDocumentation {

	/**
	 * Returns what is said about the meter.
	 * @return always the same
	 */
	Description description();

	@Override
	default String getName() {
		return description().name();
	}

	@Override
	default Meter.Type getType() {
		return description().type();
	}

	@Override
	default @Nullable String getBaseUnit() {
		return description().baseUnit();
	}

	@Override
	default KeyName[] getKeyNames() {
		return description().tags().toArray(KeyName[]::new);
	}

	/**
	 * Begins a counter.
	 * @return the counter, without its tags
	 */
	default Counter.Builder counter() {
		return Counter.builder(getName()).description(description().text()).baseUnit(getBaseUnit());
	}

	/**
	 * Begins a counter of what is counted elsewhere.
	 * @param count where it is counted; held weakly
	 * @return the counter, without its tags
	 */
	default FunctionCounter.Builder<LongAdder> counter(LongAdder count) {
		return counter(count, LongAdder::sum);
	}

	/**
	 * Begins a counter of what is counted elsewhere.
	 * @param state where it is counted; held weakly
	 * @param count reads it
	 * @param <T> its type
	 * @return the counter, without its tags
	 */
	default <T> FunctionCounter.Builder<T> counter(T state, ToDoubleFunction<T> count) {
		return FunctionCounter.builder(getName(), state, count)
			.description(description().text())
			.baseUnit(getBaseUnit());
	}

	/**
	 * Begins a summary.
	 * @return the summary, without its tags
	 */
	default DistributionSummary.Builder summary() {
		return DistributionSummary.builder(getName()).description(description().text()).baseUnit(getBaseUnit());
	}

	/**
	 * Begins a timer.
	 * @return the timer, without its tags
	 */
	default Timer.Builder timer() {
		return Timer.builder(getName()).description(description().text());
	}

	/**
	 * Begins a timer of what is timed elsewhere, in nanoseconds.
	 * @param state where it is timed; held weakly
	 * @param count reads how many times there are
	 * @param total reads their sum
	 * @param <T> its type
	 * @return the timer, without its tags
	 */
	default <T> FunctionTimer.Builder<T> timer(T state, ToLongFunction<T> count, ToDoubleFunction<T> total) {
		return FunctionTimer.builder(getName(), state, count, total, TimeUnit.NANOSECONDS)
			.description(description().text());
	}

	/**
	 * Begins a gauge.
	 * @param state what is measured; held weakly
	 * @param value measures it
	 * @param <T> its type
	 * @return the gauge, without its tags
	 */
	default <T> Gauge.Builder<T> gauge(T state, ToDoubleFunction<T> value) {
		return Gauge.builder(getName(), state, value).description(description().text()).baseUnit(getBaseUnit());
	}

	/**
	 * What is said about a meter.
	 *
	 * @param name its name, such as {@code support.acceptor.refused}
	 * @param type its type
	 * @param baseUnit what it counts, in the plural; {@code null} for timers
	 * @param text what it means, in a sentence without its full stop
	 * @param tags the keys of its tags
	 */
	record Description(String name, Meter.Type type, @Nullable String baseUnit, String text, List<KeyName> tags) {

		/**
		 * Describes a counter.
		 * @param name its name
		 * @param baseUnit what it counts, in the plural
		 * @param text what it means
		 * @param tags the keys of its tags
		 * @return the description
		 */
		public static Description counter(String name, String baseUnit, String text, KeyName... tags) {
			return new Description(name, Meter.Type.COUNTER, baseUnit, text, List.of(tags));
		}

		/**
		 * Describes a gauge.
		 * @param name its name
		 * @param baseUnit what it measures, in the plural
		 * @param text what it means
		 * @param tags the keys of its tags
		 * @return the description
		 */
		public static Description gauge(String name, String baseUnit, String text, KeyName... tags) {
			return new Description(name, Meter.Type.GAUGE, baseUnit, text, List.of(tags));
		}

		/**
		 * Describes a summary.
		 * @param name its name
		 * @param baseUnit what it measures, in the plural; {@code null} where that
		 * differs
		 * @param text what it means
		 * @param tags the keys of its tags
		 * @return the description
		 */
		public static Description summary(String name, @Nullable String baseUnit, String text, KeyName... tags) {
			return new Description(name, Meter.Type.DISTRIBUTION_SUMMARY, baseUnit, text, List.of(tags));
		}

		/**
		 * Describes a timer.
		 * @param name its name
		 * @param text what it means
		 * @param tags the keys of its tags
		 * @return the description
		 */
		public static Description timer(String name, String text, KeyName... tags) {
			return new Description(name, Meter.Type.TIMER, null, text, List.of(tags));
		}

	}

}
