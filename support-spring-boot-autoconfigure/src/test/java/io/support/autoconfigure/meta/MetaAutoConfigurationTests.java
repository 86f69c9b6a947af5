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

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.support.autoconfigure.context.ContextAutoConfiguration;
import io.support.meta.MetaApplication;
import io.support.meta.SecretMask;
import io.support.meta.endpoint.MetaEndpoint;
import io.support.meta.endpoint.PageExecutor;
import io.support.meta.endpoint.ReactiveMetaEndpoint;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MetaAutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class MetaAutoConfigurationTests {

	private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations.of(MetaAutoConfiguration.class,
			ContextAutoConfiguration.class, EndpointAutoConfiguration.class, WebEndpointAutoConfiguration.class,
			ApplicationAvailabilityAutoConfiguration.class);

	private static final String PORT = "management.server.port=0";

	private static final String EXPOSED = "management.endpoints.web.exposure.include=health,support";

	private final ReactiveWebApplicationContextRunner reactive = new ReactiveWebApplicationContextRunner()
		.withConfiguration(CONFIGURATIONS)
		.withPropertyValues(PORT, EXPOSED);

	@Test
	void reactiveApplicationHasTheReactiveEndpoint() {
		this.reactive.run((context) -> assertThat(context).hasSingleBean(ReactiveMetaEndpoint.class)
			.doesNotHaveBean(MetaEndpoint.class));
	}

	@Test
	void servletApplicationHasTheServletEndpoint() {
		new WebApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withPropertyValues(PORT, EXPOSED)
			.run((context) -> assertThat(context).hasSingleBean(MetaEndpoint.class)
				.doesNotHaveBean(ReactiveMetaEndpoint.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "support.enabled", "support.meta.enabled" })
	void switchedOffLeavesNothing(String property) {
		this.reactive.withPropertyValues(property + "=false")
			.run((context) -> assertThat(Stream.of(context.getBeanDefinitionNames())
				.filter((name) -> context.getType(name) != null
						&& context.getType(name).getPackageName().contains(".meta")))
				.isEmpty());
	}

	@Test
	void applicationWithoutWebServerOrWithoutActuatorStarts() {
		new ApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(MetaAutoConfiguration.class));
		new ReactiveWebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(MetaAutoConfiguration.class, ContextAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(MetaApplication.class));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					server.port=8080 | management.server.port=8080 | MetaApplication is off: management.server.port must be a port \
					other than server.port, and management.endpoints.web.exposure.include must contain 'support'
					server.port=8080 | management.endpoints.web.exposure.include=support | MetaApplication is off: \
					management.server.port must be a port other than server.port
					server.port=8080 | management.endpoints.web.exposure.include=* | MetaApplication is off: \
					management.server.port must be a port other than server.port
					management.server.port=0 | server.port=8080 | MetaApplication is off: \
					management.endpoints.web.exposure.include must contain 'support'
					management.server.port=0 | management.endpoints.web.exposure.exclude=* | MetaApplication is off: \
					management.endpoints.web.exposure.include must contain 'support'
					""")
	void lineSaysWhichPropertyIsMissing(String first, String second, String message) {
		new ReactiveWebApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withPropertyValues(first, second)
			.run((context) -> {
				assertThat(context).doesNotHaveBean(MetaApplication.class).doesNotHaveBean(ReactiveMetaEndpoint.class);
				assertThat(context.getBean(MetaAnnouncement.class).message()).isEqualTo(message);
			});
	}

	@Test
	void lineSaysThatAccessIsMissing() {
		this.reactive.withPropertyValues("management.endpoint.support.access=NONE").run((context) -> {
			assertThat(context).doesNotHaveBean(MetaApplication.class);
			assertThat(context.getBean(MetaAnnouncement.class).message())
				.isEqualTo("MetaApplication is off: management.endpoint.support.access must not be none");
		});
	}

	@ParameterizedTest
	@CsvSource({ "'', ", "127.0.0.1, 127.0.0.1", "::1, [0:0:0:0:0:0:0:1]" })
	void lineSaysWhereThePagesAre(String address, String host) {
		this.reactive
			.withPropertyValues("management.server.address=" + address, "local.management.port=4711",
					"management.server.base-path=/m", "management.endpoints.web.base-path=/ops")
			.run((context) -> assertThat(context.getBean(MetaAnnouncement.class).message()).isEqualTo(
					"MetaApplication at http://" + ((host != null) ? host : HostName.get()) + ":4711/m/ops/support"));
	}

	@Test
	void realApplicationSaysItOnce(CapturedOutput output) {
		try (MetaServer server = MetaServer.start(WebApplicationType.REACTIVE)) {
			assertThat(output.getOut().lines().filter((line) -> line.contains("MetaApplication"))).singleElement()
				.asString()
				.endsWith(":" + server.uri("/actuator/support").getPort() + "/actuator/support");
		}
	}

	@Test
	void realApplicationSaysOnceWhatIsMissing(CapturedOutput output) {
		try (MetaServer server = MetaServer.start(WebApplicationType.SERVLET, "management.server.port=",
				"management.endpoints.web.exposure.include=health")) {
			assertThat(server.get(server.applicationUri("/actuator/support"), "*/*").statusCode()).isEqualTo(404);
			assertThat(output.getOut().lines().filter((line) -> line.contains("MetaApplication"))).singleElement()
				.asString()
				.contains("MetaApplication is off: management.server.port must be");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "0s", "-1s" })
	void timeoutThatIsNotPositiveIsNamed(String value) {
		this.reactive.withPropertyValues("support.meta.page-timeout=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class,
						(failure) -> assertThat(failure.getName()).isEqualTo("support.meta.page-timeout")));
	}

	@Test
	void backsOffBeforeBeansOfTheUsers() {
		this.reactive.withUserConfiguration(OwnMaskConfiguration.class)
			.run((context) -> assertThat(context).hasSingleBean(PageExecutor.class)
				.getBean(SecretMask.class)
				.isSameAs(OwnMaskConfiguration.MASK));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnMaskConfiguration {

		private static final SecretMask MASK = new SecretMask(SecretMask.Rule.NONE);

		@Bean
		SecretMask mask() {
			return MASK;
		}

	}

}
