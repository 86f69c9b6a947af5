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

package io.support.autoconfigure.dispatch;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.support.autoconfigure.context.ContextAutoConfiguration;
import io.support.context.SupportContext;
import io.support.dispatch.Dispatchers;
import io.support.dispatch.IoBound;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for dispatchers of one's own, and for the threads that dispatchers have.
 */
class NamedDispatcherTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ContextAutoConfiguration.class, DispatchAutoConfiguration.class));

	@Test
	void annotationsAndCodeUseIt() {
		this.runner.withBean(Reports.class)
			.withPropertyValues("support.dispatch.named.month-end.threads=2",
					"support.dispatch.named.month-end.queue-capacity=7",
					"support.dispatch.named.month-end.virtual-threads=never")
			.run((context) -> {
				assertThat(context.getBean(Reports.class).print()).startsWith("support-month-end-");
				Dispatchers dispatchers = context.getBean(Dispatchers.class);
				assertThat(dispatchers.names()).containsExactlyInAnyOrder("io", "cpu", "month-end");
				assertThat(dispatchers.get("month-end").call(() -> Thread.currentThread().getName()))
					.startsWith("support-month-end-");
				assertThat(context.getBean(SupportContext.class).snapshot("dispatch").orElseThrow().toString())
					.contains("month-end=Snapshot[threads=2, ", "queueCapacity=7");
			});
	}

	@Test
	void missingOneIsExplainedWithTheProperty() {
		this.runner.withBean(Reports.class)
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("Reports.print()")
				.hasMessageContaining("'month-end'")
				.hasMessageContaining("support.dispatch.named.month-end.threads"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "io", "cpu", "Reports", "a--b", "-a", "a b" })
	void nameThatIsNoneIsRefused(String name) {
		this.runner.withPropertyValues("support.dispatch.named[" + name + "].threads=1")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (ex) -> {
					assertThat(ex.getName()).isEqualTo("support.dispatch.named");
					assertThat(ex.getReason()).contains("'" + name + "'");
				}));
	}

	@Test
	void invalidSizeNamesTheProperty() {
		this.runner.withPropertyValues("support.dispatch.named.reports.threads=0")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class,
						(ex) -> assertThat(ex.getName()).isEqualTo("support.dispatch.named.reports.threads")));
	}

	@Test
	@EnabledForJreRange(max = JRE.JAVA_20)
	void virtualThreadsNeedANewerJava() {
		this.runner.withPropertyValues("support.dispatch.io.virtual-threads=always")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (ex) -> {
					assertThat(ex.getName()).isEqualTo("support.dispatch.io.virtual-threads");
					assertThat(ex.getReason()).contains("Java 21");
				}));
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void callsRunOnVirtualThreadsAndAreBounded() {
		this.runner.withPropertyValues("support.dispatch.io.virtual-threads=always", "support.dispatch.io.threads=1")
			.run((context) -> {
				Dispatchers dispatchers = context.getBean(Dispatchers.class);
				assertThat(dispatchers.io().call(() -> Thread.currentThread().toString())).contains("VirtualThread",
						"support-io-");
				assertThat(dispatchers.cpu().call(() -> Thread.currentThread().toString()))
					.doesNotContain("VirtualThread");
				// One call at a time, and a chain that comes back does not wait for
				// itself.
				assertThat(dispatchers.io().call(() -> dispatchers.cpu().call(() -> dispatchers.io().call(() -> "in"))))
					.isEqualTo("in");
			});
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void automaticIsVirtualWhereTheApplicationIs() {
		Map<String, Boolean> expected = Map.of("spring.threads.virtual.enabled=true", true,
				"support.dispatch.io.virtual-threads=never", false);
		expected.forEach((property, virtual) -> this.runner.withPropertyValues(property).run((context) -> {
			String thread = context.getBean(Dispatchers.class).io().call(() -> Thread.currentThread().toString());
			assertThat(thread.contains("VirtualThread")).isEqualTo(virtual);
		}));
	}

	static class Reports {

		@IoBound(dispatcher = "month-end")
		String print() {
			return Thread.currentThread().getName();
		}

	}

}
