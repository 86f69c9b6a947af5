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

package io.support.autoconfigure.connection;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import io.support.connection.AddressSource;
import io.support.connection.ConnectionManager;
import io.support.connection.ConnectionResources;
import io.support.connection.GroupSettings;
import io.support.connection.TlsBundles;
import io.support.connection.client.DiscoveryAddressSource;
import io.support.connection.client.GroupClientHttpConnector;
import io.support.connection.traffic.RecentTraffic;
import io.support.event.Operations;
import io.support.stats.Sketches;
import io.support.stats.StateMachines;

/**
 * {@link AutoConfiguration Auto-configuration} for the {@link ConnectionManager}, and for
 * {@link WebClient}s that use its groups by name.
 */
@AutoConfiguration(afterName = {
		"org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration",
		"org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration",
		"org.springframework.cloud.client.discovery.composite.CompositeDiscoveryClientAutoConfiguration",
		"org.springframework.cloud.client.discovery.composite.reactive.ReactiveCompositeDiscoveryClientAutoConfiguration" })
@ConditionalOnClass({ HttpClient.class, CircuitBreakerRegistry.class, MeterRegistry.class })
@ConditionalOnBooleanProperty(name = { "support.enabled", "support.connections.enabled" }, matchIfMissing = true)
@EnableConfigurationProperties(ConnectionsProperties.class)
public final class ConnectionsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	AddressSourceBeans addressSourceBeans(ListableBeanFactory beans) {
		return new AddressSourceBeans(beans);
	}

	@Bean
	@ConditionalOnMissingBean
	ConnectionManager connectionManager(ConnectionsProperties properties,
			ObjectProvider<ConnectionHttpClients> httpClients, ObjectProvider<CircuitBreakerRegistry> circuitBreakers,
			ObjectProvider<MeterRegistry> meters, ObjectProvider<Operations> operations,
			ObjectProvider<StateMachines> machines, ObjectProvider<Sketches> sketches,
			ObjectProvider<RecentTraffic> traffic, AddressSourceBeans beans, ObjectProvider<SslBundles> bundles,
			ObjectProvider<TlsBundles> tls) {
		List<AddressSource> sources = beans.sources();
		TlsBundles ofGroups = tls.getIfAvailable(() -> new BootTlsBundles(bundles.getIfAvailable(), null));
		GroupSettingsFactory settings = new GroupSettingsFactory(properties, !sources.isEmpty(),
				(ofGroups instanceof BootTlsBundles boot) ? boot.names() : null);
		List<GroupSettings> groups = settings.groups();
		RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
		Function<ConnectionProvider, HttpClient> clients = httpClients
			.getIfAvailable(() -> (provider) -> HttpClient.create(provider).compress(true))::create;
		return new ConnectionManager(groups, settings.aliases(),
				new ConnectionResources(clients, circuitBreakers.getIfAvailable(CircuitBreakerRegistry::ofDefaults),
						meters.getIfAvailable(CompositeMeterRegistry::new), operations.getIfAvailable(Operations::none),
						sketches.getIfAvailable(Sketches::none).stream("peers"),
						machines.getIfAvailable(StateMachines::new), ofGroups, settings.maxConnections(),
						traffic.getIfAvailable(), random, System::nanoTime),
				new AddressSourcesFactory(properties).create(sources, settings.withServices()));
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ ClientHttpConnectorBuilder.class, ReactorResourceFactory.class })
	static class BootHttpClientConfiguration {

		@Bean
		@ConditionalOnMissingBean
		ConnectionHttpClients connectionHttpClients(ObjectProvider<ClientHttpConnectorBuilder<?>> builders,
				ObjectProvider<HttpClientSettings> settings, ObjectProvider<ReactorResourceFactory> resources) {
			return new BootConnectionHttpClients(builders, settings, resources);
		}

		@Bean
		@ConditionalOnMissingBean
		TlsBundles connectionTlsBundles(ObjectProvider<SslBundles> bundles,
				ObjectProvider<HttpClientSettings> settings) {
			return new BootTlsBundles(bundles.getIfAvailable(),
					settings.getIfAvailable(HttpClientSettings::defaults).sslBundle());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(DiscoveryClient.class)
	@ConditionalOnBooleanProperty(name = "support.connections.discovery.enabled", matchIfMissing = true)
	static class DiscoveryConfiguration {

		/*
		 * After the application's own sources. Where there are both clients, they know
		 * the same, and this one needs no thread.
		 */
		@Bean
		@Order(Ordered.LOWEST_PRECEDENCE)
		@ConditionalOnMissingBean
		@ConditionalOnBean(ReactiveDiscoveryClient.class)
		DiscoveryAddressSource reactiveDiscoveryAddressSource(ConnectionsProperties properties,
				ObjectProvider<ReactiveDiscoveryClient> client) {
			return DiscoveryAddressSource.reactive(SingletonSupplier.of(client::getObject)::obtain,
					new AddressSourcesFactory(properties).refreshInterval());
		}

		@Bean
		@Order(Ordered.LOWEST_PRECEDENCE)
		@ConditionalOnMissingBean
		@ConditionalOnBean(DiscoveryClient.class)
		DiscoveryAddressSource discoveryAddressSource(ConnectionsProperties properties,
				ObjectProvider<DiscoveryClient> client) {
			return DiscoveryAddressSource.blocking(SingletonSupplier.of(client::getObject)::obtain,
					new AddressSourcesFactory(properties).refreshInterval());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ WebClient.class, WebClientCustomizer.class })
	static class WebClientConfiguration {

		/*
		 * After Spring Boot's own customizer, which sets the connector for all other
		 * hosts, and before the application's, which may set another one.
		 */
		@Bean
		@Lazy
		@Order(1)
		@ConditionalOnBean(ClientHttpConnector.class)
		WebClientCustomizer connectionsWebClientCustomizer(ConnectionManager manager, ClientHttpConnector connector) {
			GroupClientHttpConnector groups = new GroupClientHttpConnector(manager, connector);
			return (builder) -> builder.clientConnector(groups);
		}

	}

}
