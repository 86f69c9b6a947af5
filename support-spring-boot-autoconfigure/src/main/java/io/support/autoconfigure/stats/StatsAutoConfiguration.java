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

import com.clearspring.analytics.stream.cardinality.HyperLogLogPlus;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.support.autoconfigure.context.ContextAutoConfiguration;
import io.support.context.ContextContributor;
import io.support.stats.Sketches;
import io.support.stats.StateMachines;
import io.support.stats.StatisticsContributor;
import io.support.stats.StreamingMeterRegistry;

/**
 * {@link AutoConfiguration Auto-configuration} for the {@link StreamingMeterRegistry} and
 * the {@link Sketches}. With another registry beside it, Spring Boot puts both into a
 * composite, which is what the application gets.
 */
@AutoConfiguration(after = ContextAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
		beforeName = {
				"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
				"org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration" })
@ConditionalOnBooleanProperty(name = { "support.enabled", "support.stats.enabled" }, matchIfMissing = true)
@EnableConfigurationProperties(StatsProperties.class)
public final class StatsAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(HyperLogLogPlus.class)
	static class SketchesConfiguration {

		@Bean
		@ConditionalOnMissingBean
		Sketches supportSketches(StatsProperties properties) {
			return new Sketches(properties.names());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ MeterRegistry.class, HyperLogLogPlus.class })
	@ConditionalOnBean(Clock.class)
	static class StreamingConfiguration {

		@Bean
		@ConditionalOnMissingBean
		StreamingMeterRegistry supportStreamingMeterRegistry(Clock clock, StatsProperties properties) {
			return new StreamingMeterRegistry(clock, properties.checkedMaxMeters(), properties.names());
		}

		@Bean
		@ConditionalOnMissingBean
		StateMachines supportStateMachines(Clock clock) {
			return new StateMachines(clock);
		}

		@Bean
		MeterBinder supportStateMeters(StateMachines machines) {
			return machines::bindTo;
		}

		@Bean
		ContextContributor supportStatistics(StreamingMeterRegistry registry, Sketches sketches) {
			return new StatisticsContributor(registry, sketches);
		}

	}

}
