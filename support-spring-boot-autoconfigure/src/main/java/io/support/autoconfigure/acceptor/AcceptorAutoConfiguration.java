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

package io.support.autoconfigure.acceptor;

import io.micrometer.core.instrument.binder.MeterBinder;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.reactor.netty.autoconfigure.ReactorNettyProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.http.server.HttpServer;

import io.support.acceptor.Acceptor;
import io.support.acceptor.ServerConnections;
import io.support.event.Operations;
import io.support.overload.Pressure;
import io.support.stats.Sketches;

/**
 * {@link AutoConfiguration Auto-configuration} for the {@link Acceptor} of a reactive
 * application on Reactor Netty. Backs off before a {@link ReactorResourceFactory} of the
 * user's, because the accept queue stands between event loops of its own.
 */
@AutoConfiguration(
		beforeName = { "org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration",
				"org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration" })
@ConditionalOnBooleanProperty(name = { "support.enabled", "support.acceptor.enabled" }, matchIfMissing = true)
public final class AcceptorAutoConfiguration {

	/**
	 * The acceptor in front of Reactor Netty.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ HttpServer.class, MeterBinder.class, NettyServerCustomizer.class })
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
	@ConditionalOnMissingBean(ReactorResourceFactory.class)
	@EnableConfigurationProperties({ AcceptorProperties.class, ReactorNettyProperties.class })
	@Import({ ServerConnectionsConfiguration.class, PressureConfiguration.class })
	static class ReactorNettyConfiguration {

		@Bean
		DescriptorCheck supportDescriptorCheck(AcceptorProperties properties) {
			return new DescriptorCheck(properties.getMaxConnections() + properties.getQueueCapacity(),
					DescriptorCheck.limitOfThisProcess());
		}

		@Bean
		@ConditionalOnMissingBean
		Acceptor supportAcceptor(AcceptorProperties properties, ServerConnections connections, Pressure pressure,
				ObjectProvider<Sketches> sketches, ObjectProvider<Operations> operations) {
			return Acceptor.create(properties.toSettings(), connections, pressure,
					sketches.getIfAvailable(Sketches::none), operations.getIfAvailable(Operations::none),
					System::nanoTime);
		}

		@Bean
		ReactorResourceFactory reactorResourceFactory(Acceptor acceptor, ReactorNettyProperties properties) {
			ReactorResourceFactory factory = new ReactorResourceFactory();
			factory.setUseGlobalResources(false);
			// A supplier rather than the resources: the factory disposes only what it
			// made.
			factory.setLoopResourcesSupplier(acceptor::loopResources);
			if (properties.getShutdownQuietPeriod() != null) {
				factory.setShutdownQuietPeriod(properties.getShutdownQuietPeriod());
			}
			return factory;
		}

		@Bean
		NettyServerCustomizer supportAcceptorCustomizer(Acceptor acceptor, AcceptorProperties properties) {
			return (server) -> {
				properties.checkAgainst(server);
				return acceptor.guard(server);
			};
		}

		@Bean
		MeterBinder supportAcceptorMeters(Acceptor acceptor) {
			return acceptor::bindTo;
		}

	}

	/**
	 * Says that there is no acceptor here.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	static class ServletConfiguration {

		ServletConfiguration() {
			LoggerFactory.getLogger(AcceptorAutoConfiguration.class)
				.info("No bounded accept queue: it needs a reactive application on Reactor Netty, "
						+ "and this one runs on a servlet container");
		}

	}

}
