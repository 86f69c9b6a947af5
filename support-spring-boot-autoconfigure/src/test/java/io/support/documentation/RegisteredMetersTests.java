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

package io.support.documentation;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.boot.web.server.reactive.context.AnnotationConfigReactiveWebServerApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;

import io.support.stats.DescribedMeter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that an application has the meters of {@code docs/meters.md}, and no others.
 */
@Timeout(60)
class RegisteredMetersTests {

	private static AnnotationConfigReactiveWebServerApplicationContext application;

	private static PrometheusMeterRegistry registry;

	private static volatile int managementPort;

	static List<DescribedMeter> meters() {
		return MetersPageTests.meters();
	}

	@BeforeAll
	static void startWithAGroupThatFails() throws IOException {
		application = new AnnotationConfigReactiveWebServerApplicationContext();
		TestPropertyValues
			.of("server.port=0", "management.server.port=0",
					"management.endpoints.web.exposure.include=support,prometheus",
					"spring.reactor.netty.shutdown-quiet-period=0s",
					"support.connections.groups.closed.tiers[0].addresses=127.0.0.1:" + closedPort(),
					"support.connections.groups.named.tiers[0].addresses=nobody.invalid:80",
					"support.connections.groups.shared.tiers[0].addresses=127.0.0.1:" + closedPort(),
					"support.connections.groups.shared.protocol=h2c",
					"support.connections.dns.servers=127.0.0.1:" + closedPort(),
					"support.connections.dns.query-timeout=100ms")
			.applyTo(application);
		application.addApplicationListener((ApplicationListener<WebServerInitializedEvent>) (event) -> {
			if ("management".equals(event.getApplicationContext().getServerNamespace())) {
				managementPort = event.getWebServer().getPort();
			}
		});
		application.register(Application.class);
		application.refresh();
		registry = application.getBean(PrometheusMeterRegistry.class);
		WebClient client = application.getBean(WebClient.Builder.class).build();
		assertThatExceptionOfType(WebClientRequestException.class).isThrownBy(
				() -> client.get().uri("http://closed/").retrieve().toBodilessEntity().block(Duration.ofSeconds(20)));
		Awaitility.await().until(() -> registry.find("support.connections.dns.failures").counter() != null);
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@ParameterizedTest
	@MethodSource("meters")
	void meterIsRegisteredAsDescribed(DescribedMeter meter) {
		Set<String> keys = Arrays.stream(meter.getKeyNames()).map(KeyName::asString).collect(Collectors.toSet());
		assertThat(registry.find(meter.getName()).meters()).isNotEmpty().extracting(Meter::getId).allSatisfy((id) -> {
			assertThat(id.getType()).isEqualTo(meter.getType());
			assertThat(id.getTags()).extracting(Tag::getKey).containsExactlyInAnyOrderElementsOf(keys);
		});
	}

	@ParameterizedTest
	@MethodSource("meters")
	void prometheusShowsTheNameAndTheDescription(DescribedMeter meter) {
		assertThat(registry.scrape().lines())
			.contains("# HELP " + MetersPageTests.prometheusName(meter) + " " + meter.description().text());
	}

	@Test
	void alertsAndDashboardAskForWhatIsScraped() throws Exception {
		Map<String, Set<String>> scraped = PrometheusExpressions.scraped(HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/actuator/prometheus"))
				.build(), HttpResponse.BodyHandlers.ofString())
			.body());
		assertThat(PrometheusExpressions.all()).isNotEmpty().allSatisfy((expression) -> {
			Map<String, Set<String>> asked = PrometheusExpressions.asked(expression);
			assertThat(asked).isNotEmpty();
			asked.forEach((name, labels) -> {
				assertThat(scraped).as(expression).containsKey(name);
				assertThat(scraped.get(name)).as("%s in %s", name, expression).containsAll(labels);
			});
		});
	}

	@Test
	void noOtherMeterBearsOurName() {
		assertThat(registry.getMeters()).extracting((meter) -> meter.getId().getName())
			.filteredOn((name) -> name.startsWith("support."))
			.isSubsetOf(meters().stream().map(DescribedMeter::getName).toList());
	}

	private static int closedPort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
