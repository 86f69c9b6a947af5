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

package io.support.autoconfigure.stats;

import java.time.Duration;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.support.autoconfigure.context.ContextAutoConfiguration;
import io.support.context.ContextContributor;
import io.support.context.SupportContext;
import io.support.stats.MeterStatistics;
import io.support.stats.Sketches;
import io.support.stats.StatisticsSnapshot;
import io.support.stats.StreamingMeterRegistry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StatsAutoConfiguration} and {@link ContextAutoConfiguration}.
 */
class StatsAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ContextAutoConfiguration.class, StatsAutoConfiguration.class,
				MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
				PrometheusMetricsExportAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class));

	@Test
	void prometheusAndTheStatisticsSeeTheSameTimer() {
		this.runner.run((context) -> {
			assertThat(context.getBean(MeterRegistry.class)).isInstanceOf(CompositeMeterRegistry.class);
			context.getBean(MeterRegistry.class).timer("orders").record(Duration.ofMillis(5));
			assertThat(context.getBean(PrometheusMeterRegistry.class).scrape()).contains("orders_seconds_count 1");
			assertThat(context.getBean(StreamingMeterRegistry.class).statistics()).extracting(MeterStatistics::name)
				.contains("orders");
		});
	}

	@Test
	void contextShowsMetersAndSketches() {
		this.runner.run((context) -> {
			context.getBean(MeterRegistry.class).counter("orders").increment();
			context.getBean(Sketches.class).offer("clients", "127.0.0.1");
			StatisticsSnapshot snapshot = (StatisticsSnapshot) context.getBean(SupportContext.class)
				.snapshot("stats")
				.orElseThrow();
			assertThat(snapshot.meters()).extracting(MeterStatistics::name).contains("orders");
			assertThat(snapshot.sketches()).singleElement().satisfies((sketch) -> assertThat(sketch.total()).isOne());
		});
	}

	@Test
	void contributorOfTheUsersIsInTheContext() {
		this.runner.withUserConfiguration(OwnContributorConfiguration.class)
			.run((context) -> assertThat(context.getBean(SupportContext.class).snapshot("own")).contains("state"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "support.enabled", "support.stats.enabled" })
	void switchedOffLeavesPrometheusAlone(String property) {
		this.runner.withPropertyValues(property + "=false").run((context) -> {
			assertThat(context).hasSingleBean(MeterRegistry.class).doesNotHaveBean(Sketches.class);
			assertThat(context.getBean(MeterRegistry.class)).isInstanceOf(PrometheusMeterRegistry.class);
		});
	}

	@Test
	void boundIsConfigurable() {
		this.runner.withPropertyValues("support.stats.max-meters=3")
			.run((context) -> assertThat(context.getBean(StreamingMeterRegistry.class).maxMeters()).isEqualTo(3));
	}

	@Test
	void namesAreConfigurable() {
		this.runner.withPropertyValues("support.stats.include=orders*", "support.stats.exclude=*.open")
			.run((context) -> {
				for (String name : new String[] { "orders", "orders.open", "customers" }) {
					context.getBean(MeterRegistry.class).counter(name).increment();
				}
				assertThat(context.getBean(StreamingMeterRegistry.class).statistics()).extracting(MeterStatistics::name)
					.containsExactly("orders");
			});
	}

	@Test
	void namesAreThoseOfSketchesToo() {
		this.runner.withPropertyValues("support.stats.exclude=paths").run((context) -> {
			Sketches sketches = context.getBean(Sketches.class);
			sketches.offer("paths", "/");
			sketches.stream("paths").accept("/");
			sketches.stream("clients").accept("127.0.0.1");
			assertThat(sketches.snapshots()).singleElement().satisfies((sketch) -> {
				assertThat(sketch.name()).isEqualTo("clients");
				assertThat(sketch.total()).isOne();
			});
		});
	}

	@Test
	void blankNameIsNamed() {
		this.runner.withPropertyValues("support.stats.exclude[0]= ")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class,
						(failure) -> assertThat(failure.getName()).isEqualTo("support.stats.exclude")));
	}

	@Test
	void oneMeterIsShownInFull() {
		this.runner.run((context) -> {
			context.getBean(MeterRegistry.class).timer("orders").record(Duration.ofMillis(5));
			SupportContext support = context.getBean(SupportContext.class);
			assertThat(support.detail("stats", "orders").orElseThrow().toString()).contains("timer", "nanoseconds");
			assertThat(support.detail("stats", "customers")).isEmpty();
			assertThat(support.detail("nobody", "orders")).isEmpty();
		});
	}

	@Test
	void invalidBoundIsNamed() {
		this.runner.withPropertyValues("support.stats.max-meters=0")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class,
						(failure) -> assertThat(failure.getName()).isEqualTo("support.stats.max-meters")));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnContributorConfiguration {

		@Bean
		ContextContributor own() {
			return ContextContributor.of("own", () -> "state");
		}

	}

}
