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

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.ResourceLoader;
import org.springframework.http.client.ClientHttpRequestFactory;

import io.support.connection.ConnectionManager;

/**
 * {@link AutoConfiguration Auto-configuration} for {@code RestClient},
 * {@code RestTemplate} and HTTP interface clients that use the groups of the
 * {@link ConnectionManager} by name.
 * <p>
 * The last of all: what it makes of Spring Boot's builder is of another type, with which
 * the customizers of somebody else could do nothing.
 */
@AutoConfiguration(after = ConnectionsAutoConfiguration.class,
		afterName = "org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration")
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnClass({ ClientHttpRequestFactory.class, ClientHttpRequestFactoryBuilder.class,
		ClientHttpRequestFactoryBuilderCustomizer.class })
@ConditionalOnBooleanProperty(name = { "support.enabled", "support.connections.enabled" }, matchIfMissing = true)
@ConditionalOnBean(ConnectionManager.class)
public final class RestClientConnectionsAutoConfiguration {

	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	ClientHttpRequestFactoryBuilderCustomizer<ClientHttpRequestFactoryBuilder<?>> connectionsRequestFactoryBuilderCustomizer(
			ConnectionManager manager) {
		return (builder) -> GroupClientHttpRequestFactoryBuilder.of(manager, builder);
	}

	/*
	 * In a reactive web application Spring Boot has no builder among its beans, and takes
	 * what it detects.
	 */
	@Bean
	@ConditionalOnMissingBean
	ClientHttpRequestFactoryBuilder<?> connectionsRequestFactoryBuilder(ConnectionManager manager,
			ResourceLoader resources) {
		return GroupClientHttpRequestFactoryBuilder.of(manager,
				ClientHttpRequestFactoryBuilder.detect(resources.getClassLoader()));
	}

}
