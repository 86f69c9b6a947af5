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

package io.support.autoconfigure.system;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.support.autoconfigure.context.ContextAutoConfiguration;
import io.support.autoconfigure.stats.StatsAutoConfiguration;
import io.support.context.SupportContext;
import io.support.system.SystemMonitor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SystemAutoConfiguration}.
 */
class SystemAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(AutoConfigurations
		.of(ContextAutoConfiguration.class, StatsAutoConfiguration.class, SystemAutoConfiguration.class,
				MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class));

	@Test
	void processIsLookedAtAndShown() {
		this.runner.run((context) -> {
			assertThat(context.getBean(SystemMonitor.class).isRunning()).isTrue();
			assertThat(context.getBean(SupportContext.class).snapshot("system").orElseThrow().toString())
				.contains("support.system.threads");
		});
	}

	@Test
	void threadsAndFilesNeedNoStatistics() {
		this.runner.withPropertyValues("support.stats.enabled=false")
			.run((context) -> assertThat(context.getBean(SupportContext.class).names())
				.contains("threads", "files", "tasks")
				.doesNotContain("warnings"));
		this.runner.withPropertyValues("support.system.enabled=false")
			.run((context) -> assertThat(context.getBean(SupportContext.class).names()).doesNotContain("threads",
					"files", "tasks", "warnings"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "support.enabled", "support.stats.enabled", "support.system.enabled" })
	void canBeSwitchedOff(String property) {
		this.runner.withPropertyValues(property + "=false")
			.run((context) -> assertThat(context).doesNotHaveBean(SystemMonitor.class));
	}

	@ParameterizedTest
	@CsvSource({ "interval, 5ms", "other-interval, 0s" })
	void intervalThatIsTooShortIsNamed(String property, String value) {
		this.runner.withPropertyValues("support.system." + property + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class,
						(failure) -> assertThat(failure.getName()).isEqualTo("support.system." + property)));
	}

}
