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

package io.support.autoconfigure.profile;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import io.support.profile.Profiler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProfileAutoConfiguration}.
 */
class ProfileAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ProfileAutoConfiguration.class));

	@Test
	void profilerIsThereAndIdle() {
		this.runner.run((context) -> {
			Profiler profiler = context.getBean(Profiler.class);
			assertThat(profiler.snapshot()).containsEntry("state", "idle");
			assertThat(profiler.settings().maxDuration()).isEqualTo(Duration.ofSeconds(60));
			assertThat(profiler.settings().applicationPackages()).isEmpty();
		});
	}

	@Test
	void packagesOfTheApplicationAreKnown() {
		this.runner.withUserConfiguration(Shop.class)
			.withPropertyValues("support.profile.application-packages=com.example.shared")
			.run((context) -> assertThat(context.getBean(Profiler.class).settings().applicationPackages())
				.containsExactly("io.support.autoconfigure.profile", "com.example.shared"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "support.enabled", "support.profile.enabled" })
	void canBeSwitchedOff(String property) {
		this.runner.withPropertyValues(property + "=false")
			.run((context) -> assertThat(context).doesNotHaveBean(Profiler.class));
	}

	@ParameterizedTest
	@CsvSource({ "max-duration, 0s, 1s to 1m", "max-duration, 61s, 1s to 1m", "default-duration, 90s, 1s to 1m",
			"cpu-interval, 0ms, 0.001s to 1s", "lock-threshold, 1us, 0.00001s to 1m",
			"max-stack-depth, 4096, 16 to 2048", "max-frames, 10, 1000 to 200000", "max-results, 0, 3 to 100",
			"max-recording-size, 2GB, 0B" })
	void valueOutOfBoundsIsNamed(String property, String value, String range) {
		this.runner.withPropertyValues("support.profile." + property + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (failure) -> {
					assertThat(failure.getName()).isEqualTo("support.profile." + property);
					assertThat(failure.getReason()).contains("from " + range);
				}));
	}

	@Configuration(proxyBeanMethods = false)
	@AutoConfigurationPackage
	static class Shop {

	}

}
