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

package io.support.dispatch;

import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.annotation.AliasFor;
import org.springframework.core.env.MapPropertySource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link IoBound @IoBound} and {@link CpuBound @CpuBound} on beans.
 */
@Timeout(30)
class DispatchAnnotationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	@AfterEach
	void close() {
		this.context.close();
	}

	private <T> T start(Class<T> type) {
		start((context) -> context.registerBean(type));
		return this.context.getBean(type);
	}

	private void start(ApplicationContextInitializer<GenericApplicationContext> beans) {
		DispatchSettings.Pool pool = new DispatchSettings.Pool(1, 2);
		DispatchSettings settings = new DispatchSettings(pool, pool, PATIENCE);
		this.context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("test", Map.of("patience", "50ms", "where", "cpu")));
		this.context.registerBean(Dispatchers.class,
				() -> Dispatchers.create(settings, System::nanoTime, this.registry));
		this.context.registerBean(DispatchAnnotationBeanPostProcessor.class,
				() -> new DispatchAnnotationBeanPostProcessor(() -> this.context.getBean(Dispatchers.class)));
		beans.initialize(this.context);
		this.context.refresh();
	}

	private double inline(String method, String reason) {
		return this.registry.get("support.dispatch.inline")
			.tags("method", method, "reason", reason)
			.functionCounter()
			.count();
	}

	@Test
	void plainMethodRunsOnDispatcherWhileCallerWaits() throws Exception {
		Work work = start(Work.class);
		assertThat(work.plain()).startsWith("support-io-");
		assertThat(work.computed()).startsWith("support-cpu-");
		assertThat(work.untouched()).isEqualTo(Thread.currentThread().getName());
		work.nothing();
		assertThat(work.lastThread().get()).startsWith("support-io-");
		assertThat(this.registry.get("support.dispatch.duration")
			.tags("dispatcher", "io", "method", "Work.plain")
			.timer()
			.count()).isOne();
	}

	@Test
	void plainMethodOnNonBlockingThreadFailsAtOnceAndNamesTheWaysOut() {
		Work work = start(Work.class);
		StepVerifier.create(Mono.fromCallable(work::plain).subscribeOn(Schedulers.parallel()))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(BlockingDispatchException.class)
				.isInstanceOf(IllegalStateException.class)
				.hasMessageContaining("Work.plain()")
				.hasMessageContaining("Mono")
				.hasMessageContaining("CompletableFuture")
				.hasMessageContaining("WebFlux")
				.hasMessageContaining("'when'"))
			.verify(PATIENCE);
		assertThat(work.lastThread()).hasNullValue();
	}

	@Test
	void exceptionOfPlainMethodReachesCallerUnchanged() {
		Work work = start(Work.class);
		assertThatExceptionOfType(IOException.class).isThrownBy(work::failing)
			.withMessage("disk")
			.satisfies((ex) -> assertThat(ex.getSuppressed()).hasSize(1));
	}

	@Test
	void monoCallsBodyAtEachSubscriptionOnDispatcher() {
		Work work = start(Work.class);
		Mono<String> mono = work.mono();
		assertThat(work.calls()).hasValue(0);
		assertThat(mono.block(PATIENCE)).startsWith("support-cpu-").contains("/support-cpu-");
		assertThat(mono.block(PATIENCE)).startsWith("support-cpu-");
		assertThat(work.calls()).hasValue(2);
	}

	@Test
	void fluxDoesItsWorkOnDispatcherAlsoForLaterDemand() {
		Work work = start(Work.class);
		StepVerifier.create(work.flux(), 1)
			.assertNext((name) -> assertThat(name).startsWith("support-io-"))
			.thenRequest(1)
			.assertNext((name) -> assertThat(name).startsWith("support-io-"))
			.thenRequest(10)
			.assertNext((name) -> assertThat(name).startsWith("support-io-"))
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void stageIsFlattened() throws Exception {
		Work work = start(Work.class);
		assertThat(work.stage().toCompletableFuture().get(10, TimeUnit.SECONDS)).startsWith("support-io-");
		CompletableFuture<String> inner = new CompletableFuture<>();
		CompletableFuture<String> outer = work.future(inner);
		assertThat(outer).isNotDone();
		inner.complete("later");
		assertThat(outer.get(10, TimeUnit.SECONDS)).isEqualTo("later");
	}

	@Test
	void cancellingTheFutureCancelsTheInnerStage() throws Exception {
		Work work = start(Work.class);
		CompletableFuture<String> inner = new CompletableFuture<>();
		CompletableFuture<String> outer = work.future(inner);
		this.context.getBean(Dispatchers.class).drain();
		outer.cancel(true);
		assertThat(inner).isCancelled();
	}

	@Test
	void whenDecidesOnTheArguments() {
		Work work = start(Work.class);
		String here = Thread.currentThread().getName();
		assertThat(work.sized("short")).isEqualTo(here);
		assertThat(work.sized("long enough")).startsWith("support-cpu-");
		assertThat(work.sizedByIndex("short", 2).block(PATIENCE)).isEqualTo(here);
		assertThat(work.sizedByIndex("short", 20).block(PATIENCE)).startsWith("support-cpu-");
		assertThat(inline("Work.sized", "when")).isOne();
		assertThat(inline("Work.sizedByIndex", "when")).isOne();
	}

	@Test
	void whenThatIsFalseMayRunOnNonBlockingThread() {
		Work work = start(Work.class);
		assertThat(Mono.fromCallable(() -> work.sized("short")).subscribeOn(Schedulers.parallel()).block(PATIENCE))
			.startsWith("parallel-");
	}

	@Test
	void whenThatIsNeitherTrueNorFalseFailsTheCallWithTheExpression() {
		Work work = start(Work.class);
		assertThatThrownBy(() -> work.sizedByIndex(null, 1).block(PATIENCE)).hasMessageContaining("#a0.length");
	}

	@Test
	void timeoutInterruptsAndFreesTheThread() throws Exception {
		Work work = start(Work.class);
		assertThatExceptionOfType(DispatchTimeoutException.class).isThrownBy(work::slow)
			.withMessageContaining("Work.slow")
			.withMessageContaining("50 ms");
		assertThat(work.interrupted().await(10, TimeUnit.SECONDS)).isTrue();
		StepVerifier.create(work.slowMono()).expectError(DispatchTimeoutException.class).verify(PATIENCE);
		StepVerifier.create(work.slowFlux()).expectError(DispatchTimeoutException.class).verify(PATIENCE);
		assertThat(work.plain()).startsWith("support-io-");
	}

	@Test
	void interruptOfTheCallerWithoutDeclarationIsACancellation() throws Exception {
		Work work = start(Work.class);
		AtomicReference<Throwable> thrown = new AtomicReference<>();
		AtomicReference<Boolean> flag = new AtomicReference<>();
		Thread caller = new Thread(() -> {
			thrown.set(catchThrowable(work::stuck));
			flag.set(Thread.currentThread().isInterrupted());
		});
		caller.start();
		assertThat(work.started().await(10, TimeUnit.SECONDS)).isTrue();
		caller.interrupt();
		caller.join(10_000);
		assertThat(thrown.get()).isInstanceOf(CancellationException.class)
			.hasCauseInstanceOf(InterruptedException.class);
		assertThat(flag).hasValue(true);
	}

	@Test
	void nestedCallsThroughProxiesRunInPlace() {
		start((context) -> {
			context.registerBean(Inner.class);
			context.registerBean(Outer.class);
		});
		// Pools of one: waiting for oneself would never end.
		assertThat(this.context.getBean(Outer.class).io()).matches("support-io-1 support-cpu-1 support-cpu-1");
		assertThat(inline("Inner.io", "held")).isOne();
	}

	@Test
	void annotationOnClassMeansEveryMethodThatCanBeIntercepted() {
		WholeClass bean = start(WholeClass.class);
		assertThat(bean.inherited()).startsWith("support-io-");
		assertThat(bean.overridden()).startsWith("support-cpu-");
		assertThat(bean.packagePrivate()).matches("support-io-\\d+ support-io-\\d+");
		assertThat(WholeClass.helper()).isEqualTo(Thread.currentThread().getName());
		assertThat(bean.toString()).isEqualTo(Thread.currentThread().getName());
	}

	@Test
	void metaAnnotationWithAliasAndPlaceholders() {
		Meta bean = start(Meta.class);
		assertThat(bean.composed()).startsWith("support-io-");
		assertThat(bean.placeholder()).startsWith("support-cpu-");
		assertThatExceptionOfType(DispatchTimeoutException.class).isThrownBy(bean::composedSlow)
			.satisfies((ex) -> assertThat(ex.getTimeout()).isEqualTo(Duration.ofMillis(50)));
	}

	@Test
	void annotationOnInterfaceWorksThroughJdkProxy() {
		start((context) -> context.registerBean("client", BlockingClient.class));
		Client client = this.context.getBean(Client.class);
		assertThat(AopUtils.isJdkDynamicProxy(client)).isTrue();
		assertThat(client.fetch("x")).startsWith("support-io-");
	}

	@Test
	void adviceJoinsAnExistingProxyOnTheOutside() {
		AtomicReference<String> adviceThread = new AtomicReference<>();
		start((context) -> context.registerBean("advised", Work.class, () -> {
			ProxyFactory factory = new ProxyFactory(new Work());
			factory.setProxyTargetClass(true);
			factory.addAdvice((MethodInterceptor) (invocation) -> {
				adviceThread.set(Thread.currentThread().getName());
				return invocation.proceed();
			});
			return (Work) factory.getProxy();
		}));
		Work work = this.context.getBean(Work.class);
		assertThat(((Advised) work).getAdvisorCount()).isEqualTo(2);
		assertThat(work.plain()).startsWith("support-io-");
		assertThat(adviceThread.get()).startsWith("support-io-");
	}

	@Test
	void fullQueueRefusesAnnotatedCalls() {
		Work work = start(Work.class);
		CountDownLatch release = new CountDownLatch(1);
		work.blocked(release).subscribe();
		work.blocked(release).subscribe();
		work.blocked(release).subscribe();
		assertThatExceptionOfType(DispatchRejectedException.class).isThrownBy(work::plain);
		StepVerifier.create(work.blocked(release)).expectError(DispatchRejectedException.class).verify(PATIENCE);
		assertThat(work.stage().toCompletableFuture()).isCompletedExceptionally();
		release.countDown();
	}

	static class Work {

		private final AtomicReference<String> lastThread = new AtomicReference<>();

		private final AtomicInteger calls = new AtomicInteger();

		private final CountDownLatch started = new CountDownLatch(1);

		private final CountDownLatch interrupted = new CountDownLatch(1);

		AtomicReference<String> lastThread() {
			return this.lastThread;
		}

		AtomicInteger calls() {
			return this.calls;
		}

		CountDownLatch started() {
			return this.started;
		}

		CountDownLatch interrupted() {
			return this.interrupted;
		}

		private String record() {
			String name = Thread.currentThread().getName();
			this.lastThread.set(name);
			return name;
		}

		@IoBound
		String plain() {
			return record();
		}

		@CpuBound
		protected String computed() {
			return record();
		}

		String untouched() {
			return record();
		}

		@IoBound
		void nothing() {
			record();
		}

		@IoBound
		void failing() throws IOException {
			throw new IOException("disk");
		}

		@CpuBound
		Mono<String> mono() {
			this.calls.incrementAndGet();
			String body = Thread.currentThread().getName();
			return Mono.fromCallable(() -> body + "/" + Thread.currentThread().getName());
		}

		@IoBound
		Flux<String> flux() {
			return Flux.range(0, 3).map((n) -> Thread.currentThread().getName());
		}

		@IoBound
		CompletionStage<String> stage() {
			return CompletableFuture.completedFuture(Thread.currentThread().getName());
		}

		@IoBound
		CompletableFuture<String> future(CompletableFuture<String> inner) {
			return inner;
		}

		@CpuBound(when = "#text.length() > 5")
		String sized(String text) {
			return Thread.currentThread().getName();
		}

		@CpuBound(when = "#a0.length + #p1 > 10")
		Mono<String> sizedByIndex(String text, int more) {
			return Mono.just(Thread.currentThread().getName());
		}

		@IoBound(timeout = "50ms")
		String slow() throws InterruptedException {
			try {
				new CountDownLatch(1).await(10, TimeUnit.SECONDS);
				return "never interrupted";
			}
			catch (InterruptedException ex) {
				this.interrupted.countDown();
				throw ex;
			}
		}

		@IoBound(timeout = "50ms")
		Mono<String> slowMono() throws InterruptedException {
			return Mono.just(slow());
		}

		@IoBound(timeout = "50ms")
		Flux<String> slowFlux() throws InterruptedException {
			return Flux.just(slow());
		}

		@IoBound
		String stuck() {
			this.started.countDown();
			try {
				return new CountDownLatch(1).await(10, TimeUnit.SECONDS) ? "never" : "never interrupted";
			}
			catch (InterruptedException ex) {
				return "interrupted";
			}
		}

		@IoBound
		Mono<Boolean> blocked(CountDownLatch release) {
			Callable<Boolean> wait = () -> release.await(10, TimeUnit.SECONDS);
			return Mono.fromCallable(wait);
		}

	}

	static class Inner {

		@IoBound
		String io() {
			return Thread.currentThread().getName();
		}

		@CpuBound
		String cpu(Inner self) {
			return Thread.currentThread().getName() + " " + self.io();
		}

	}

	static class Outer {

		private final Inner inner;

		Outer(Inner inner) {
			this.inner = inner;
		}

		@IoBound
		String io() {
			return Thread.currentThread().getName() + " " + this.inner.cpu(this.inner);
		}

	}

	@IoBound
	public static class WholeClass {

		public String inherited() {
			return Thread.currentThread().getName();
		}

		@CpuBound
		public String overridden() {
			return Thread.currentThread().getName();
		}

		String packagePrivate() {
			return Thread.currentThread().getName() + " " + hidden();
		}

		private String hidden() {
			return Thread.currentThread().getName();
		}

		static String helper() {
			return Thread.currentThread().getName();
		}

		@Override
		public String toString() {
			return Thread.currentThread().getName();
		}

	}

	@Retention(RetentionPolicy.RUNTIME)
	@IoBound
	@interface Blocking {

		@AliasFor(annotation = IoBound.class, attribute = "timeout")
		String within() default "";

	}

	static class Meta {

		@Blocking
		String composed() {
			return Thread.currentThread().getName();
		}

		@Blocking(within = "${patience}")
		String composedSlow() throws InterruptedException {
			return String.valueOf(new CountDownLatch(1).await(10, TimeUnit.SECONDS));
		}

		@IoBound(dispatcher = "${where}")
		String placeholder() {
			return Thread.currentThread().getName();
		}

	}

	interface Client {

		@IoBound(when = "#a0 != null")
		String fetch(String id);

	}

	static class BlockingClient implements Client {

		@Override
		public String fetch(String id) {
			return Thread.currentThread().getName();
		}

	}

}
