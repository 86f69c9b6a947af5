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
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.handler.codec.dns.DnsRecordType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import org.springframework.cloud.client.discovery.composite.CompositeDiscoveryClientAutoConfiguration;
import org.springframework.cloud.client.discovery.composite.reactive.ReactiveCompositeDiscoveryClientAutoConfiguration;
import org.springframework.cloud.client.discovery.simple.SimpleDiscoveryClientAutoConfiguration;
import org.springframework.cloud.client.discovery.simple.reactive.SimpleReactiveDiscoveryClientAutoConfiguration;
import org.springframework.cloud.commons.util.UtilAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import reactor.core.publisher.Flux;

import io.support.connection.AddressSource;
import io.support.connection.ConnectionManager;
import io.support.connection.NameNotFoundException;
import io.support.connection.TestPeer;
import io.support.connection.TestSource;
import io.support.connection.client.DiscoveryAddressSource;
import io.support.connection.dns.TestDnsServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for where {@link ConnectionsAutoConfiguration} lets addresses come from.
 */
@Timeout(120)
class AddressSourcesAutoConfigurationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final TestPeer one = TestPeer.answering("one");

	private final TestPeer two = TestPeer.answering("two");

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, HttpClientAutoConfiguration.class,
				ReactiveHttpClientAutoConfiguration.class, WebClientAutoConfiguration.class,
				ConnectionsAutoConfiguration.class))
		.withBean(SimpleMeterRegistry.class)
		.withPropertyValues("spring.reactor.netty.shutdown-quiet-period=0s",
				"support.connections.discovery.refresh-interval=100ms");

	@AfterEach
	void close() {
		this.one.close();
		this.two.close();
	}

	@Test
	void applicationsOwnSourceIsUsed() {
		TestSource source = new TestSource().set("orders", this.one.address());
		this.contextRunner.withBean(AddressSource.class, () -> source).run((context) -> {
			WebClient client = client(context);
			assertThat(get(client, "http://orders/")).isEqualTo("one");
			source.set("orders", this.two.address());
			assertThat(get(client, "http://orders/")).isEqualTo("two");
			assertThat(get(client, "http://" + this.one.address() + "/")).isEqualTo("one");
			assertThatExceptionOfType(WebClientRequestException.class)
				.isThrownBy(() -> get(client, "http://unknown.invalid/"))
				.withMessageContaining("unknown.invalid");
			assertThatExceptionOfType(NameNotFoundException.class)
				.isThrownBy(() -> context.getBean(ConnectionManager.class).httpClient("unknown.invalid"));
		});
	}

	@Test
	void configuredGroupWithoutAddressesTakesThemFromASource() {
		TestSource source = new TestSource().set("orders", this.one.address());
		this.contextRunner.withBean(AddressSource.class, () -> source)
			.withPropertyValues("support.connections.groups.orders.response-timeout=1s",
					"support.connections.aliases.ord=orders", "support.connections.max-dynamic-groups=0")
			.run((context) -> {
				assertThat(get(client(context), "http://ord/")).isEqualTo("one");
				assertThat(context.getBean(ConnectionManager.class).names()).containsExactly("ord", "orders");
			});
	}

	@Test
	void sourceMayBeMadeWithAClientThatKnowsTheGroups() {
		TestSource source = new TestSource().set("orders", this.one.address());
		this.contextRunner.withInitializer(
				(context) -> ((GenericApplicationContext) context).registerBean("source", AddressSource.class, () -> {
					assertThat(context.getBean(WebClient.Builder.class)).isNotNull();
					return source;
				}))
			.run((context) -> assertThat(get(client(context), "http://orders/")).isEqualTo("one"));
	}

	@Test
	void noGroupIsMadeOfANameWhereNoneMayBe() {
		TestSource source = new TestSource().set("orders", this.one.address());
		this.contextRunner.withBean(AddressSource.class, () -> source)
			.withPropertyValues("support.connections.max-dynamic-groups=0")
			.run((context) -> assertThat(context.getBean(ConnectionManager.class).knows("orders")).isFalse());
	}

	@Test
	void instancesThatADiscoveryClientKnowsAreUsed() {
		TestDiscoveryClient discovery = new TestDiscoveryClient();
		discovery.register("ORDERS", this.one);
		this.contextRunner.withBean(DiscoveryClient.class, () -> discovery).run((context) -> {
			WebClient client = client(context);
			assertThat(get(client, "http://orders/")).isEqualTo("one");
			discovery.register("ORDERS", this.two);
			Awaitility.await().until(() -> get(client, "http://orders/").equals("two"));
			assertThat(context.getBean(ConnectionManager.class).knows("later")).isFalse();
			discovery.register("later", this.two);
			Awaitility.await().until(() -> context.getBean(ConnectionManager.class).knows("later"));
			assertThat(get(client, "http://later/")).isEqualTo("two");
		});
	}

	@Test
	void reactiveDiscoveryClientIsPreferred() {
		TestDiscoveryClient blocking = new TestDiscoveryClient();
		blocking.register("orders", this.one);
		TestDiscoveryClient reactive = new TestDiscoveryClient();
		reactive.register("orders", this.two);
		this.contextRunner.withBean(DiscoveryClient.class, () -> blocking)
			.withBean(ReactiveDiscoveryClient.class, () -> new TestReactiveDiscoveryClient(reactive))
			.run((context) -> assertThat(get(client(context), "http://orders/")).isEqualTo("two"));
	}

	@Test
	void applicationsOwnSourceComesBeforeTheDiscoveryClient() {
		TestDiscoveryClient discovery = new TestDiscoveryClient();
		discovery.register("orders", this.one);
		TestSource source = new TestSource().set("orders", this.two.address());
		this.contextRunner.withBean(DiscoveryClient.class, () -> discovery)
			.withBean(AddressSource.class, () -> source)
			.run((context) -> assertThat(get(client(context), "http://orders/")).isEqualTo("two"));
	}

	@Test
	void discoveryClientsOfSpringCloudAreUsed() {
		this.contextRunner
			.withConfiguration(AutoConfigurations.of(UtilAutoConfiguration.class,
					CompositeDiscoveryClientAutoConfiguration.class, SimpleDiscoveryClientAutoConfiguration.class,
					ReactiveCompositeDiscoveryClientAutoConfiguration.class,
					SimpleReactiveDiscoveryClientAutoConfiguration.class))
			.withPropertyValues(
					"spring.cloud.discovery.client.simple.instances.orders[0].uri=http://" + this.one.address())
			.run((context) -> assertThat(get(client(context), "http://orders/")).isEqualTo("one"));
	}

	@Test
	void discoveryCanBeTurnedOffAndIsNotNeeded() {
		this.contextRunner.withBean(DiscoveryClient.class, TestDiscoveryClient::new)
			.withPropertyValues("support.connections.discovery.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(DiscoveryAddressSource.class));
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(ConnectionManager.class)
			.doesNotHaveBean(DiscoveryAddressSource.class));
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.springframework.cloud"))
			.run((context) -> assertThat(context).hasSingleBean(ConnectionManager.class)
				.doesNotHaveBean(DiscoveryAddressSource.class));
	}

	@Test
	void wrongRefreshIntervalIsNamed() {
		this.contextRunner.withBean(DiscoveryClient.class, TestDiscoveryClient::new)
			.withPropertyValues("support.connections.discovery.refresh-interval=0s")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("support.connections.discovery.refresh-interval"));
	}

	@Test
	void namesAreResolvedByTheServersConfigured() {
		try (TestDnsServer dns = new TestDnsServer()) {
			dns.host("orders.example", 60, "127.0.0.1")
				.service("_http._tcp.orders.example", 60, "0 1 " + this.two.port() + " orders.example");
			this.contextRunner
				.withPropertyValues("support.connections.dns.servers=127.0.0.1:" + dns.address().getPort(),
						"support.connections.groups.hosts.tiers[0].addresses=orders.example:" + this.one.port(),
						"support.connections.groups.services.tiers[0].addresses=srv:_http._tcp.orders.example")
				.run((context) -> {
					Awaitility.await().until(() -> dns.queries("orders.example", DnsRecordType.A) == 1);
					assertThat(get(client(context), "http://hosts/")).isEqualTo("one");
					assertThat(get(client(context), "http://services/")).isEqualTo("two");
					assertThat(this.two.requests()).containsExactly("GET services /");
				});
		}
	}

	private static WebClient client(ApplicationContext context) {
		return context.getBean(WebClient.Builder.class).build();
	}

	private static String get(WebClient client, String uri) {
		return client.get().uri(uri).retrieve().bodyToMono(String.class).block(TIMEOUT);
	}

	/**
	 * Knows the instances that were registered last.
	 */
	private static final class TestDiscoveryClient implements DiscoveryClient {

		private final Map<String, List<ServiceInstance>> services = new ConcurrentHashMap<>();

		void register(String service, TestPeer peer) {
			this.services.put(service, List
				.of(new DefaultServiceInstance("id", service, "127.0.0.1", peer.port(), false, Map.of("weight", "3"))));
		}

		@Override
		public String description() {
			return "test";
		}

		@Override
		public List<ServiceInstance> getInstances(String service) {
			return this.services.getOrDefault(service, List.of());
		}

		@Override
		public List<String> getServices() {
			return List.copyOf(this.services.keySet());
		}

	}

	private record TestReactiveDiscoveryClient(TestDiscoveryClient delegate) implements ReactiveDiscoveryClient {

		@Override
		public String description() {
			return "test";
		}

		@Override
		public Flux<ServiceInstance> getInstances(String service) {
			return Flux.fromIterable(this.delegate.getInstances(service));
		}

		@Override
		public Flux<String> getServices() {
			return Flux.fromIterable(this.delegate.getServices());
		}

	}

}
