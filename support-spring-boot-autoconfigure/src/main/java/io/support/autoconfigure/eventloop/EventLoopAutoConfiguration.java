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

package io.support.autoconfigure.eventloop;

import java.time.Clock;

import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.client.ReactorClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer;
import org.springframework.boot.http.client.autoconfigure.reactive.ClientHttpConnectorBuilderCustomizer;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

import io.support.eventloop.EventLoopWatcher;

/**
 * {@link AutoConfiguration Auto-configuration} for the {@link EventLoopWatcher}: observes
 * the servers and clients on Reactor Netty, whatever their loops are, and publishes every
 * {@link io.support.eventloop.EventLoopStall} as an application event.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = { "support.enabled", "support.event-loop.enabled" }, matchIfMissing = true)
@ConditionalOnClass({ HttpServer.class, HttpClient.class, MeterBinder.class })
@EnableConfigurationProperties(EventLoopProperties.class)
public final class EventLoopAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	EventLoopWatcher supportEventLoopWatcher(EventLoopProperties properties, ApplicationEventPublisher publisher) {
		return new EventLoopWatcher(properties.toSettings(), System::nanoTime, Clock.systemUTC(),
				publisher::publishEvent);
	}

	@Bean
	MeterBinder supportEventLoopMeters(EventLoopWatcher watcher) {
		return watcher::bindTo;
	}

	/**
	 * The loops of the server.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(NettyServerCustomizer.class)
	static class ServerConfiguration {

		@Bean
		NettyServerCustomizer supportEventLoopServerCustomizer(EventLoopWatcher watcher) {
			return watcher::observe;
		}

	}

	/**
	 * The loops of the clients that Spring Boot builds.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ ReactorClientHttpConnectorBuilder.class, ClientHttpConnectorBuilderCustomizer.class })
	static class ClientConfiguration {

		@Bean
		ClientHttpConnectorBuilderCustomizer<ReactorClientHttpConnectorBuilder> supportEventLoopConnectorCustomizer(
				EventLoopWatcher watcher) {
			return (builder) -> builder.withHttpClientCustomizer(watcher::observe);
		}

		@Bean
		ClientHttpRequestFactoryBuilderCustomizer<ReactorClientHttpRequestFactoryBuilder> supportEventLoopRequestFactoryCustomizer(
				EventLoopWatcher watcher) {
			return (builder) -> builder.withHttpClientCustomizer(watcher::observe);
		}

	}

}
