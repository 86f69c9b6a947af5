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

package io.support.benchmarks.dispatch;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.github.resilience4j.bulkhead.ThreadPoolBulkhead;
import io.github.resilience4j.bulkhead.ThreadPoolBulkheadConfig;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

import io.support.dispatch.DispatchAnnotationBeanPostProcessor;
import io.support.dispatch.DispatchSettings;
import io.support.dispatch.Dispatchers;
import io.support.event.EventLog;
import io.support.event.Operations;
import io.support.stats.StreamingMeterRegistry;

/**
 * All ways to call an {@link Addition}, with pools and queues of the same size.
 * Dispatchers are measured and tell of their calls as they do in an application: with
 * Prometheus, the streaming statistics and the event log.
 */
final class Ways implements AutoCloseable {

	private static final int THREADS = 2;

	private static final int QUEUE_CAPACITY = 1000;

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private final Addition bare = bareProxy();

	private final Addition addition;

	private final Dispatchers dispatchers;

	private final Dispatchers stackless = createDispatchers(false);

	private final ThreadPoolExecutor executor = new ThreadPoolExecutor(THREADS, THREADS, 0, TimeUnit.SECONDS,
			new LinkedBlockingQueue<>(QUEUE_CAPACITY));

	private final ThreadPoolBulkhead bulkhead;

	Ways() {
		this.context.register(Asynchronous.class);
		this.context.registerBean(Addition.EXECUTOR, ThreadPoolTaskExecutor.class, Ways::taskExecutor);
		this.context.registerBean(ThreadPoolBulkhead.class, Ways::createBulkhead);
		this.context.registerBean(Dispatchers.class, () -> createDispatchers(true));
		this.context.registerBean(DispatchAnnotationBeanPostProcessor.class,
				() -> new DispatchAnnotationBeanPostProcessor(() -> this.context.getBean(Dispatchers.class)));
		this.context.registerBean(Addition.Large.class);
		this.context.registerBean(Addition.class);
		this.context.refresh();
		this.addition = this.context.getBean(Addition.class);
		this.dispatchers = this.context.getBean(Dispatchers.class);
		this.bulkhead = this.context.getBean(ThreadPoolBulkhead.class);
	}

	private static Addition bareProxy() {
		ProxyFactory factory = new ProxyFactory(new Addition());
		factory.setProxyTargetClass(true);
		factory.addAdvice((MethodInterceptor) MethodInvocation::proceed);
		return (Addition) factory.getProxy();
	}

	private static ThreadPoolTaskExecutor taskExecutor() {
		ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
		executor.setCorePoolSize(THREADS);
		executor.setMaxPoolSize(THREADS);
		executor.setQueueCapacity(QUEUE_CAPACITY);
		return executor;
	}

	private static ThreadPoolBulkhead createBulkhead() {
		ThreadPoolBulkheadConfig config = ThreadPoolBulkheadConfig.custom()
			.coreThreadPoolSize(THREADS)
			.maxThreadPoolSize(THREADS)
			.queueCapacity(QUEUE_CAPACITY)
			.build();
		return ThreadPoolBulkhead.of("addition", config);
	}

	private static Dispatchers createDispatchers(boolean callerStack) {
		DispatchSettings.Pool pool = new DispatchSettings.Pool(THREADS, QUEUE_CAPACITY);
		DispatchSettings settings = new DispatchSettings(pool, pool, Map.of(), Duration.ofSeconds(10), callerStack);
		MeterRegistry registry = new CompositeMeterRegistry().add(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))
			.add(new StreamingMeterRegistry(Clock.SYSTEM, 2048));
		EventLog events = new EventLog(java.time.Clock.systemUTC(), System::nanoTime);
		return Dispatchers.create(settings, System::nanoTime, registry,
				new Operations(events, ObservationRegistry.NOOP, System::nanoTime));
	}

	/**
	 * Returns a proxy with an advice that does nothing.
	 * @return an addition that is not dispatched
	 */
	Addition bare() {
		return this.bare;
	}

	/**
	 * Returns the proxy that heeds the annotations.
	 * @return an addition that is dispatched
	 */
	Addition annotated() {
		return this.addition;
	}

	Dispatchers dispatchers() {
		return this.dispatchers;
	}

	/**
	 * Returns dispatchers that do not keep their callers' stacks.
	 * @return dispatchers of the same size
	 */
	Dispatchers stackless() {
		return this.stackless;
	}

	ThreadPoolExecutor executor() {
		return this.executor;
	}

	ThreadPoolBulkhead bulkhead() {
		return this.bulkhead;
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
		this.stackless.close();
		this.context.close();
	}

	/**
	 * Switches Spring's annotation on.
	 */
	@EnableAsync
	static class Asynchronous {

	}

}
