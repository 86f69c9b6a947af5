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

package io.support.autoconfigure.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.support.autoconfigure.context.ContextAutoConfiguration;
import io.support.autoconfigure.dispatch.DispatchAutoConfiguration;
import io.support.context.SupportContext;
import io.support.dispatch.Dispatchers;
import io.support.event.Event;
import io.support.event.EventLog;
import io.support.event.Operations;
import io.support.eventloop.EventLoopStall;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EventsAutoConfiguration}.
 */
class EventsAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(AutoConfigurations
		.of(ContextAutoConfiguration.class, EventsAutoConfiguration.class, DispatchAutoConfiguration.class,
				MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
				SimpleMetricsExportAutoConfiguration.class, ObservationAutoConfiguration.class));

	@Test
	void callsAreEventsOnAPage() {
		this.runner.run((context) -> {
			context.getBean(Dispatchers.class).io().call(() -> "done");
			SupportContext support = context.getBean(SupportContext.class);
			Awaitility.await().until(() -> support.detail("events", "support.dispatch").isPresent());
			assertThat(support.snapshot("events")).isPresent();
		});
	}

	@Test
	void whatOthersObserveIsAnEvent() {
		this.runner.run((context) -> {
			Observation.start("tasks.scheduled.execution", context.getBean(ObservationRegistry.class)).stop();
			assertThat(context.getBean(EventLog.class).recent("tasks.scheduled.execution")).extracting(Event::outcome)
				.containsExactly("success");
		});
	}

	@Test
	void stallIsAnEvent() {
		this.runner.run((context) -> {
			StackTraceElement frame = new StackTraceElement("Shop", "sell", "Shop.java", 7);
			context.publishEvent(new EventLoopStall("loop-1", EventLoopStall.Kind.BLOCKED, 1_000, 1, frame, 1,
					List.of(frame), "GET /orders", Instant.parse("2026-01-01T00:00:00Z")));
			assertThat(context.getBean(EventLog.class).recent("support.stall")).singleElement()
				.satisfies((event) -> assertThat(event.attributes()).isEqualTo(Map.of("kind", "blocked", "loop",
						"loop-1", "request", "GET /orders", "frame", frame.toString())));
		});
	}

	@Test
	void operationsAreNotObservedForMetricsAlone() {
		this.runner.run((context) -> {
			operate(context);
			assertThat(context.getBean(MeterRegistry.class).getMeters()).extracting(Meter::getId)
				.extracting(Meter.Id::getName)
				.doesNotContain("support.connect", "support.connect.active");
			assertThat(context.getBean(EventLog.class).recent("support.connect")).hasSize(1);
		});
	}

	@Test
	void operationsAreObservedWhereAHandlerDoesMore() {
		this.runner.withUserConfiguration(Tracing.class).run((context) -> {
			operate(context);
			assertThat(context.getBean(Spans.class).names).containsExactly("support.connect");
			assertThat(context.getBean(EventLog.class).recent("support.connect")).hasSize(1);
			assertThat(context.getBean(MeterRegistry.class).find("support.connect").meters()).isEmpty();
			assertThat(context.getBean(MeterRegistry.class).find("support.connect.active").meters()).isEmpty();
		});
	}

	@Test
	void operationsAreObservedOnlyAsConfigured() {
		this.runner.withUserConfiguration(Tracing.class)
			.withPropertyValues("support.events.observations=never")
			.run((context) -> {
				operate(context);
				assertThat(context.getBean(Spans.class).names).isEmpty();
			});
		Spans own = new Spans();
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(own);
		this.runner.withBean(ObservationRegistry.class, () -> registry)
			.withPropertyValues("support.events.observations=always")
			.run((context) -> {
				operate(context);
				assertThat(own.names).containsExactly("support.connect");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "support.enabled", "support.events.enabled" })
	void switchedOffLeavesNothing(String property) {
		this.runner.withPropertyValues(property + "=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(EventLog.class)
				.doesNotHaveBean(Operations.class));
	}

	private static void operate(ApplicationContext context) {
		context.getBean(Operations.class).begin("support.connect", KeyValues.empty()).succeed();
	}

	/**
	 * Stands for tracing.
	 */
	static final class Spans implements ObservationHandler<Observation.Context> {

		private final List<String> names = new CopyOnWriteArrayList<>();

		@Override
		public void onStop(Observation.Context context) {
			this.names.add(String.valueOf(context.getName()));
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Tracing {

		@Bean
		Spans spans() {
			return new Spans();
		}

	}

}
