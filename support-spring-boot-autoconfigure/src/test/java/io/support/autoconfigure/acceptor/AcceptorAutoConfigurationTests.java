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

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.reactive.context.AnnotationConfigReactiveWebServerApplicationContext;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

import io.support.acceptor.Acceptor;
import io.support.autoconfigure.context.ContextAutoConfiguration;
import io.support.context.SupportContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AcceptorAutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class AcceptorAutoConfigurationTests {

	private final ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner(
			AnnotationConfigReactiveWebServerApplicationContext::new)
		.withConfiguration(AutoConfigurations.of(AcceptorAutoConfiguration.class, ContextAutoConfiguration.class,
				NettyReactiveWebServerAutoConfiguration.class, ReactiveHttpClientAutoConfiguration.class,
				HttpHandlerAutoConfiguration.class, WebFluxAutoConfiguration.class, MetricsAutoConfiguration.class,
				SimpleMetricsExportAutoConfiguration.class))
		.withPropertyValues("server.port=0", "spring.reactor.netty.shutdown-quiet-period=0s");

	@Test
	void serverAcceptsThroughTheQueue() {
		this.runner.withUserConfiguration(HelloConfiguration.class).run((context) -> {
			int port = context.getSourceApplicationContext(AnnotationConfigReactiveWebServerApplicationContext.class)
				.getWebServer()
				.getPort();
			String thread = WebClient.create("http://127.0.0.1:" + port)
				.get()
				.retrieve()
				.bodyToMono(String.class)
				.block();
			assertThat(thread).startsWith("support-http-");
			assertThat(context.getBean(Acceptor.class).snapshot().accepted()).isOne();
			assertThat(context.getBean(SupportContext.class).snapshot("acceptor")).isPresent();
			assertThat(context.getBean(MeterRegistry.class).get("support.acceptor.accepted").functionCounter().count())
				.isOne();
		});
	}

	@Test
	void propertiesBindToTheSettings() {
		this.runner
			.withPropertyValues("support.acceptor.queue-capacity=7", "support.acceptor.max-connections=9",
					"support.acceptor.max-queue-age=2s")
			.run((context) -> {
				assertThat(context.getBean(Acceptor.class).snapshot().queueCapacity()).isEqualTo(7);
				assertThat(context.getBean(Acceptor.class).snapshot().maxConnections()).isEqualTo(9);
				assertThat(context.getBean(Acceptor.class).snapshot().maxQueueAgeNanos()).isEqualTo(2_000_000_000L);
			});
	}

	@ParameterizedTest
	@CsvSource({ "queue-capacity, -1", "max-connections, 0", "max-queue-age, 0s", "max-queue-age, -1s",
			"handshake-timeout, 0s" })
	void invalidValueIsNamed(String property, String value) {
		this.runner.withPropertyValues("support.acceptor." + property + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class,
						(failure) -> assertThat(failure.getName()).isEqualTo("support.acceptor." + property)));
	}

	@Test
	void responseToRefusedConnectionsIsNotForTls() {
		this.runner
			.withPropertyValues("support.acceptor.refusal=respond", "server.ssl.bundle=test",
					"spring.ssl.bundle.pem.test.keystore.certificate=classpath:tls/server.crt",
					"spring.ssl.bundle.pem.test.keystore.private-key=classpath:tls/server.key")
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class,
						(failure) -> assertThat(failure.getName()).isEqualTo("support.acceptor.refusal")));
	}

	@ParameterizedTest
	@CsvSource({ "support.enabled", "support.acceptor.enabled" })
	void switchedOffLeavesTheStockServer(String property) {
		this.runner.withPropertyValues(property + "=false").run((context) -> {
			assertThat(context).doesNotHaveBean(Acceptor.class);
			assertThat(context.getBean(ReactorResourceFactory.class).isUseGlobalResources()).isTrue();
		});
	}

	@Test
	void limitOfFilesThatIsTooLowIsTold(CapturedOutput output) {
		new DescriptorCheck(1128, 4096).afterPropertiesSet();
		new DescriptorCheck(1128, Long.MAX_VALUE).afterPropertiesSet();
		assertThat(output).doesNotContain("may open");
		new DescriptorCheck(1128, 1024).afterPropertiesSet();
		assertThat(output).contains("this process may open 1024 files only", "to 1328 or more");
	}

	@Test
	void backsOffBeforeAResourceFactoryOfTheUsers() {
		this.runner.withUserConfiguration(OwnResourceFactoryConfiguration.class)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(Acceptor.class));
	}

	@Test
	void servletApplicationIsToldThatThereIsNone(CapturedOutput output) {
		new WebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AcceptorAutoConfiguration.class, ContextAutoConfiguration.class))
			.run((context) -> {
				assertThat(context).doesNotHaveBean(Acceptor.class);
				assertThat(output).containsOnlyOnce("No bounded accept queue");
			});
	}

	@Configuration(proxyBeanMethods = false)
	static class HelloConfiguration {

		@Bean
		RouterFunction<ServerResponse> hello() {
			return RouterFunctions.route()
				.GET("/", (request) -> ServerResponse.ok().bodyValue(Thread.currentThread().getName()))
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnResourceFactoryConfiguration {

		@Bean
		ReactorResourceFactory own() {
			return new ReactorResourceFactory();
		}

	}

}
