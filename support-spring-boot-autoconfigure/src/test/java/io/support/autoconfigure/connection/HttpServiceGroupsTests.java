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

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientPropertiesAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.service.HttpServiceClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.boot.webclient.autoconfigure.service.ReactiveHttpServiceClientAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.registry.HttpServiceGroup.ClientType;
import org.springframework.web.service.registry.ImportHttpServices;
import reactor.core.publisher.Mono;

import io.support.connection.MultiConnectException;
import io.support.connection.TestPeer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for HTTP interface clients whose base URL is a group.
 */
class HttpServiceGroupsTests {

	private static final AutoConfigurations AUTO_CONFIGURATIONS = AutoConfigurations.of(SslAutoConfiguration.class,
			HttpMessageConvertersAutoConfiguration.class, HttpClientAutoConfiguration.class,
			ImperativeHttpClientAutoConfiguration.class, ReactiveHttpClientAutoConfiguration.class,
			RestClientAutoConfiguration.class, WebClientAutoConfiguration.class,
			HttpServiceClientPropertiesAutoConfiguration.class, HttpServiceClientAutoConfiguration.class,
			ReactiveHttpServiceClientAutoConfiguration.class, ConnectionsAutoConfiguration.class,
			RestClientConnectionsAutoConfiguration.class);

	private final TestPeer one = TestPeer.answering("one");

	private final TestPeer two = TestPeer.answering("two");

	private final String[] properties = { "spring.reactor.netty.shutdown-quiet-period=0s",
			"support.connections.groups.payments.tiers[0].addresses=" + this.one.address(),
			"support.connections.groups.payments.tiers[1].addresses=" + this.two.address(),
			"spring.http.serviceclient.billing.base-url=http://payments",
			"spring.http.serviceclient.billing.default-header.x-caller=test",
			"spring.http.serviceclient.billing.read-timeout=5s" };

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AUTO_CONFIGURATIONS)
		.withPropertyValues(this.properties);

	@AfterEach
	void close() {
		this.one.close();
		this.two.close();
	}

	@Test
	void interfaceOnRestClientAsksTheGroup() {
		this.contextRunner.withUserConfiguration(BlockingServices.class).run((context) -> {
			Invoices invoices = context.getBean(Invoices.class);
			assertThat(invoices.invoice(17)).isEqualTo("one");
			this.one.close();
			assertThat(invoices.invoice(18)).isEqualTo("two");
			assertThat(this.two.requests()).containsExactly("GET payments /invoices/18");
			this.two.close();
			assertThatExceptionOfType(ResourceAccessException.class).isThrownBy(() -> invoices.invoice(19))
				.withCauseInstanceOf(MultiConnectException.class);
		});
	}

	@Test
	void interfaceOnRestClientAsksTheGroupInAReactiveApplication() {
		new ReactiveWebApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
			.withPropertyValues(this.properties)
			.withUserConfiguration(BlockingServices.class)
			.run((context) -> assertThat(context.getBean(Invoices.class).invoice(17)).isEqualTo("one"));
	}

	@Test
	void interfaceOnWebClientAsksTheGroup() {
		this.contextRunner.withUserConfiguration(ReactiveServices.class).run((context) -> {
			ReactiveInvoices invoices = context.getBean(ReactiveInvoices.class);
			assertThat(invoices.invoice(17).block(Duration.ofSeconds(20))).isEqualTo("one");
			this.one.close();
			assertThat(invoices.invoice(18).block(Duration.ofSeconds(20))).isEqualTo("two");
			assertThat(this.two.requests()).containsExactly("GET payments /invoices/18");
			this.two.close();
			assertThatExceptionOfType(WebClientRequestException.class).isThrownBy(() -> invoices.invoice(19).block())
				.withCauseInstanceOf(MultiConnectException.class);
		});
	}

	@Test
	void interfaceWithAnotherBaseUrlIsLeftToTheStockClient() {
		this.contextRunner.withUserConfiguration(BlockingServices.class)
			.withPropertyValues("spring.http.serviceclient.billing.base-url=http://" + this.two.address())
			.run((context) -> assertThat(context.getBean(Invoices.class).invoice(17)).isEqualTo("two"));
	}

	interface Invoices {

		@GetExchange("/invoices/{id}")
		String invoice(@PathVariable int id);

	}

	interface ReactiveInvoices {

		@GetExchange("/invoices/{id}")
		Mono<String> invoice(@PathVariable int id);

	}

	@Configuration(proxyBeanMethods = false)
	@ImportHttpServices(group = "billing", types = Invoices.class)
	static class BlockingServices {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportHttpServices(group = "billing", types = ReactiveInvoices.class, clientType = ClientType.WEB_CLIENT)
	static class ReactiveServices {

	}

}
