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

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.common.circuitbreaker.configuration.CircuitBreakerConfigCustomizer;
import io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.SelfSignedCertificate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.http.client.InetAddressFilter;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import reactor.core.publisher.Mono;
import reactor.netty.http.HttpProtocol;

import io.support.connection.ConnectionManager;
import io.support.connection.GroupSettings;
import io.support.connection.MultiConnectException;
import io.support.connection.Protocol;
import io.support.connection.TestPeer;
import io.support.connection.TlsBundles;
import io.support.context.ContextContributor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ConnectionsAutoConfiguration}.
 */
class ConnectionsAutoConfigurationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final String TIER = "support.connections.groups.payments.tiers[0].addresses=";

	private final TestPeer one = TestPeer.answering("one");

	private final TestPeer two = TestPeer.answering("two");

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, HttpClientAutoConfiguration.class,
				ReactiveHttpClientAutoConfiguration.class, WebClientAutoConfiguration.class,
				ConnectionsAutoConfiguration.class))
		.withBean(SimpleMeterRegistry.class)
		.withPropertyValues("spring.reactor.netty.shutdown-quiet-period=0s");

	@AfterEach
	void close() {
		this.one.close();
		this.two.close();
	}

	@Test
	void webClientFallsBackToTheNextTier() {
		this.contextRunner
			.withPropertyValues(TIER + this.one.address(),
					"support.connections.groups.payments.tiers[1].addresses=" + this.two.address())
			.run((context) -> {
				WebClient client = context.getBean(WebClient.Builder.class).build();
				assertThat(get(client, "http://payments/a")).isEqualTo("one");
				this.one.close();
				assertThat(get(client, "http://payments/b")).isEqualTo("two");
				assertThat(this.two.requests()).containsExactly("GET payments /b");
			});
	}

	@Test
	void aliasLeadsToItsGroup() {
		this.contextRunner.withPropertyValues(TIER + this.one.address(), "support.connections.aliases.pay=payments")
			.run((context) -> assertThat(
					get(context.getBean(WebClient.Builder.class).baseUrl("http://pay").build(), "/"))
				.isEqualTo("one"));
	}

	@Test
	void otherHostsAreLeftToTheStockClient() {
		this.contextRunner.withPropertyValues(TIER + this.one.address()).run((context) -> {
			WebClient client = context.getBean(WebClient.Builder.class).build();
			assertThat(get(client, "http://" + this.two.address() + "/")).isEqualTo("two");
			assertThatExceptionOfType(WebClientRequestException.class)
				.isThrownBy(() -> get(client, "http://unknown.invalid/"))
				.withMessageContaining("unknown.invalid");
		});
	}

	@Test
	@SuppressWarnings("deprecation") // what makes certificates instead is a module
	void bundleOfTheGroupIsUsedAndReloaded(@TempDir Path directory) throws Exception {
		SelfSignedCertificate certificate = new SelfSignedCertificate("payments");
		Path trusted = Files.copy(new SelfSignedCertificate("payments").certificate().toPath(),
				directory.resolve("trusted.crt"));
		try (TestPeer secure = TestPeer.secure("secure", certificate, HttpProtocol.HTTP11)) {
			this.contextRunner
				.withPropertyValues(TIER + secure.address(), "support.connections.groups.payments.ssl.bundle=test",
						"spring.ssl.bundle.pem.test.truststore.certificate=file:" + trusted,
						"spring.ssl.bundle.pem.test.reload-on-update=true",
						"spring.ssl.bundle.watch.file.quiet-period=50ms")
				.run((context) -> {
					WebClient client = context.getBean(WebClient.Builder.class).build();
					assertThatExceptionOfType(WebClientRequestException.class)
						.isThrownBy(() -> get(client, "https://payments/"));
					Files.copy(certificate.certificate().toPath(), trusted, StandardCopyOption.REPLACE_EXISTING);
					Awaitility.await()
						.ignoreExceptions()
						.until(() -> get(client, "https://payments/").equals("secure"));
					assertThat(secure.serverNames()).containsOnly("payments");
				});
		}
	}

	@ParameterizedTest
	@CsvSource({ "support.connections.groups.payments.ssl.bundle", "spring.http.clients.ssl.bundle" })
	@SuppressWarnings("deprecation") // what makes certificates instead is a module
	void groupSpeaksHttp2WithItsBundleOrTheStockClients(String property) throws Exception {
		SelfSignedCertificate certificate = new SelfSignedCertificate("payments");
		try (TestPeer secure = TestPeer.secure("secure", certificate, HttpProtocol.H2)) {
			this.contextRunner
				.withPropertyValues(TIER + secure.address(), "support.connections.groups.payments.protocol=h2",
						property + "=test",
						"spring.ssl.bundle.pem.test.truststore.certificate=file:" + certificate.certificate())
				.run((context) -> {
					WebClient client = context.getBean(WebClient.Builder.class).build();
					assertThat(get(client, "https://payments/a")).isEqualTo("secure");
					assertThat(get(client, "https://payments/b")).isEqualTo("secure");
					assertThat(secure.connections()).isEqualTo(1);
				});
		}
	}

	@Test
	void unknownBundleIsNamedWithWhatToDo() {
		this.contextRunner
			.withPropertyValues(TIER + this.one.address(), "support.connections.groups.payments.ssl.bundle=unknown",
					"spring.ssl.bundle.pem.known.truststore.certificate=classpath:none")
			.run((context) -> assertThat(context.getStartupFailure())
				.hasRootCauseInstanceOf(InvalidConfigurationPropertyValueException.class)
				.rootCause()
				.satisfies((cause) -> assertThat(((InvalidConfigurationPropertyValueException) cause).getReason())
					.contains("name one of [known]", "add spring.ssl.bundle.pem.unknown")));
	}

	@Test
	void applicationsOwnBundlesMayHaveAnyName() {
		this.contextRunner
			.withPropertyValues(TIER + this.one.address(), "support.connections.groups.payments.ssl.bundle=own")
			.withBean(TlsBundles.class, OwnBundles::new)
			.run((context) -> assertThat(context.getBean(OwnBundles.class).name).isEqualTo("own"));
	}

	@Test
	void everyAddressIsNamedWhenNoneAnswers() {
		this.one.close();
		this.two.close();
		this.contextRunner.withPropertyValues(TIER + this.one.address() + "," + this.two.address())
			.run((context) -> assertThatExceptionOfType(WebClientRequestException.class)
				.isThrownBy(() -> get(context.getBean(WebClient.Builder.class).build(), "http://payments/"))
				.withCauseInstanceOf(MultiConnectException.class)
				.withMessageContainingAll(this.one.address(), this.two.address()));
	}

	@Test
	void excludedAddressStaysExcluded() {
		this.contextRunner
			.withPropertyValues(TIER + this.one.address(), "spring.http.clients.reactive.connector=reactor")
			.withBean(InetAddressFilter.class, () -> InetAddressFilter.externalAddresses())
			.run((context) -> {
				WebClient client = context.getBean(WebClient.Builder.class).build();
				assertThatExceptionOfType(WebClientRequestException.class)
					.isThrownBy(() -> get(client, "http://" + this.two.address() + "/"));
				assertThatExceptionOfType(WebClientRequestException.class)
					.isThrownBy(() -> get(client, "http://payments/"));
				assertThat(this.one.requests()).isEmpty();
			});
	}

	@Test
	void applicationsOwnConnectorWins() {
		this.contextRunner.withPropertyValues(TIER + this.one.address())
			.withBean("own", WebClientCustomizer.class,
					() -> (builder) -> builder.exchangeFunction(
							(request) -> Mono.just(ClientResponse.create(HttpStatus.OK).body("own").build())))
			.run((context) -> assertThat(get(context.getBean(WebClient.Builder.class).build(), "http://payments/"))
				.isEqualTo("own"));
	}

	@Test
	void stateIsContributedToTheContext() {
		this.contextRunner
			.run((context) -> assertThat(context.getBean(ContextContributor.class).name()).isEqualTo("connections"));
	}

	@Test
	void applicationsRegistryOfCircuitBreakersIsUsed() {
		this.contextRunner.withPropertyValues(TIER + this.one.address())
			.withBean(CircuitBreakerRegistry.class, CircuitBreakerRegistry::ofDefaults)
			.run((context) -> assertThat(context.getBean(CircuitBreakerRegistry.class).getAllCircuitBreakers())
				.extracting("name")
				.containsExactly("support.payments." + this.one.address()));
	}

	@Test
	void anyCircuitBreakerCanBeConfiguredByItsName() {
		String name = "support.payments." + this.one.address();
		this.contextRunner.withConfiguration(AutoConfigurations.of(CircuitBreakerAutoConfiguration.class))
			.withPropertyValues(TIER + this.one.address() + "," + this.two.address())
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("instance",
						Map.of("resilience4j.circuitbreaker.instances[" + name + "].wait-duration-in-open-state",
								"7s"))))
			.withBean(CircuitBreakerConfigCustomizer.class,
					() -> CircuitBreakerConfigCustomizer.of(name,
							(builder) -> builder.slidingWindow(7, 7, SlidingWindowType.COUNT_BASED,
									SlidingWindowSynchronizationStrategy.LOCK_FREE)))
			.run((context) -> {
				CircuitBreakerRegistry registry = context.getBean(CircuitBreakerRegistry.class);
				CircuitBreakerConfig config = registry.circuitBreaker(name).getCircuitBreakerConfig();
				assertThat(config.getWaitIntervalFunctionInOpenState().apply(1)).isEqualTo(7000);
				assertThat(config.getSlidingWindowSize()).isEqualTo(7);
				WebClient client = context.getBean(WebClient.Builder.class).build();
				for (int i = 0; i < 20; i++) {
					get(client, "http://payments/");
				}
				CircuitBreaker.Metrics metrics = registry.circuitBreaker(name).getMetrics();
				assertThat(metrics.getNumberOfSuccessfulCalls()).isPositive()
					.isEqualTo(metrics.getNumberOfBufferedCalls());
				assertThat(registry.circuitBreaker("support.payments." + this.two.address())
					.getCircuitBreakerConfig()
					.getSlidingWindowSize()).isEqualTo(2);
			});
	}

	@Test
	void backsOff() {
		this.contextRunner.withPropertyValues("support.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ConnectionManager.class));
		this.contextRunner.withPropertyValues("support.connections.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ConnectionManager.class));
		this.contextRunner.withClassLoader(new FilteredClassLoader(CircuitBreakerRegistry.class))
			.run((context) -> assertThat(context).doesNotHaveBean(ConnectionManager.class));
		this.contextRunner.withClassLoader(new FilteredClassLoader(WebClient.class))
			.run((context) -> assertThat(context).hasSingleBean(ConnectionManager.class)
				.doesNotHaveBean("connectionsWebClientCustomizer"));
	}

	@Test
	void defaultsOfPropertiesAreThoseOfTheSettings() {
		this.contextRunner.withPropertyValues(TIER + "10.0.0.1:8080;weight=2").run((context) -> {
			GroupSettings settings = new GroupSettingsFactory(context.getBean(ConnectionsProperties.class), false,
					List.of())
				.groups()
				.get(0);
			assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
			assertThat(settings.responseTimeout()).isEqualTo(Duration.ofSeconds(30));
			assertThat(settings.maxConnectRetries()).isOne();
			assertThat(settings.markdown()).isEqualTo(new GroupSettings.Markdown(true, Duration.ofSeconds(10), 1));
			assertThat(settings.maxConnections()).isEqualTo(800);
			assertThat(settings.pool()).isEqualTo(new GroupSettings.Pool(50, Duration.ofSeconds(3)));
			assertThat(settings.retryBudget()).isEqualTo(new GroupSettings.RetryBudget(0.2, 10));
			assertThat(settings.hedge()).isEqualTo(new GroupSettings.Hedge(false, List.of(Duration.ofMillis(50),
					Duration.ofMillis(100), Duration.ofMillis(150), Duration.ofMillis(200))));
			assertThat(settings.outlier()).isEqualTo(new GroupSettings.Outlier(true, 3, 100, Duration.ofMillis(50),
					Duration.ofSeconds(10), Duration.ofSeconds(30)));
			assertThat(settings.group().tiers().get(0).get(0).weight()).isEqualTo(2);
			assertThat(settings.tls()).isEqualTo(new GroupSettings.Tls(null, Duration.ofSeconds(10)));
			assertThat(settings.protocol()).isEqualTo(Protocol.HTTP1);
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"groups.payments.tiers[0].addresses=10.0.0.1|groups.payments.tiers[0].addresses[0]|host:port",
			"groups.payments.tiers[0].addresses=a:99999|groups.payments.tiers[0].addresses[0]|1 to 65535",
			"groups.payments.tiers[0].addresses=a:1;weight=0|groups.payments.tiers[0].addresses[0]|weight",
			"groups.payments.tiers[0].addresses=|groups.payments.tiers[0].addresses|at least one address",
			"groups.payments.max-connections=800|groups.payments.tiers|at least one tier",
			"groups.payments.tiers[0].addresses=srv:_http._tcp.a,b:1|groups.payments.tiers[0].addresses|alone in its tier",
			"groups.payments.tiers[0].addresses=srv:a b|groups.payments.tiers[0].addresses[0]|srv:_http._tcp.orders.example",
			"max-dynamic-groups=-1|max-dynamic-groups|must not be negative",
			"dns.servers=dns.example|dns.servers[0]|10.0.0.53:5353", "dns.query-timeout=0s|dns.query-timeout|from 1ms",
			"dns.min-ttl=0s|dns.min-ttl|from 1ms", "dns.max-ttl=10ms|dns.max-ttl|support.connections.dns.min-ttl",
			"dns.max-names=0|dns.max-names|must be positive",
			"groups.pay_ments.tiers[0].addresses=a:1|groups.pay_ments|lower-case letters",
			"aliases.pay=nobody|aliases.pay|support.connections.groups.nobody" })
	void wrongValueIsNamed(String value, String property, String reason) {
		this.contextRunner.withPropertyValues("support.connections." + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (failure) -> {
					assertThat(failure.getName()).isEqualTo("support.connections." + property);
					assertThat(failure.getReason()).contains(reason);
				}));
	}

	@Test
	void propertiesReachTheSettings() {
		this.contextRunner
			.withPropertyValues(TIER + "10.0.0.1:8080", "support.connections.groups.payments.retry-budget.ratio=0.5",
					"support.connections.groups.payments.retry-budget.min-per-second=0",
					"support.connections.groups.payments.hedge.enabled=true",
					"support.connections.groups.payments.hedge.delays=20ms,1s",
					"support.connections.groups.payments.outlier.enabled=false",
					"support.connections.groups.payments.outlier.min-latency=0")
			.run((context) -> {
				GroupSettings settings = new GroupSettingsFactory(context.getBean(ConnectionsProperties.class), false,
						List.of())
					.groups()
					.get(0);
				assertThat(settings.retryBudget()).isEqualTo(new GroupSettings.RetryBudget(0.5, 0));
				assertThat(settings.hedge())
					.isEqualTo(new GroupSettings.Hedge(true, List.of(Duration.ofMillis(20), Duration.ofSeconds(1))));
				assertThat(settings.outlier()).isEqualTo(new GroupSettings.Outlier(false, 3, 100, Duration.ZERO,
						Duration.ofSeconds(10), Duration.ofSeconds(30)));
			});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "hedge.delays=", "hedge.delays=0s", "hedge.delays=100ms,50ms", "hedge.delays=50ms,50ms" })
	void wrongDelaysAreNamed(String value) {
		valueOutOfRangeIsNamed(value);
	}

	@ParameterizedTest
	@CsvSource({ "retry-budget.ratio=-0.1", "retry-budget.ratio=101", "retry-budget.ratio=NaN",
			"retry-budget.min-per-second=-1", "outlier.factor=1", "outlier.factor=NaN", "outlier.min-requests=0",
			"outlier.min-latency=-1ms", "outlier.interval=0s", "outlier.base-ejection-time=0s", "connect-timeout=0s",
			"response-timeout=-1s", "max-connect-retries=-1", "max-connections=0", "markdown.duration=0s",
			"markdown.failures=0", "pool.max-idle-per-address=-1", "pool.max-idle-time=0s", "ssl.handshake-timeout=0s",
			"ssl.bundle=unknown", "connect-attempt-delay=-1ms" })
	void valueOutOfRangeIsNamed(String value) {
		String property = "support.connections.groups.payments." + value.substring(0, value.indexOf('='));
		this.contextRunner.withPropertyValues(TIER + this.one.address(), "support.connections.groups.payments." + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class,
						(failure) -> assertThat(failure.getName()).isEqualTo(property)));
	}

	@Test
	void servicesOfDnsNeedDns() {
		this.contextRunner
			.withPropertyValues("support.connections.groups.payments.tiers[0].addresses=srv:_http._tcp.a",
					"support.connections.dns.enabled=false")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("support.connections.dns.enabled=true"));
	}

	private static String get(WebClient client, String uri) {
		return client.get().uri(uri).retrieve().bodyToMono(String.class).block(TIMEOUT);
	}

	static class OwnBundles implements TlsBundles {

		private String name;

		@Override
		public SslContextBuilder begin(@Nullable String bundle) {
			this.name = bundle;
			return SslContextBuilder.forClient();
		}

		@Override
		public void whenUpdated(String bundle, Runnable action) {
			// Never.
		}

	}

}
