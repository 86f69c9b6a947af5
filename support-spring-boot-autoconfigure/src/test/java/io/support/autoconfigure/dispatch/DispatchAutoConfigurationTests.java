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

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.support.autoconfigure.context.ContextAutoConfiguration;
import io.support.context.SupportContext;
import io.support.dispatch.CpuBound;
import io.support.dispatch.DispatchAnnotationBeanPostProcessor;
import io.support.dispatch.DispatchConfigurationException;
import io.support.dispatch.DispatchSettings;
import io.support.dispatch.Dispatchers;
import io.support.dispatch.IoBound;
import io.support.dispatch.ThreadKind;
import io.support.dispatch.web.DispatchHandlerAdapter;
import io.support.dispatch.web.DispatchHandlerExceptionResolver;
import io.support.dispatch.web.DispatchWebExceptionHandler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DispatchAutoConfiguration}.
 */
@Timeout(60)
class DispatchAutoConfigurationTests {

	private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations.of(ContextAutoConfiguration.class,
			DispatchAutoConfiguration.class, TaskExecutionAutoConfiguration.class, AopAutoConfiguration.class);

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(CONFIGURATIONS);

	@Test
	void dispatchesAnnotatedBeans() {
		this.runner.withUserConfiguration(ServiceConfiguration.class).run((context) -> {
			Service service = context.getBean(Service.class);
			assertThat(AopUtils.isCglibProxy(service)).isTrue();
			assertThat(service.cpu()).startsWith("support-cpu-");
		});
	}

	@Test
	void sizesComeFromProperties() {
		this.runner.withPropertyValues("support.dispatch.io.threads=3", "support.dispatch.io.queue-capacity=7")
			.run((context) -> {
				assertThat(context.getBean(SupportContext.class).names()).contains("dispatch");
				assertThat(context.getBean(SupportContext.class).snapshot("dispatch").orElseThrow().toString())
					.contains("io=Snapshot[threads=3, active=0, queueDepth=0, queueCapacity=7");
			});
	}

	@Test
	void defaultsFollowTheCores() {
		int cores = Runtime.getRuntime().availableProcessors();
		DispatchSettings settings = new DispatchProperties().toSettings(false);
		assertThat(settings.io().on(ThreadKind.PLATFORM)).isEqualTo(new DispatchSettings.Pool(10 * cores, 1000));
		assertThat(settings.cpu()).isEqualTo(new DispatchSettings.Pool(cores, 1000));
		assertThat(settings.shutdownTimeout()).isEqualTo(Duration.ofSeconds(10));
	}

	@Test
	void bootsTaskExecutorStays() {
		this.runner.run((context) -> {
			assertThat(context).hasBean("applicationTaskExecutor");
			assertThat(context).hasSingleBean(Executor.class);
		});
	}

	@Test
	void metersAreInTheApplicationsRegistry() {
		this.runner.withUserConfiguration(ServiceConfiguration.class)
			.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.run((context) -> {
				context.getBean(Service.class).cpu();
				assertThat(context.getBean(MeterRegistry.class)
					.get("support.dispatch.queued")
					.tags("dispatcher", "cpu", "method", "Service.cpu")
					.timer()
					.count()).isOne();
			});
	}

	@Test
	void switchedOffLeavesBeansAlone() {
		for (String property : new String[] { "support.enabled=false", "support.dispatch.enabled=false" }) {
			this.runner.withUserConfiguration(ServiceConfiguration.class)
				.withPropertyValues(property)
				.run((context) -> {
					assertThat(context).doesNotHaveBean(Dispatchers.class);
					assertThat(context).doesNotHaveBean(DispatchAnnotationBeanPostProcessor.class);
					assertThat(AopUtils.isAopProxy(context.getBean(Service.class))).isFalse();
				});
		}
	}

	@Test
	void backsOffFromUsersDispatchers() {
		DispatchSettings.Pool pool = new DispatchSettings.Pool(1, 1);
		Dispatchers own = Dispatchers.create(new DispatchSettings(pool, pool, Duration.ZERO), System::nanoTime);
		this.runner.withBean(Dispatchers.class, () -> own)
			.run((context) -> assertThat(context.getBean(Dispatchers.class)).isSameAs(own));
	}

	@Test
	void invalidSizesNameTheProperty() {
		for (String property : new String[] { "support.dispatch.io.threads", "support.dispatch.io.queue-capacity",
				"support.dispatch.cpu.threads", "support.dispatch.cpu.queue-capacity" }) {
			for (String value : new String[] { "0", "-1" }) {
				this.runner.withPropertyValues(property + "=" + value)
					.run((context) -> assertThat(context.getStartupFailure()).rootCause()
						.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (ex) -> {
							assertThat(ex.getName()).isEqualTo(property);
							assertThat(ex.getValue()).hasToString(value);
							assertThat(ex.getReason()).contains("positive");
						}));
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "io", "cpu" })
	void invalidAgesNameTheProperty(String dispatcher) {
		String prefix = "support.dispatch." + dispatcher + ".";
		for (String property : new String[] { "max-queue-age", "overloaded-queue-age", "target-queue-age" }) {
			for (String value : new String[] { "0s", "-1s" }) {
				assertInvalid(prefix + property, value, "positive", "100ms");
			}
		}
		assertInvalid(prefix + "overloaded-queue-age", "2s", prefix + "max-queue-age", "1000ms", "raise the other");
	}

