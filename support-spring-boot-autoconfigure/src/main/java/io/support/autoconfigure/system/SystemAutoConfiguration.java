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

import java.time.Clock;
import java.util.List;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.netty.util.internal.PlatformDependent;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

import io.support.autoconfigure.acceptor.AcceptorProperties;
import io.support.autoconfigure.stats.StatsAutoConfiguration;
import io.support.context.SocketOwner;
import io.support.context.TaskSource;
import io.support.context.WarningSource;
import io.support.stats.StreamingMeterRegistry;
import io.support.system.FilesContributor;
import io.support.system.SystemMonitor;
import io.support.system.TasksContributor;
import io.support.system.ThreadsContributor;
import io.support.system.WarningsContributor;

/**
 * {@link AutoConfiguration Auto-configuration} for what is known of the process: the
 * {@link SystemMonitor} with the warnings, where there are statistics, and what its
 * threads, its open files and its tasks in flight are.
 */
@AutoConfiguration(after = StatsAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = { "support.enabled", "support.system.enabled" }, matchIfMissing = true)
public final class SystemAutoConfiguration {

	private static final List<String> SECURITY_CHAINS = List.of("org.springframework.security.web.SecurityFilterChain",
			"org.springframework.security.web.server.SecurityWebFilterChain");

	@Bean
	FilesContributor supportFilesContributor(ObjectProvider<SocketOwner> owners) {
		return new FilesContributor(owners::orderedStream, System::nanoTime);
	}

	@Bean
	ThreadsContributor supportThreadsContributor(ObjectProvider<TaskSource> sources) {
		return new ThreadsContributor(sources::orderedStream);
	}

	@Bean
	TasksContributor supportTasksContributor(ObjectProvider<TaskSource> sources) {
		return new TasksContributor(sources::orderedStream);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(WebServerInitializedEvent.class)
	static class Servers {

		@Bean
		ServerPorts supportServerPorts() {
			return new ServerPorts();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ MeterBinder.class, PlatformDependent.class })
	@ConditionalOnBean(StreamingMeterRegistry.class)
	@EnableConfigurationProperties(SystemProperties.class)
	static class Monitor {

		@Bean
		@ConditionalOnMissingBean
		SystemMonitor supportSystemMonitor(SystemProperties properties, StreamingMeterRegistry registry,
				WarningsContributor warnings) {
			return new SystemMonitor(properties.toSettings(), registry, warnings, System::nanoTime, Clock.systemUTC());
		}

		@Bean
		@ConditionalOnMissingBean
		WarningsContributor supportWarningsContributor(StreamingMeterRegistry registry,
				ObjectProvider<WarningSource> sources) {
			return new WarningsContributor(registry, sources::orderedStream, Runtime.getRuntime().maxMemory(),
					System::nanoTime);
		}

		@Bean
		ConfigurationWarnings supportConfigurationWarnings(Environment environment,
				ObjectProvider<AcceptorProperties> acceptor, ListableBeanFactory beans) {
			AcceptorProperties properties = acceptor.getIfAvailable();
			int incoming = (properties != null) ? properties.getMaxConnections() + properties.getQueueCapacity() : 0;
			return new ConfigurationWarnings(environment, Platform.ofThisProcess(), incoming,
					SECURITY_CHAINS.stream().anyMatch((chain) -> isThere(chain, beans)));
		}

		private static boolean isThere(String type, ListableBeanFactory beans) {
			ClassLoader loader = SystemAutoConfiguration.class.getClassLoader();
			return ClassUtils.isPresent(type, loader)
					&& beans.getBeanNamesForType(ClassUtils.resolveClassName(type, loader), true, false).length > 0;
		}

		@Bean
		MeterBinder supportSystemMeters(SystemMonitor monitor) {
			return monitor::bindTo;
		}

	}

}
