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

import ch.qos.logback.classic.LoggerContext;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

import io.support.autoconfigure.context.ContextAutoConfiguration;
import io.support.autoconfigure.context.PropertyMask;
import io.support.context.EndpointPaths;
import io.support.logs.LogRecorder;
import io.support.logs.LogbackAppender;
import io.support.logs.LogsContributor;
import io.support.logs.LogsMeterBinder;

/**
 * {@link AutoConfiguration Auto-configuration} for the page about the log, and what keeps
 * the last events with Logback.
 */
@AutoConfiguration(after = ContextAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = { "support.enabled", "support.logs.enabled" }, matchIfMissing = true)
@EnableConfigurationProperties(LogsProperties.class)
public final class LogsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	LogsContributor supportLogsContributor(ObjectProvider<LogRecorder> recorders, ObjectProvider<LoggingSystem> logging,
			ObjectProvider<PropertyMask> masks, ObjectProvider<EndpointPaths> endpoints) {
		LogRecorder recorder = recorders.getIfAvailable();
		LoggingSystem system = logging.getIfAvailable();
		PropertyMask mask = masks.getIfAvailable(PropertyMask::withoutRule);
		return new LogsContributor(recorder, (recorder != null) ? null : unavailable(system), system, mask::text,
				() -> {
					EndpointPaths paths = endpoints.getIfAvailable();
					return (paths != null) ? paths.paths().get("loggers") : null;
				});
	}

	private static String unavailable(@Nullable LoggingSystem system) {
		return "Events are kept with Logback only; this application logs with "
				+ ((system != null) ? system.getClass().getSimpleName() : "something else");
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(LoggerContext.class)
	@Conditional(OnLogback.class)
	static class WithLogback {

		@Bean
		@ConditionalOnMissingBean
		LogRecorder supportLogRecorder(LogsProperties properties) {
			return new LogRecorder(properties.toSettings());
		}

		@Bean
		@ConditionalOnMissingBean
		LogbackAppender supportLogbackAppender(LogRecorder recorder) {
			return new LogbackAppender(recorder);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ MeterBinder.class, LoggerContext.class })
	@Conditional(OnLogback.class)
	static class Meters {

		@Bean
		@ConditionalOnMissingBean
		LogsMeterBinder supportLogsMeterBinder(LogRecorder recorder) {
			return new LogsMeterBinder(recorder);
		}

	}

}
