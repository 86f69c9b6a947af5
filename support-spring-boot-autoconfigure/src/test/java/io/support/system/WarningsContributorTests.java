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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.support.context.WarningSource;
import io.support.context.WarningSource.Found;
import io.support.context.WarningSource.Severity;
import io.support.stats.StateMachineStats;
import io.support.stats.StateMachines;
import io.support.stats.StreamingMeterRegistry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WarningsContributor}.
 */
class WarningsContributorTests {

	private final StreamingMeterRegistry registry = new StreamingMeterRegistry(Clock.SYSTEM, 100);

	private final AtomicLong nanos = new AtomicLong(1);

	private final List<WarningSource> sources = new CopyOnWriteArrayList<>();

	private final WarningsContributor warnings = new WarningsContributor(this.registry, this.sources::stream, 1000,
			this.nanos::get);

	@Test
	void whatIsCountedIsTroubleForAMinute() {
		Counter refused = this.registry.counter("support.acceptor.refused", "reason", "queue-age");
		refused.increment(5);
		this.warnings.observe();
		assertThat(warnings()).isEmpty();
		refused.increment(3);
		assertThat(warnings()).singleElement().satisfies((warning) -> {
			assertThat(warning.severity()).isEqualTo("warning");
			assertThat(warning.where()).isEqualTo(Map.of("reason", "queue-age"));
			assertThat(warning.amount()).isEqualTo(3);
			assertThat(warning.see()).isEqualTo("acceptor");
			assertThat(warning.action()).isNotEmpty();
		});
		// Ten seconds at a time, as it is observed.
		for (int i = 1; i <= 6; i++) {
			this.nanos.addAndGet(WarningsContributor.INTERVAL_NANOS);
			this.warnings.observe();
			assertThat(warnings()).hasSize(1);
		}
		this.nanos.addAndGet(WarningsContributor.INTERVAL_NANOS);
		this.warnings.observe();
		assertThat(warnings()).isEmpty();
	}

	@Test
	void whatComesUpLaterIsCountedFromZero() {
		this.warnings.observe();
		this.registry.counter("support.dispatch.timeouts", "method", "Orders.load").increment(2);
		assertThat(warnings()).singleElement().satisfies((warning) -> assertThat(warning.amount()).isEqualTo(2));
	}

	@Test
	void countersThatBeginAnewAreNoTrouble() {
		Counter stalls = this.registry.counter("support.eventloop.stalls", "kind", "blocked");
		stalls.increment(5);
		this.warnings.observe();
		this.registry.reset();
		assertThat(warnings()).isEmpty();
	}

	@Test
	void whatIsThereNowIsTroubleAsLongAsItIsThere() {
		StateMachines machines = new StateMachines();
		machines.bindTo(this.registry);
		machines.create("door", Health.class).begin(Health.DOWN);
		StateMachineStats<Health> orders = machines.create("group.orders", Health.class);
		orders.begin(Health.UP);
		StateMachineStats.Followed<Health> address = orders.begin(Health.UP);
		assertThat(warnings()).isEmpty();
		address.to(Health.DOWN);
		assertThat(warnings()).singleElement().satisfies((warning) -> {
			assertThat(warning.where()).containsEntry("machine", "group.orders");
			assertThat(warning.amount()).isEqualTo(1);
		});
		address.to(Health.UP);
		assertThat(warnings()).isEmpty();
	}

	@Test
	void whatIsNearItsLimitIsTrouble() {
		AtomicInteger open = gauge("support.connections.open");
		gauge("support.connections.limit").set(100);
		open.set(90);
		assertThat(warnings()).isEmpty();
		open.set(91);
		assertThat(warnings()).singleElement().satisfies((warning) -> assertThat(warning.amount()).isEqualTo(91));
	}

	@Test
	void theWorstComesFirst() {
		this.warnings.observe();
		this.registry.counter("support.meta.refused").increment();
		this.registry.counter("support.acceptor.refused").increment();
		this.registry.counter("support.acceptor.pauses").increment();
		assertThat(warnings()).extracting(WarningsContributor.Warning::severity)
			.containsExactly("critical", "warning", "info");
	}

	@Test
	void whatSourcesFindIsAmongTheOthersByItsSeverity() {
		this.warnings.observe();
		this.registry.counter("support.acceptor.refused").increment();
		this.sources.add((found) -> {
			found.accept(found(Severity.INFO, "good to know"));
			found.accept(found(Severity.CRITICAL, "on fire"));
		});
		assertThat(warnings()).extracting(WarningsContributor.Warning::what)
			.containsExactly("on fire", "Connections were refused", "good to know");
		assertThat(warnings()).element(0).satisfies((warning) -> {
			assertThat(warning.severity()).isEqualTo("critical");
			assertThat(warning.where()).isEqualTo(Map.of("group", "pay"));
			assertThat(warning.amount()).isNull();
			assertThat(warning.action()).isEqualTo("do something");
			assertThat(warning.see()).isEqualTo("orders");
			assertThat(warning.source()).isEqualTo("support.something");
		});
	}

	@Test
	void sourceThatFailsLeavesTheOthers() {
		this.sources.add((found) -> {
			throw new IllegalStateException("no");
		});
		this.sources.add((found) -> found.accept(found(Severity.WARNING, "still seen")));
		assertThat(warnings()).extracting(WarningsContributor.Warning::what)
			.containsExactly("still seen", "A source of warnings failed: java.lang.IllegalStateException: no");
	}

	@Test
	void heapThatGrowsIsTrouble() {
		AtomicInteger collected = gauge("support.system.heap.collected");
		for (int minute = 0; minute < 30; minute++) {
			collected.set(600 + 10 * minute);
			this.warnings.observe();
			this.nanos.addAndGet(HeapTrend.WINDOW_NANOS);
		}
		assertThat(warnings()).singleElement()
			.satisfies((warning) -> assertThat(warning.what()).contains("What is left of the heap"));
	}

	private static Found found(Severity severity, String what) {
		return new Found(severity, what, Map.of("group", "pay"), null, "do something", "orders", "support.something");
	}

	@ParameterizedTest
	@EnumSource
	void meterOfEveryRuleIsThere(WarningRule rule) throws IOException {
		String meters = Files.readString(Path.of("..", "docs", "meters.md"));
		assertThat(meters).contains("| `" + rule.meter() + "`<br>");
		if (rule.limit() != null) {
			assertThat(meters).contains("| `" + rule.limit() + "`<br>");
		}
	}

	private AtomicInteger gauge(String name, String... tags) {
		AtomicInteger value = new AtomicInteger();
		Gauge.builder(name, value, AtomicInteger::get).tags(tags).strongReference(true).register(this.registry);
		return value;
	}

	private List<WarningsContributor.Warning> warnings() {
		return this.warnings.snapshot().warnings();
	}

	private enum Health {

		UP, DOWN

	}

}
