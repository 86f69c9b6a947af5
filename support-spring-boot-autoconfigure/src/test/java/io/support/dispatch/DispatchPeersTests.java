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

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.resilience4j.bulkhead.ThreadPoolBulkhead;
import io.github.resilience4j.bulkhead.ThreadPoolBulkheadConfig;
import io.github.resilience4j.bulkhead.ThreadPoolBulkheadRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedThreadPoolBulkheadMetrics;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.jvm.ExecutorServiceMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.DefaultEventLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What {@link IoBound @IoBound} and {@link CpuBound @CpuBound} do and Spring's
 * {@link Async @Async} and Resilience4j's {@link ThreadPoolBulkhead} do not, each in the
 * same scenario. All pools have one thread.
 */
@Timeout(60)
class DispatchPeersTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final int CAPACITY = 10;

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private final DefaultEventLoop loop = new DefaultEventLoop();

	private final Body body = new Body();

	/** What threads of the pools wait for. */
	private final Queue<Future<?>> awaited = new ConcurrentLinkedQueue<>();

	@BeforeAll
	static void install() {
		BlockHound.install();
	}

	@AfterEach
	void close() {
		this.awaited.forEach((future) -> future.cancel(true));
		this.body.release.countDown();
		this.context.close();
		this.loop.shutdownGracefully(0, 10, TimeUnit.SECONDS).awaitUninterruptibly(10_000);
	}

	private Annotated annotated() {
		DispatchSettings.Pool pool = new DispatchSettings.Pool(1, CAPACITY);
		DispatchSettings settings = new DispatchSettings(pool, pool, PATIENCE);
		this.context.registerBean(Dispatchers.class,
				() -> Dispatchers.create(settings, System::nanoTime, this.registry));
		this.context.registerBean(DispatchAnnotationBeanPostProcessor.class,
				() -> new DispatchAnnotationBeanPostProcessor(() -> this.context.getBean(Dispatchers.class)));
		this.context.registerBean(Annotated.class);
		this.context.refresh();
		return this.context.getBean(Annotated.class);
	}

	private Service start(Peer peer) {
		return peer.start(this.context, this.registry);
	}

	@Test
	void nestedCallsEnd() throws Exception {
		assertThat(nested(annotated())).succeedsWithin(PATIENCE).isEqualTo("innermost");
	}

	@ParameterizedTest
	@EnumSource
	void nestedCallsOfPeersWaitForThemselves(Peer peer) throws Exception {
		CompletableFuture<String> outermost = nested(start(peer));
		assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> outermost.get(500, TimeUnit.MILLISECONDS));
		assertThat(this.awaited).hasSize(2).noneMatch(Future::isDone);
	}

	private CompletableFuture<String> nested(Service service) throws Exception {
		return service.io(() -> await(service.cpu(() -> await(service.io(() -> "innermost")))));
	}

	private String await(CompletableFuture<String> future) throws Exception {
		this.awaited.add(future);
		return future.get();
	}

	@Test
	void smallArgumentStaysWithTheCaller() throws Exception {
		Service service = annotated();
		assertThat(service.sized(1)).isCompletedWithValue(Thread.currentThread().getName());
		assertThat(service.sized(1000)).succeedsWithin(PATIENCE).asString().startsWith("support-cpu-");
	}

	@ParameterizedTest
	@EnumSource
	void peersDispatchWhateverTheArgument(Peer peer) throws Exception {
		Service service = start(peer);
		String here = Thread.currentThread().getName();
		assertThat(service.sized(1)).succeedsWithin(PATIENCE).isNotEqualTo(here);
		assertThat(service.sized(1000)).succeedsWithin(PATIENCE).isNotEqualTo(here);
	}

	@Test
	void eachMethodIsMeasured() throws Exception {
		callTwoMethods(annotated());
		// A future is done before its thread is, which counts when it is done.
		assertThat(this.context.getBean(Dispatchers.class).drain()).isTrue();
		assertThat(runs("Annotated.cpu")).isOne();
		assertThat(runs("Annotated.sized")).isEqualTo(2);
	}

	@ParameterizedTest
	@EnumSource
	void peersMeasurePools(Peer peer) throws Exception {
		callTwoMethods(start(peer));
		assertThat(this.registry.getMeters()).isNotEmpty().allSatisfy((meter) -> {
			assertThat(meter.getId().getTag("name")).isIn("io", "cpu");
			assertThat(meter.getId().getTags()).extracting(Tag::getKey).doesNotContain("method");
			assertThat(meter.getId().getTags()).extracting(Tag::getValue).noneMatch((value) -> value.contains("sized"));
		});
		assertThat(this.registry.getMeters()).extracting(Meter::getId)
			.extracting((id) -> id.getTag("name"))
			.contains("cpu");
	}

	private static void callTwoMethods(Service service) throws Exception {
		assertThat(service.cpu(() -> "done")).succeedsWithin(PATIENCE);
		assertThat(service.sized(1000)).succeedsWithin(PATIENCE);
		assertThat(service.sized(2000)).succeedsWithin(PATIENCE);
	}

	private long runs(String method) {
		return this.registry.get("support.dispatch.duration")
			.tags("dispatcher", "cpu", "method", method)
			.timer()
			.count();
	}

	@Test
	void cancellingTheFutureInterruptsTheMethod() throws Exception {
		CompletableFuture<String> future = annotated().io(this.body);
		this.body.awaitStart();
		assertThat(future.cancel(true)).isTrue();
		assertThat(this.body.outcome).succeedsWithin(PATIENCE).isEqualTo("interrupted");
	}

	@Test
	void disposingOfTheMonoInterruptsTheMethod() throws Exception {
		Disposable subscription = annotated().mono(this.body).subscribe();
		this.body.awaitStart();
		subscription.dispose();
		assertThat(this.body.outcome).succeedsWithin(PATIENCE).isEqualTo("interrupted");
	}

	@ParameterizedTest
	@EnumSource
	void methodsOfPeersGoOnWhenTheFutureIsCancelled(Peer peer) throws Exception {
		CompletableFuture<String> future = start(peer).io(this.body);
		this.body.awaitStart();
		assertThat(future.cancel(true)).isTrue();
		this.body.release.countDown();
		assertThat(this.body.outcome).succeedsWithin(PATIENCE).isEqualTo("finished");
	}

	@ParameterizedTest
	@EnumSource
	void methodsOfPeersGoOnWhenTheMonoIsDisposedOf(Peer peer) throws Exception {
		Service service = start(peer);
		Disposable subscription = Mono.fromFuture(service.io(this.body)).subscribe();
		this.body.awaitStart();
		subscription.dispose();
		this.body.release.countDown();
		assertThat(this.body.outcome).succeedsWithin(PATIENCE).isEqualTo("finished");
	}

	@Test
	void asyncInterruptsWhereTheMethodReturnsAFutureThatCannotBeComposed() throws Exception {
		start(Peer.ASYNC);
		Future<String> future = this.context.getBean(Asynchronous.class).bare(this.body);
		this.body.awaitStart();
		assertThat(future.cancel(true)).isTrue();
		assertThat(this.body.outcome).succeedsWithin(PATIENCE).isEqualTo("interrupted");
	}

	@Test
	void waitingOnAnEventLoopIsRefusedWithTheWayOut() {
		Annotated service = annotated();
		assertThat(failureOnLoop(() -> service.plain(this.body))).isInstanceOf(BlockingDispatchException.class)
			.hasMessageContaining("Annotated.plain(")
			.hasMessageContaining("return a Mono or a CompletableFuture");
		assertThat(this.body.started.getCount()).isOne();
	}

	@ParameterizedTest
	@EnumSource
	void waitingForPeersBlocksTheEventLoop(Peer peer) throws Exception {
		Service service = start(peer);
		assertThat(failureOnLoop(() -> service.io(this.body).get())).isInstanceOf(BlockingOperationError.class)
			.hasStackTraceContaining("CompletableFuture.get");
		this.body.awaitStart();
	}

	@Test
	void asyncHasNoPlainValues() {
		start(Peer.ASYNC);
		Asynchronous service = this.context.getBean(Asynchronous.class);
		assertThatIllegalArgumentException().isThrownBy(() -> service.plain(this.body))
			.withMessageContaining("Invalid return type");
	}

	private Throwable failureOnLoop(Callable<String> call) {
		Throwable thrown = catchThrowable(() -> this.loop.submit(call).get(10, TimeUnit.SECONDS));
		assertThat(thrown).isInstanceOf(ExecutionException.class);
		return thrown.getCause();
	}

	/**
	 * Waits until it is released, and remembers whether it was interrupted instead.
	 */
	private static final class Body implements Callable<String> {

		private final CountDownLatch started = new CountDownLatch(1);

		private final CountDownLatch release = new CountDownLatch(1);

		private final CompletableFuture<String> outcome = new CompletableFuture<>();

		@Override
		public String call() {
			this.started.countDown();
			boolean interrupted;
			try {
				this.release.await();
				interrupted = Thread.currentThread().isInterrupted();
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
			this.outcome.complete(interrupted ? "interrupted" : "finished");
			return "done";
		}

		private void awaitStart() throws InterruptedException {
			assertThat(this.started.await(10, TimeUnit.SECONDS)).isTrue();
		}

	}

	/**
	 * What is called, whoever runs it.
	 */
	abstract static class Service {

		abstract CompletableFuture<String> io(Callable<String> body) throws Exception;

		abstract CompletableFuture<String> cpu(Callable<String> body) throws Exception;

		abstract CompletableFuture<String> sized(int size) throws Exception;

	}

	static class Annotated extends Service {

		@Override
		@IoBound
		CompletableFuture<String> io(Callable<String> body) throws Exception {
			return CompletableFuture.completedFuture(body.call());
		}

		@Override
		@CpuBound
		CompletableFuture<String> cpu(Callable<String> body) throws Exception {
			return CompletableFuture.completedFuture(body.call());
		}

		@Override
		@CpuBound(when = "#size > 100")
		CompletableFuture<String> sized(int size) {
			return CompletableFuture.completedFuture(Thread.currentThread().getName());
		}

		@IoBound
		Mono<String> mono(Callable<String> body) throws Exception {
			return Mono.just(body.call());
		}

		@IoBound
		String plain(Callable<String> body) throws Exception {
			return body.call();
		}

	}

	@EnableAsync
	static class Asynchronous extends Service {

		@Override
		@Async("io")
		CompletableFuture<String> io(Callable<String> body) throws Exception {
			return CompletableFuture.completedFuture(body.call());
		}

		@Override
		@Async("cpu")
		CompletableFuture<String> cpu(Callable<String> body) throws Exception {
			return CompletableFuture.completedFuture(body.call());
		}

		@Override
		@Async("cpu")
		CompletableFuture<String> sized(int size) {
			return CompletableFuture.completedFuture(Thread.currentThread().getName());
		}

		@Async("io")
		Future<String> bare(Callable<String> body) throws Exception {
			return CompletableFuture.completedFuture(body.call());
		}

		@Async("io")
		String plain(Callable<String> body) throws Exception {
			return body.call();
		}

	}

	static class Bulkheads extends Service {

		private final ThreadPoolBulkhead io;

		private final ThreadPoolBulkhead cpu;

		Bulkheads(ThreadPoolBulkheadRegistry bulkheads) {
			this.io = bulkheads.bulkhead("io");
			this.cpu = bulkheads.bulkhead("cpu");
		}

		@Override
		CompletableFuture<String> io(Callable<String> body) {
			return this.io.executeCallable(body).toCompletableFuture();
		}

		@Override
		CompletableFuture<String> cpu(Callable<String> body) {
			return this.cpu.executeCallable(body).toCompletableFuture();
		}

		@Override
		CompletableFuture<String> sized(int size) {
			return cpu(() -> Thread.currentThread().getName());
		}

	}

	/**
	 * Who is compared.
	 */
	enum Peer {

		/**
		 * Spring's annotation, with one executor for each kind of call.
		 */
		ASYNC {

			@Override
			Service start(AnnotationConfigApplicationContext context, MeterRegistry registry) {
				for (String name : List.of("io", "cpu")) {
					context.registerBean(name, ThreadPoolTaskExecutor.class, () -> {
						ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
						executor.setCorePoolSize(1);
						executor.setMaxPoolSize(1);
						executor.setQueueCapacity(CAPACITY);
						return executor;
					});
				}
				context.register(Asynchronous.class);
				context.refresh();
				Map<String, ThreadPoolTaskExecutor> executors = context.getBeansOfType(ThreadPoolTaskExecutor.class);
				executors.forEach((name,
						executor) -> new ExecutorServiceMetrics(executor.getThreadPoolExecutor(), name, List.of())
							.bindTo(registry));
				return context.getBean(Service.class);
			}

		},

		/**
		 * Resilience4j, with one bulkhead for each kind of call.
		 */
		BULKHEAD {

			@Override
			Service start(AnnotationConfigApplicationContext context, MeterRegistry registry) {
				ThreadPoolBulkheadConfig config = ThreadPoolBulkheadConfig.custom()
					.coreThreadPoolSize(1)
					.maxThreadPoolSize(1)
					.queueCapacity(CAPACITY)
					.build();
				context.registerBean(ThreadPoolBulkheadRegistry.class, () -> ThreadPoolBulkheadRegistry.of(config));
				context.registerBean(Bulkheads.class);
				context.refresh();
				TaggedThreadPoolBulkheadMetrics
					.ofThreadPoolBulkheadRegistry(context.getBean(ThreadPoolBulkheadRegistry.class))
					.bindTo(registry);
				return context.getBean(Service.class);
			}

		};

		abstract Service start(AnnotationConfigApplicationContext context, MeterRegistry registry);

	}

}
