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

package io.support.autoconfigure.admission;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.server.reactive.context.AnnotationConfigReactiveWebServerApplicationContext;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;

import io.support.admission.Admission;
import io.support.autoconfigure.context.ContextAutoConfiguration;
import io.support.context.SupportContext;
import io.support.testing.HttpConnection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AdmissionAutoConfiguration}.
 */
class AdmissionAutoConfigurationTests {

	private final ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner(
			AnnotationConfigReactiveWebServerApplicationContext::new)
		.withConfiguration(AutoConfigurations.of(AdmissionAutoConfiguration.class, ContextAutoConfiguration.class,
				NettyReactiveWebServerAutoConfiguration.class, HttpHandlerAutoConfiguration.class,
				WebFluxAutoConfiguration.class, MetricsAutoConfiguration.class,
				SimpleMetricsExportAutoConfiguration.class))
		.withPropertyValues("server.port=0", "spring.reactor.netty.shutdown-quiet-period=0s");

	@Test
	void requestsPassAdmission() {
		this.runner.run((context) -> {
			int port = context.getSourceApplicationContext(AnnotationConfigReactiveWebServerApplicationContext.class)
				.getWebServer()
				.getPort();
			try (HttpConnection connection = HttpConnection.to(port)) {
				assertThat(connection.get("/nothing")).startsWith("HTTP/1.1 404");
			}
			assertThat(context.getBean(Admission.class).snapshot().admitted()).isOne();
			assertThat(context.getBean(SupportContext.class).snapshot("admission")).isPresent();
			assertThat(context.getBean(MeterRegistry.class).get("support.admission.admitted").functionCounter().count())
				.isOne();
		});
	}

	@ParameterizedTest
	@CsvSource({ "max-delay, 0s", "overloaded-delay, -1s", "target-delay, 0s", "overloaded-delay, 300ms" })
	void invalidValueIsNamed(String property, String value) {
		this.runner.withPropertyValues("support.admission." + property + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class,
						(failure) -> assertThat(failure.getName()).isEqualTo("support.admission." + property)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "support.enabled", "support.admission.enabled" })
	void switchedOffLeavesTheStockServer(String property) {
		this.runner.withPropertyValues(property + "=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(Admission.class));
	}

	@Test
	void servletApplicationHasNone() {
		new WebApplicationContextRunner().withConfiguration(AutoConfigurations.of(AdmissionAutoConfiguration.class))
			.run((context) -> assertThat(context).doesNotHaveBean(Admission.class));
	}

}