	private void assertInvalid(String property, String value, String... reason) {
		this.runner.withPropertyValues(property + "=" + value)
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (ex) -> {
					assertThat(ex.getName()).isEqualTo(property);
					assertThat(ex.getReason()).contains(reason);
				}));
	}

	@Test
	void agesComeFromProperties() {
		this.runner
			.withPropertyValues("support.dispatch.cpu.max-queue-age=3s", "support.dispatch.cpu.overloaded-queue-age=2s",
					"support.dispatch.cpu.target-queue-age=20ms")
			.run((context) -> {
				DispatchSettings settings = context.getBean(DispatchProperties.class).toSettings(false);
				int cores = Runtime.getRuntime().availableProcessors();
				assertThat(settings.cpu()).isEqualTo(new DispatchSettings.Pool(cores, 1000, Duration.ofSeconds(3),
						Duration.ofSeconds(2), Duration.ofMillis(20), ThreadKind.PLATFORM));
				assertThat(settings.io().maxQueueAge()).isEqualTo(Duration.ofSeconds(1));
				assertThat(context.getBean(SupportContext.class).snapshot("dispatch").orElseThrow().toString())
					.contains("maxQueueAgeNanos=3000000000");
			});
	}

	@Test
	void impossibleAnnotationIsExplained() {
		this.runner.withBean(Impossible.class).run((context) -> {
			Throwable failure = context.getStartupFailure();
			assertThat(failure).rootCause().isInstanceOf(DispatchConfigurationException.class);
			FailureAnalysis analysis = new DispatchConfigurationFailureAnalyzer().analyze(failure);
			assertThat(analysis.getDescription()).contains("Impossible.ask()").contains("'gpu'");
			assertThat(analysis.getAction()).contains("[cpu, io]");
		});
	}

	@Test
	void runningCallsFinishBeforeBeansAreDestroyed() {
		CountDownLatch started = new CountDownLatch(1);
		CompletableFuture<Boolean> sawOpenResource = new CompletableFuture<>();
		this.runner.withBean(Resource.class).run((context) -> {
			Resource resource = context.getBean(Resource.class);
			Thread closer = new Thread(context::close);
			CompletableFuture<Boolean> call = context.getBean(Dispatchers.class).io().future(() -> {
				started.countDown();
				// Long enough for the close below to destroy the resource, if it did.
				resource.closed.await(200, TimeUnit.MILLISECONDS);
				return resource.closed.getCount() == 1;
			});
			assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
			closer.start();
			closer.join(20_000);
			sawOpenResource.complete(call.get(10, TimeUnit.SECONDS));
			assertThat(resource.closed.getCount()).isZero();
		});
		assertThat(sawOpenResource).isCompletedWithValue(true);
	}

	@Test
	void worksWithoutMicrometersContextPropagation() {
		this.runner.withClassLoader(new FilteredClassLoader("io.micrometer.context"))
			.run((context) -> assertThat(context).hasSingleBean(Dispatchers.class));
	}

	@Test
	void webFluxGetsItsAdapters() {
		new ReactiveWebApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withConfiguration(
					AutoConfigurations.of(WebFluxAutoConfiguration.class, HttpHandlerAutoConfiguration.class))
			.run((context) -> {
				assertThat(context).hasSingleBean(DispatchHandlerAdapter.class);
				assertThat(context).hasSingleBean(DispatchWebExceptionHandler.class);
				assertThat(context).doesNotHaveBean(DispatchHandlerExceptionResolver.class);
			});
	}

	@Test
	void mvcGetsItsAdapterAlsoWithoutWebFlux() {
		new WebApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withClassLoader(new FilteredClassLoader("org.springframework.web.reactive"))
			.run((context) -> {
				assertThat(context).hasSingleBean(DispatchHandlerExceptionResolver.class);
				assertThat(context).doesNotHaveBean(DispatchHandlerAdapter.class);
			});
	}

	@Configuration(proxyBeanMethods = false)
	static class ServiceConfiguration {

		@Bean
		Service service() {
			return new Service();
		}

	}

	static class Service implements Runnable {

		@CpuBound
		String cpu() {
			return Thread.currentThread().getName();
		}

		@Override
		public void run() {
		}

	}

	static class Impossible {

		@IoBound(dispatcher = "gpu")
		void ask() {
		}

	}

	static class Resource implements AutoCloseable {

		final CountDownLatch closed = new CountDownLatch(1);

		@Override
		public void close() {
			this.closed.countDown();
		}

	}

}
