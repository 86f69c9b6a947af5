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

package io.support.autoconfigure.worker;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import jakarta.servlet.Filter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import reactor.netty.http.server.HttpServer;

import io.support.acceptor.ServerConnections;
import io.support.autoconfigure.acceptor.ServerConnectionsConfiguration;
import io.support.event.Operations;
import io.support.stats.StateMachines;
import io.support.worker.Drain;
import io.support.worker.DrainFilter;
import io.support.worker.DrainLifecycle;
import io.support.worker.ExitOnMemoryLimit;
import io.support.worker.MemoryWatch;
import io.support.worker.ResidentSize;
import io.support.worker.WorkerContributor;
import io.support.worker.WorkerSettings;

/**
 * {@link AutoConfiguration Auto-configuration} for the drain and the memory watch of a
 * web application.
 */
@AutoConfiguration(
		beforeName = "org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration",
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnBooleanProperty(name = { "support.enabled", "support.worker.enabled" }, matchIfMissing = true)
@ConditionalOnClass({ HttpServer.class, MeterRegistry.class, NettyServerCustomizer.class })
@ConditionalOnWebApplication
@EnableConfigurationProperties(WorkerProperties.class)
@Import(ServerConnectionsConfiguration.class)
public final class WorkerAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	WorkerSettings supportWorkerSettings(WorkerProperties properties) {
		return properties.toSettings();
	}

	@Bean
	@ConditionalOnMissingBean
	Drain supportDrain(ServerConnections connections, WorkerSettings settings, ObjectProvider<StateMachines> machines) {
		return new Drain(connections, settings,
				machines.getIfAvailable(StateMachines::new).create("worker", Drain.State.class), System::nanoTime);
	}

	@Bean
	@ConditionalOnMissingBean
	DrainLifecycle supportDrainLifecycle(Drain drain, ObjectProvider<MeterRegistry> registry,
			ObjectProvider<Operations> operations) {
		return new DrainLifecycle(drain, registry.getIfAvailable(CompositeMeterRegistry::new),
				operations.getIfAvailable(Operations::none));
	}

	@Bean
	NettyServerCustomizer supportDrainCustomizer(Drain drain) {
		return drain::watch;
	}

	@Bean
	@ConditionalOnMissingBean
	ResidentSize supportResidentSize() {
		return ResidentSize.ofThisProcess();
	}

	@Bean
	@ConditionalOnMissingBean
	MemoryWatch supportMemoryWatch(ResidentSize size, WorkerSettings settings, ApplicationContext context) {
		return new MemoryWatch(size, settings, new ExitOnMemoryLimit(context));
	}

	@Bean
	@ConditionalOnMissingBean
	WorkerContributor supportWorkerContributor(WorkerSettings settings, Drain drain, MemoryWatch memory,
			ServerConnections connections) {
		return new WorkerContributor(settings, drain, memory, connections);
	}

	@Bean
	MeterBinder supportWorkerMeters(WorkerContributor contributor) {
		return contributor::bindTo;
	}

	/**
	 * The part of the drain that a servlet container needs.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(Filter.class)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	static class ServletConfiguration {

		@Bean
		DrainFilter supportDrainFilter(Drain drain) {
			return new DrainFilter(drain);
		}

	}

}
