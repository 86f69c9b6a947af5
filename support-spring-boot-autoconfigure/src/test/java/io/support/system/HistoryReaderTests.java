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

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.support.stats.StreamingMeterRegistry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what {@link SystemMonitor} remembers, and the pages that it is on.
 */
class HistoryReaderTests {

	private final StreamingMeterRegistry registry = new StreamingMeterRegistry(
			io.micrometer.core.instrument.Clock.SYSTEM, 200);

	private final AtomicLong nanos = new AtomicLong(1);

	private final SystemMonitor monitor = new SystemMonitor(
			new SystemSettings(Duration.ofMillis(100), Duration.ofMinutes(1)), this.registry,
			new WarningsContributor(this.registry, Stream::empty, Long.MAX_VALUE, this.nanos::get), this.nanos::get,
			Clock.systemUTC());

	@Test
	void countersAreRatesOfTheLastSecond() {
		Counter admitted = this.registry.counter("support.admission.admitted");
		Counter refused = this.registry.counter("support.admission.refused", "reason", "delay", "priority", "normal");
		Counter others = this.registry.counter("support.admission.refused", "reason", "limit", "priority", "normal");
		admitted.increment(1000);
		second();
		admitted.increment(250);
		refused.increment(3);
		others.increment(4);
		second();
		assertThat(values("index", "requests", "served")).containsExactly(null, 250L);
		assertThat(values("index", "requests", "refused")).containsExactly(null, 7L);
		assertThat(values("admission", "refusedRequests", "delay")).containsExactly(null, 3L);
		assertThat(values("admission", "admitted", "admitted")).containsExactly(null, 250L);
	}

	@Test
	void countThatBeginsAnewIsNotNegative() {
		Counter admitted = this.registry.counter("support.admission.admitted");
		admitted.increment(1000);
		second();
		this.registry.reset();
		second();
		assertThat(values("index", "requests", "served")).containsExactly(null, 0L);
	}

	@Test
	void withoutAdmissionTheServersOwnTimersCount() {
		Timer timer = this.registry.timer("http.server.requests", "uri", "/a");
		second();
		timer.record(Duration.ofMillis(1));
		timer.record(Duration.ofMillis(1));
		second();
		assertThat(values("index", "requests", "served")).containsExactly(null, 2L);
	}

	@Test
	void timersAreThePercentilesOfTheLastSecond() {
		Timer delay = this.registry.timer("support.eventloop.delay", "loop", "one");
		delay.record(1, TimeUnit.SECONDS);
		second();
		for (int millis = 1; millis <= 100; millis++) {
			delay.record(millis, TimeUnit.MILLISECONDS);
		}
		second();
		second();
		assertThat(values("index", "loopDelay", "p99").get(1)).isNotNull()
			.satisfies((p99) -> assertThat(p99.doubleValue()).isBetween(98e6, 100e6));
		assertThat(values("eventloops", "loopDelay", "max").get(1)).isNotNull()
			.satisfies((max) -> assertThat(max.doubleValue()).isBetween(99e6, 101e6));
		assertThat(values("eventloops", "delayOfEachLoop", "one").get(2)).isNull();
	}

	@Test
	void gaugesAreWhatTheyAre() {
		AtomicInteger depth = new AtomicInteger(7);
		Gauge.builder("support.dispatch.depth", depth, AtomicInteger::get)
			.tag("dispatcher", "io")
			.register(this.registry);
		Gauge.builder("support.acceptor.queue.age.limit", () -> 0.5).register(this.registry);
		second();
		depth.set(9);
		second();
		assertThat(values("dispatch", "queueDepth", "io")).containsExactly(7L, 9L);
		assertThat(values("acceptor", "queueAge", "allowed")).containsExactly(500_000_000L, 500_000_000L);
	}

	@Test
	void processIsThereWithoutAnyMeter() {
		second();
		assertThat(values("index", "heap", "used")).singleElement().isInstanceOf(Long.class);
		assertThat(values("index", "load", "processors"))
			.containsExactly((long) Runtime.getRuntime().availableProcessors());
		assertThat(this.monitor.detail("nope")).isEmpty();
	}

	@Test
	void timesAreSpread() {
		Timer age = this.registry.timer("support.acceptor.queue.age");
		for (int i = 0; i < 99; i++) {
			age.record(1, TimeUnit.MILLISECONDS);
		}
		age.record(1, TimeUnit.SECONDS);
		age.record(0, TimeUnit.SECONDS);
		assertThat(part("acceptor", "queueAgeDistribution")).isInstanceOfSatisfying(Spread.class, (spread) -> {
			assertThat(spread.count()).isEqualTo(101);
			assertThat(spread.p50()).isBetween(0.99e6, 1.01e6);
			assertThat(spread.max()).isBetween(0.99e9, 1.01e9);
			assertThat(spread.buckets()).hasSize(3)
				.allSatisfy((bucket) -> assertThat(bucket.to()).isGreaterThanOrEqualTo(bucket.from()));
			assertThat(spread.buckets().get(1).from()).isLessThanOrEqualTo(1e6);
			assertThat(spread.buckets().get(1).to()).isGreaterThan(1e6);
			assertThat(spread.buckets().stream().mapToLong(Spread.Bucket::count)).containsExactly(1L, 99L, 1L);
		});
	}

	private void second() {
		this.monitor.remember();
		this.nanos.addAndGet(1_000_000_000);
	}

	private @Nullable Object part(String page, String name) {
		return ((Map<?, ?>) this.monitor.detail(page).orElseThrow()).get(name);
	}

	private List<@Nullable Number> values(String page, String chart, String line) {
		assertThat(part(page, chart)).isInstanceOf(Timeline.class);
		List<@Nullable Number> values = ((Timeline) part(page, chart)).lines().get(line);
		assertThat(values).as(line).isNotNull();
		return values;
	}

}
