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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.support.connection.ConnectionManager;
import io.support.connection.traffic.RecentTraffic;
import io.support.connection.traffic.SecretFilter;
import io.support.context.Confidential;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RecentTrafficAutoConfiguration}, and for the limit of all connections.
 */
class RecentTrafficAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(RecentTrafficAutoConfiguration.class, ConnectionsAutoConfiguration.class));

	@Test
	void trafficIsConfidential() {
		this.contextRunner
			.run((context) -> assertThat(context.getBean(RecentTraffic.class)).isInstanceOf(Confidential.class)
				.returns("traffic", Confidential::name));
	}

	@ParameterizedTest
	@ValueSource(strings = { "support.enabled", "support.recent.enabled" })
	void switchedOffLeavesNothing(String property) {
		this.contextRunner.withPropertyValues(property + "=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(RecentTraffic.class)
				.doesNotHaveBean(SecretFilter.class));
	}

	@Test
	void whatThePagesHideIsHidden() {
		this.contextRunner
			.withBean(SanitizingFunction.class,
					() -> (data) -> data.getKey().equals("iban") ? data.withSanitizedValue() : data)
			.run((context) -> {
				SecretFilter filter = context.getBean(SecretFilter.class);
				assertThat(filter.apply("iban", "hunter2")).isEqualTo("******");
				assertThat(filter.apply("client_secret", "hunter2")).isEqualTo("******");
				assertThat(filter.apply("city", "Bonn")).isEqualTo("Bonn");
			});
	}

	@Test
	void applicationWithoutActuatorStarts() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasSingleBean(RecentTraffic.class)
				.doesNotHaveBean(SecretFilter.class));
	}

	@ParameterizedTest
	@CsvSource({ "support.recent.size, 0", "support.recent.size, 65537", "support.recent.payload-size, 0B",
			"support.recent.payload-size, 9KB", "support.connections.max-connections, 0" })
	void valueOutOfItsRangeIsNamed(String property, String value) {
		this.contextRunner.withPropertyValues(property + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class,
						(failure) -> assertThat(failure.getName()).isEqualTo(property)));
	}

	@Test
	void limitOfAllConnectionsIsThatOfThePropertyOrMostOfTheFiles() {
		this.contextRunner.withPropertyValues("support.connections.max-connections=17")
			.run((context) -> assertThat(context.getBean(ConnectionManager.class).snapshot()).asString()
				.startsWith("ConnectionsSnapshot[connections=0, maxConnections=17,"));
		this.contextRunner.run((context) -> assertThat(context.getBean(ConnectionManager.class).snapshot()).asString()
			.contains("maxConnections=" + SocketBudget.ofThisProcess()));
		assertThat(SocketBudget.of(1000)).isEqualTo(800);
		assertThat(SocketBudget.of(1)).isEqualTo(1);
		assertThat(SocketBudget.of(0)).isEqualTo(SocketBudget.UNKNOWN);
		assertThat(SocketBudget.of(Long.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
	}

}
