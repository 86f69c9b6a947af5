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
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import reactor.core.publisher.Mono;

import io.support.autoconfigure.context.ContextAutoConfiguration;
import io.support.dispatch.CpuBound;
import io.support.dispatch.IoBound;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Methods that Spring calls rather than the application: they are dispatched, whatever
 * post-processor has come to their beans first.
 */
class DispatchedCallbackTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ContextAutoConfiguration.class, DispatchAutoConfiguration.class,
				TaskExecutionAutoConfiguration.class, TaskSchedulingAutoConfiguration.class));

	@Test
	void scheduledMethodsRunOnTheirDispatcher() {
		this.runner.withUserConfiguration(Scheduling.class).run((context) -> {
			Clockwork clockwork = context.getBean(Clockwork.class);
			assertThat(clockwork.plain().get(10, TimeUnit.SECONDS)).startsWith("support-io-");
			assertThat(clockwork.reactive().get(10, TimeUnit.SECONDS)).startsWith("support-cpu-");
		});
	}

	@Test
	void listenersOfEventsRunOnTheirDispatcher() {
		this.runner.withBean(Listener.class).run((context) -> {
			((ApplicationEventPublisher) context).publishEvent("news");
			assertThat(context.getBean(Listener.class).heard().get(10, TimeUnit.SECONDS))
				.startsWith("news support-io-");
		});
	}

	@Configuration(proxyBeanMethods = false)
	@EnableScheduling
	static class Scheduling {

		@Bean
		Clockwork clockwork() {
			return new Clockwork();
		}

	}

	static class Clockwork {

		private final CompletableFuture<String> plain = new CompletableFuture<>();

		private final CompletableFuture<String> reactive = new CompletableFuture<>();

		@IoBound
		@Scheduled(fixedDelay = 10)
		void tick() {
			this.plain.complete(Thread.currentThread().getName());
		}

		@CpuBound
		@Scheduled(fixedDelay = 10)
		Mono<Void> tock() {
			this.reactive.complete(Thread.currentThread().getName());
			return Mono.delay(Duration.ofMillis(1)).then();
		}

		CompletableFuture<String> plain() {
			return this.plain;
		}

		CompletableFuture<String> reactive() {
			return this.reactive;
		}

	}

	static class Listener {

		private final CompletableFuture<String> heard = new CompletableFuture<>();

		@IoBound
		@EventListener
		void hear(String news) {
			this.heard.complete(news + " " + Thread.currentThread().getName());
		}

		CompletableFuture<String> heard() {
			return this.heard;
		}

	}

}
