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

package io.support.autoconfigure.logs;

import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.support.autoconfigure.context.ContextAutoConfiguration;
import io.support.context.SupportContext;
import io.support.logs.LogRecorder;
import io.support.logs.LogbackAppender;
import io.support.logs.LogsSnapshot;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LogsAutoConfiguration}.
 */
class LogsAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ContextAutoConfiguration.class, LogsAutoConfiguration.class));

	@Test
	void appenderIsThereAsLongAsTheApplication() {
		List<LogbackAppender> appenders = new ArrayList<>();
		this.runner.run((context) -> {
			appenders.add(context.getBean(LogbackAppender.class));
			assertThat(attached()).containsAll(appenders);
		});
		assertThat(attached()).doesNotContainAnyElementsOf(appenders);
	}

	@Test
	void levelAndSizeAreConfigured() {
		this.runner.withPropertyValues("support.logs.level=info", "support.logs.size=3").run((context) -> {
			for (int i = 0; i < 5; i++) {
				LoggerFactory.getLogger(LogsAutoConfigurationTests.class).info("{}", i);
			}
			LogsSnapshot snapshot = (LogsSnapshot) context.getBean(SupportContext.class).snapshot("logs").orElseThrow();
			assertThat(snapshot.level()).isEqualTo("INFO");
			assertThat(snapshot.events()).hasSize(3);
		});
	}

	@Test
	void withoutLogbackThePageSaysWhy() {
		this.runner.withClassLoader(new FilteredClassLoader(LoggerContext.class)).run((context) -> {
			assertThat(context).doesNotHaveBean(LogRecorder.class);
			LogsSnapshot snapshot = (LogsSnapshot) context.getBean(SupportContext.class).snapshot("logs").orElseThrow();
			assertThat(snapshot.unavailable()).startsWith("Events are kept with Logback only");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "support.enabled", "support.logs.enabled" })
	void canBeSwitchedOff(String property) {
		this.runner.withPropertyValues(property + "=false").run((context) -> {
			assertThat(context).doesNotHaveBean(LogRecorder.class).doesNotHaveBean(LogbackAppender.class);
			assertThat(context).doesNotHaveBean("supportLogsContributor");
		});
	}

	@ParameterizedTest
	@CsvSource({ "size, 0", "size, 10001", "level, off" })
	void wrongValueIsNamed(String property, String value) {
		this.runner.withPropertyValues("support.logs." + property + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class,
						(failure) -> assertThat(failure.getName()).isEqualTo("support.logs." + property)));
	}

	private static List<Appender<ILoggingEvent>> attached() {
		List<Appender<ILoggingEvent>> attached = new ArrayList<>();
		((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME)
			.iteratorForAppenders()
			.forEachRemaining(attached::add);
		return attached;
	}

}
