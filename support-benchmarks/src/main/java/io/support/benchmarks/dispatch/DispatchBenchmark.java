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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What the way to a method costs: in place behind a proxy, over a pool of threads for a
 * future, over a pool for a caller that waits. Futures are measured one at a time, which
 * is how long one takes, and in windows, which is what one costs where there are many.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DispatchBenchmark {

	/** So many that one way to the dispatcher and back does not count. */
	private static final int BATCH = 100_000;

	private static final int WINDOW = 64;

	private final Ways ways = new Ways();

	/** Not a constant, for the compiler. */
	private int size = 1;

	/**
	 * Ends all threads.
	 */
	@TearDown
	public void close() {
		this.ways.close();
	}

	/**
	 * In place: a proxy with an advice that does nothing.
	 * @return the result
	 */
	@Benchmark
	public int bare() {
		return this.ways.bare().bare(this.size);
	}

	/**
	 * In place, because the annotation's {@code when} is false.
	 * @return the result
	 */
	@Benchmark
	public int whenFalse() {
		return this.ways.annotated().sized(this.size);
	}

	/**
	 * In place, because the annotation's condition, a bean, says so.
	 * @return the result
	 */
	@Benchmark
	public int conditionFalse() {
		return this.ways.annotated().large(this.size);
	}

	/**
	 * In place, because the caller runs on the dispatcher already.
	 * @param results where they go
	 * @return how many there were
	 * @throws Exception if a call fails
	 */
	@Benchmark
	@OperationsPerInvocation(BATCH)
	public int held(Blackhole results) throws Exception {
		return this.ways.dispatchers().cpu().call(() -> {
			for (int i = 0; i < BATCH; i++) {
				results.consume(this.ways.annotated().plain(this.size));
			}
			return BATCH;
		});
	}

	/**
	 * A future over a bare pool.
	 * @return the result
	 * @throws Exception if the call fails
	 */
	@Benchmark
	public int rawExecutor() throws Exception {
		return submit(this.size).get();
	}

	/**
	 * Many of {@link #rawExecutor()}.
	 * @param results where they go
	 */
	@Benchmark
	@OperationsPerInvocation(WINDOW)
	public void rawExecutorWindow(Blackhole results) {
		window(this::submit, results);
	}

	/**
	 * A future of a dispatcher.
	 * @return the result
	 * @throws Exception if the call fails
	 */
	@Benchmark
	public int dispatchedFuture() throws Exception {
		return dispatch(this.size).get();
	}

	/**
	 * Many of {@link #dispatchedFuture()}.
	 * @param results where they go
	 */
	@Benchmark
	@OperationsPerInvocation(WINDOW)
	public void dispatchedFutureWindow(Blackhole results) {
		window(this::dispatch, results);
	}

	/**
	 * Many of {@link #dispatchedFuture()} that do not keep their caller's stack.
	 * @param results where they go
	 */
	@Benchmark
	@OperationsPerInvocation(WINDOW)
	public void stacklessFutureWindow(Blackhole results) {
		window((number) -> this.ways.stackless().cpu().future(() -> number + 1), results);
	}

	/**
	 * A future of an annotated method.
	 * @return the result
	 * @throws Exception if the call fails
	 */
	@Benchmark
	public int annotatedFuture() throws Exception {
		return this.ways.annotated().future(this.size).get();
	}

	/**
	 * Many of {@link #annotatedFuture()}.
	 * @param results where they go
	 */
	@Benchmark
	@OperationsPerInvocation(WINDOW)
	public void annotatedFutureWindow(Blackhole results) {
		window(this.ways.annotated()::future, results);
	}

	/**
	 * A future of a method with Spring's annotation.
	 * @return the result
	 * @throws Exception if the call fails
	 */
	@Benchmark
	public int async() throws Exception {
		return this.ways.annotated().async(this.size).get();
	}

	/**
	 * Many of {@link #async()}.
	 * @param results where they go
	 */
	@Benchmark
	@OperationsPerInvocation(WINDOW)
	public void asyncWindow(Blackhole results) {
		window(this.ways.annotated()::async, results);
	}

	/**
	 * A future of Resilience4j's bulkhead.
	 * @return the result
	 * @throws Exception if the call fails
	 */
	@Benchmark
	public int bulkhead() throws Exception {
		return submitToBulkhead(this.size).get();
	}

	/**
	 * Many of {@link #bulkhead()}.
	 * @param results where they go
	 */
	@Benchmark
	@OperationsPerInvocation(WINDOW)
	public void bulkheadWindow(Blackhole results) {
		window(this::submitToBulkhead, results);
	}

	/**
	 * A caller that waits for a bare pool.
	 * @return the result
	 * @throws Exception if the call fails
	 */
	@Benchmark
	public int rawGet() throws Exception {
		return this.ways.executor().submit(() -> this.size + 1).get();
	}

	/**
	 * A caller that waits for a dispatcher.
	 * @return the result
	 * @throws Exception if the call fails
	 */
	@Benchmark
	public int dispatchedCall() throws Exception {
		return this.ways.dispatchers().cpu().call(() -> this.size + 1);
	}

	/**
	 * A caller that waits for an annotated method.
	 * @return the result
	 */
	@Benchmark
	public int annotatedCall() {
		return this.ways.annotated().plain(this.size);
	}

	@SuppressWarnings("FutureReturnValueIgnored") // the other one is waited for
	private CompletableFuture<Integer> submit(int size) {
		CompletableFuture<Integer> result = new CompletableFuture<>();
		this.ways.executor().submit(() -> result.complete(size + 1));
		return result;
	}

	private CompletableFuture<Integer> dispatch(int size) {
		return this.ways.dispatchers().cpu().future(() -> size + 1);
	}

	private CompletableFuture<Integer> submitToBulkhead(int size) {
		return this.ways.bulkhead().executeCallable(() -> size + 1).toCompletableFuture();
	}

	private static void window(IntFunction<CompletableFuture<Integer>> way, Blackhole results) {
		List<CompletableFuture<Integer>> window = new ArrayList<>(WINDOW);
		for (int i = 0; i < WINDOW; i++) {
			window.add(way.apply(i));
		}
		for (CompletableFuture<Integer> future : window) {
			results.consume(future.join());
		}
	}

}
