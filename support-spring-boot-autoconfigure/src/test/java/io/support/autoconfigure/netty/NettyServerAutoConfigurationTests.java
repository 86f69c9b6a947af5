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

package io.support.autoconfigure.netty;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NettyServerAutoConfiguration}.
 */
class NettyServerAutoConfigurationTests {

	private final ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(NettyServerAutoConfiguration.class));

	@Test
	void everyConnectionReadsOn() {
		this.runner.run((context) -> assertThat(context).hasBean("supportReadAfterResponseCustomizer"));
	}

	@Test
	void switchedOffLeavesTheStockServer() {
		this.runner.withPropertyValues("support.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(NettyServerCustomizer.class));
	}

	@Test
	void servletApplicationHasNone() {
		new WebApplicationContextRunner().withConfiguration(AutoConfigurations.of(NettyServerAutoConfiguration.class))
			.run((context) -> assertThat(context).doesNotHaveBean(NettyServerCustomizer.class));
	}

}
