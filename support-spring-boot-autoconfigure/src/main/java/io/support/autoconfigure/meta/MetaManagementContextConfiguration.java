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

package io.support.autoconfigure.meta;

import java.time.Duration;
import java.util.stream.Stream;

import org.apache.coyote.ProtocolHandler;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnThreading;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.thread.Threading;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

import io.support.meta.endpoint.PageHeaders;
import io.support.meta.endpoint.PageHeadersFilter;
import io.support.meta.endpoint.PageHeadersWebFilter;
import io.support.netty.ReadAfterResponse;

/**
 * {@link ManagementContextConfiguration @ManagementContextConfiguration} for the server
 * behind the management port: event loops of its own, and the headers of the pages.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = { "support.enabled", "support.meta.enabled" }, matchIfMissing = true)
class MetaManagementContextConfiguration {

	/**
	 * Without this the management server would run on Reactor Netty's global loops, which
	 * are the application's.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
	@ConditionalOnClass({ HttpServer.class, NettyReactiveWebServerFactory.class })
	static class Loops {

		private static final int THREADS = 2;

		@Bean
		ReactorResourceFactory metaReactorResourceFactory() {
			ReactorResourceFactory factory = new ReactorResourceFactory();
			factory.setUseGlobalResources(false);
			factory.setLoopResourcesSupplier(() -> LoopResources.create("support-meta", THREADS, true));
			// The server has stopped by then: there is nothing to be quiet about.
			factory.setShutdownQuietPeriod(Duration.ZERO);
			return factory;
		}

		@Bean
		WebServerFactoryCustomizer<NettyReactiveWebServerFactory> metaLoopsCustomizer(
				ReactorResourceFactory metaReactorResourceFactory) {
			return (factory) -> {
				factory.setResourceFactory(metaReactorResourceFactory);
				factory.addServerCustomizers(ReadAfterResponse::install);
			};
		}

	}

	/**
	 * With virtual threads the management server's requests would wait for the same few
	 * threads below them as the application's, which give up none while they compute.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	@ConditionalOnThreading(Threading.VIRTUAL)
	@ConditionalOnClass({ ProtocolHandler.class, ConfigurableTomcatWebServerFactory.class })
	static class TomcatThreads {

		@Bean
		WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> metaTomcatThreadsCustomizer() {
			// Without one of somebody else's Tomcat makes an executor of its own.
			return (factory) -> factory.addProtocolHandlerCustomizers((handler) -> handler.setExecutor(null));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
	@ConditionalOnBean(PageHeaders.class)
	static class ReactiveHeaders {

		@Bean
		PageHeadersWebFilter metaPageHeadersWebFilter(PageHeaders headers) {
			return new PageHeadersWebFilter(headers);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	@ConditionalOnBean(PageHeaders.class)
	static class ServletHeaders {

		@Bean
		FilterRegistrationBean<PageHeadersFilter> metaPageHeadersFilter(PageHeaders headers) {
			FilterRegistrationBean<PageHeadersFilter> registration = new FilterRegistrationBean<>(
					new PageHeadersFilter(headers));
			registration.setUrlPatterns(Stream.concat(Stream.of(headers.path()), headers.others().stream())
				.flatMap((path) -> Stream.of(path, path + "/*"))
				.toList());
			registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
			return registration;
		}

	}

}
