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

package io.support.autoconfigure.eventloop;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.tomcat.autoconfigure.actuate.web.server.TomcatReactiveManagementContextAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.reactive.TomcatReactiveWebServerAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

import io.support.autoconfigure.context.ContextAutoConfiguration;
import io.support.context.SupportContext;
import io.support.eventloop.EventLoopSettings;
import io.support.eventloop.EventLoopStall;
import io.support.eventloop.EventLoopWatcher;
import io.support.eventloop.EventLoopsSnapshot;
import io.support.testing.SlowCode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link EventLoopAutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class EventLoopAutoConfigurationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(EventLoopAutoConfiguration.class, ContextAutoConfiguration.class));

	@ParameterizedTest
	@CsvSource({ "true, support-", "false, reactor-http-" })
	void loopsOfServerManagementAndClientAreWatchedWhateverTheyAre(boolean acceptor, String prefix) {
		try (ConfigurableApplicationContext context = start("support.acceptor.enabled=" + acceptor)) {
			WebClient client = context.getBean(WebClient.Builder.class).build();
			client.get().uri(uri(context, "server", "/fast")).retrieve().toBodilessEntity().block(PATIENCE);
			WebClient.create(uri(context, "management", "/actuator/health"))
				.get()
				.retrieve()
				.toBodilessEntity()
				.block(PATIENCE);
			EventLoopsSnapshot snapshot = context.getBean(EventLoopWatcher.class).snapshot();
			assertThat(snapshot.loops()).extracting(EventLoopsSnapshot.Loop::name)
				.anyMatch((name) -> name.startsWith(acceptor ? "support-http-" : prefix))
				.anyMatch((name) -> name.startsWith(acceptor ? "support-client-" : prefix))
				.anyMatch((name) -> name.startsWith("support-meta-"));
			assertThat(context.getBean(SupportContext.class).names()).contains("eventloops");
			assertThat(context.getBean(MeterRegistry.class).find("support.eventloop.delay").timers()).isNotEmpty();
		}
	}

	@Test
	void stallIsAnApplicationEventAndALineInTheLog(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start()) {
			WebClient.create(uri(context, "server", "/slow")).get().retrieve().toBodilessEntity().block(PATIENCE);
			List<EventLoopStall> stalls = context.getBean(Shop.class).stalls;
			await().atMost(PATIENCE)
				.until(() -> stalls.stream().anyMatch((stall) -> stall.kind() == EventLoopStall.Kind.BLOCKED));
			assertThat(stalls).filteredOn((stall) -> stall.kind() == EventLoopStall.Kind.BLOCKED)
				.first()
				.satisfies((stall) -> {
					assertThat(stall.request()).isEqualTo("GET /slow");
					assertThat(stall.dominantFrame()).isNotNull();
					assertThat(stall.dominantFrame().getMethodName()).isEqualTo("reports");
				});
			await().atMost(PATIENCE).until(() -> output.getOut().contains("SlowCode.reports(SlowCode.java"));
			assertThat(output).contains("was blocked for").contains(", serving GET /slow (");
		}
	}

	@Test
	void servletApplicationHasNothingToWatch() {
		new WebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(EventLoopAutoConfiguration.class, ContextAutoConfiguration.class))
			.run((context) -> assertThat(context.getBean(EventLoopWatcher.class).snapshot().loops()).isEmpty());
	}

	@Test
	void propertiesBindToTheSettings() {
		this.runner.withPropertyValues("support.event-loop.probe-interval=7ms", "support.event-loop.stall-threshold=2s")
			.run((context) -> {
				EventLoopsSnapshot snapshot = context.getBean(EventLoopWatcher.class).snapshot();
				assertThat(snapshot.probeIntervalNanos()).isEqualTo(7_000_000);
				assertThat(snapshot.stallThresholdNanos()).isEqualTo(2_000_000_000);
			});
	}

	@ParameterizedTest
	@CsvSource({ "probe-interval, 0s", "stall-threshold, -1s", "stall-threshold, 20ms", "sample-interval, 100us" })
	void invalidValueIsNamed(String property, String value) {
		this.runner.withPropertyValues("support.event-loop." + property + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class,
						(failure) -> assertThat(failure.getName()).isEqualTo("support.event-loop." + property)));
	}

	@ParameterizedTest
	@CsvSource({ "support.enabled", "support.event-loop.enabled" })
	void switchedOffWatchesNothing(String property) {
		this.runner.withPropertyValues(property + "=false")
			.run((context) -> assertThat(context).doesNotHaveBean(EventLoopWatcher.class));
	}

	@Test
	void switchedOffStartsWithAManagementServer() {
		try (ConfigurableApplicationContext context = start("support.enabled=false")) {
			assertThat(context.getBeansOfType(EventLoopWatcher.class)).isEmpty();
		}
	}

	@Test
	void backsOffBeforeAWatcherOfTheUsers() {
		EventLoopWatcher own = new EventLoopWatcher(new EventLoopSettings(1, 2, 1), System::nanoTime, Clock.systemUTC(),
				(stall) -> {
				});
		this.runner.withBean(EventLoopWatcher.class, () -> own)
			.run((context) -> assertThat(context).getBean(EventLoopWatcher.class).isSameAs(own));
	}

	private static ConfigurableApplicationContext start(String... properties) {
		return new SpringApplicationBuilder(Shop.class).web(WebApplicationType.REACTIVE)
			.properties("server.port=0", "management.server.port=0", "spring.main.banner-mode=off",
					"spring.reactor.netty.shutdown-quiet-period=0s")
			.properties(properties)
			.run();
	}

	private static String uri(ConfigurableApplicationContext context, String server, String path) {
		return "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local." + server + ".port") + path;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = { TomcatReactiveWebServerAutoConfiguration.class,
			TomcatReactiveManagementContextAutoConfiguration.class })
	static class Shop {

		private final List<EventLoopStall> stalls = new CopyOnWriteArrayList<>();

		@EventListener
		void stalled(EventLoopStall stall) {
			this.stalls.add(stall);
		}

		@Bean
		RouterFunction<ServerResponse> routes() {
			return RouterFunctions.route()
				.GET("/fast", (request) -> ServerResponse.ok().build())
				.GET("/slow", (request) -> slow())
				.build();
		}

		private static Mono<ServerResponse> slow() {
			try {
				SlowCode.reports(Duration.ofMillis(400));
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			return ServerResponse.ok().build();
		}

	}

}
