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

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.InetAddressFilter;
import org.springframework.boot.http.client.JdkClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestTemplateAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

import io.support.connection.AddressSource;
import io.support.connection.ConnectionManager;
import io.support.connection.MultiConnectException;
import io.support.connection.TestPeer;
import io.support.connection.TestSource;
import io.support.connection.client.GroupClientHttpRequestFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RestClientConnectionsAutoConfiguration}.
 */
class RestClientConnectionsAutoConfigurationTests {

	private static final String TIER = "support.connections.groups.payments.tiers[0].addresses=";

	private static final AutoConfigurations AUTO_CONFIGURATIONS = AutoConfigurations.of(SslAutoConfiguration.class,
			HttpMessageConvertersAutoConfiguration.class, HttpClientAutoConfiguration.class,
			ImperativeHttpClientAutoConfiguration.class, ReactiveHttpClientAutoConfiguration.class,
			RestClientAutoConfiguration.class, RestTemplateAutoConfiguration.class, ConnectionsAutoConfiguration.class,
			RestClientConnectionsAutoConfiguration.class);

	private final TestPeer one = TestPeer.answering("one");

	private final TestPeer two = TestPeer.answering("two");

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AUTO_CONFIGURATIONS)
		.withPropertyValues("spring.reactor.netty.shutdown-quiet-period=0s");

	@AfterEach
	void close() {
		this.one.close();
		this.two.close();
	}

	@Test
	void restClientFallsBackToTheNextTier() {
		this.contextRunner
			.withPropertyValues(TIER + this.one.address(),
					"support.connections.groups.payments.tiers[1].addresses=" + this.two.address(),
					"support.connections.aliases.pay=payments")
			.run((context) -> {
				RestClient client = context.getBean(RestClient.Builder.class).build();
				assertThat(get(client, "http://payments/a")).isEqualTo("one");
				this.one.close();
				assertThat(get(client, "http://pay/b")).isEqualTo("two");
				assertThat(this.two.requests()).containsExactly("GET pay /b");
			});
	}

	@Test
	void otherHostsAreLeftToTheFactoryThatIsConfigured() {
		this.contextRunner
			.withPropertyValues(TIER + this.one.address(), "spring.http.clients.imperative.factory=simple")
			.run((context) -> {
				RestClient client = context.getBean(RestClient.Builder.class).build();
				assertThat(get(client, "http://" + this.two.address() + "/")).isEqualTo("two");
				assertThatExceptionOfType(ResourceAccessException.class)
					.isThrownBy(() -> get(client, "http://unknown.invalid/"))
					.withMessageContaining("unknown.invalid");
			});
	}

	@Test
	void restTemplateFromTheBuilderKnowsTheGroups() {
		this.contextRunner.withPropertyValues(TIER + this.one.address()).run((context) -> {
			RestTemplate template = context.getBean(RestTemplateBuilder.class).build();
			assertThat(template.getForObject("http://payments/", String.class)).isEqualTo("one");
			assertThat(template.getForObject("http://" + this.two.address() + "/", String.class)).isEqualTo("two");
		});
	}

	@Test
	void factoryAmongTheBeansKnowsTheGroups() {
		this.contextRunner.withPropertyValues(TIER + this.one.address())
			.run((context) -> assertThat(context.getBean(ClientHttpRequestFactory.class))
				.isInstanceOf(GroupClientHttpRequestFactory.class));
	}

	@Test
	void reactiveApplicationsRestClientKnowsTheGroups() {
		new ReactiveWebApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
			.withPropertyValues("spring.reactor.netty.shutdown-quiet-period=0s", TIER + this.one.address())
			.run((context) -> {
				RestClient client = context.getBean(RestClient.Builder.class).build();
				assertThat(get(client, "http://payments/")).isEqualTo("one");
				assertThat(get(client, "http://" + this.two.address() + "/")).isEqualTo("two");
			});
	}

	@Test
	void everyAddressIsNamedWhenNoneAnswers() {
		this.one.close();
		this.two.close();
		this.contextRunner.withPropertyValues(TIER + this.one.address() + "," + this.two.address())
			.run((context) -> assertThatExceptionOfType(ResourceAccessException.class)
				.isThrownBy(() -> get(context.getBean(RestClient.Builder.class).build(), "http://payments/"))
				.withCauseInstanceOf(MultiConnectException.class)
				.withMessageContainingAll(this.one.address(), this.two.address()));
	}

	@Test
	void excludedAddressStaysExcluded() {
		this.contextRunner.withPropertyValues(TIER + this.one.address())
			.withBean(InetAddressFilter.class, () -> InetAddressFilter.externalAddresses())
			.run((context) -> {
				RestClient client = context.getBean(RestClient.Builder.class).build();
				assertThatExceptionOfType(ResourceAccessException.class)
					.isThrownBy(() -> get(client, "http://payments/"));
				assertThat(this.one.requests()).isEmpty();
			});
	}

	@Test
	void excludedAddressStaysExcludedWithHttp2() {
		try (TestPeer peer = TestPeer.http2("answer")) {
			this.contextRunner
				.withPropertyValues(TIER + peer.address(), "support.connections.groups.payments.protocol=h2c")
				.withBean(InetAddressFilter.class, () -> InetAddressFilter.externalAddresses())
				.run((context) -> {
					RestClient client = context.getBean(RestClient.Builder.class).build();
					assertThatExceptionOfType(ResourceAccessException.class)
						.isThrownBy(() -> get(client, "http://payments/"));
					assertThat(peer.connections()).isZero();
				});
		}
	}

	@Test
	void groupThatOnlyASourceKnowsIsAsked() {
		TestSource source = new TestSource();
		this.contextRunner.withBean(AddressSource.class, () -> source).run((context) -> {
			RestClient client = context.getBean(RestClient.Builder.class).build();
			source.set("orders", this.one.address());
			assertThat(get(client, "http://orders/")).isEqualTo("one");
			source.set("orders", this.two.address());
			assertThat(get(client, "http://Orders/")).isEqualTo("two");
		});
	}

	@Test
	void needsNoWebClient() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.springframework.web.reactive"))
			.withPropertyValues(TIER + this.one.address())
			.run((context) -> assertThat(get(context.getBean(RestClient.Builder.class).build(), "http://payments/"))
				.isEqualTo("one"));
	}

	@Test
	void withoutReactorNettyRestClientIsTheStockOne() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("reactor.netty", "io.netty"))
			.withPropertyValues(TIER + this.one.address())
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean(ConnectionManager.class);
				RestClient client = context.getBean(RestClient.Builder.class).build();
				assertThat(get(client, "http://" + this.two.address() + "/")).isEqualTo("two");
			});
	}

	@Test
	void customizersSeeTheBuilderThatSpringBootMade() {
		this.contextRunner.withPropertyValues(TIER + this.one.address(), "spring.http.clients.imperative.factory=jdk")
			.withBean("own", JdkCustomizer.class)
			.run((context) -> {
				assertThat(context.getBean(JdkCustomizer.class).called).isTrue();
				assertThat(get(context.getBean(RestClient.Builder.class).build(), "http://payments/")).isEqualTo("one");
			});
	}

	@Test
	void applicationsOwnFactoryWins() {
		this.contextRunner.withPropertyValues(TIER + this.one.address())
			.withBean(RestClientCustomizer.class,
					() -> (builder) -> builder.requestFactory(new SimpleClientHttpRequestFactory()))
			.run((context) -> assertThatExceptionOfType(ResourceAccessException.class)
				.isThrownBy(() -> get(context.getBean(RestClient.Builder.class).build(), "http://payments/"))
				.withMessageContaining("payments"));
		assertThat(this.one.requests()).isEmpty();
	}

	@Test
	void applicationsOwnBuilderWins() {
		this.contextRunner.withPropertyValues(TIER + this.one.address())
			.withBean(ClientHttpRequestFactoryBuilder.class, ClientHttpRequestFactoryBuilder::jdk)
			.run((context) -> assertThat(context.getBean(ClientHttpRequestFactoryBuilder.class).build())
				.isInstanceOf(JdkClientHttpRequestFactory.class));
	}

	@Test
	void withoutGroupsNothingChanges() {
		this.contextRunner.withPropertyValues("spring.http.clients.imperative.factory=jdk")
			.run((context) -> assertThat(context.getBean(ClientHttpRequestFactoryBuilder.class))
				.isInstanceOf(JdkClientHttpRequestFactoryBuilder.class));
	}

	@Test
	void backsOff() {
		String bean = "connectionsRequestFactoryBuilderCustomizer";
		this.contextRunner.run((context) -> assertThat(context).hasBean(bean));
		this.contextRunner.withPropertyValues("support.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(bean));
		this.contextRunner.withPropertyValues("support.connections.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(bean));
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ConnectionsAutoConfiguration.class,
					RestClientConnectionsAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.http.client",
					"org.springframework.boot.restclient"))
			.withPropertyValues(TIER + this.one.address())
			.run((context) -> assertThat(context).hasSingleBean(ConnectionManager.class).doesNotHaveBean(bean));
	}

	private static String get(RestClient client, String uri) {
		return client.get().uri(uri).retrieve().body(String.class);
	}

	/**
	 * Comes as late as a customizer without an order does.
	 */
	static class JdkCustomizer
			implements ClientHttpRequestFactoryBuilderCustomizer<JdkClientHttpRequestFactoryBuilder> {

		private boolean called;

		@Override
		public JdkClientHttpRequestFactoryBuilder customize(JdkClientHttpRequestFactoryBuilder builder) {
			this.called = true;
			return builder;
		}

	}

}
