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

package io.support.benchmarks.stats;

import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import io.support.stats.StateMachineStats;

/**
 * What a step from one state to another costs: what a request pays twice for the state of
 * its connection. With {@code -t 2} two things are followed in the same statistics.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class StepBenchmark {

	private final StateMachineStats<Light> lights = new StateMachineStats<>(Light.class);

	/**
	 * Goes two steps: there, and back.
	 * @param one what goes
	 */
	@Benchmark
	public void twoSteps(One one) {
		one.light.to(Light.GREEN);
		one.light.to(Light.RED);
	}

	/**
	 * What one thread follows.
	 */
	@State(Scope.Thread)
	public static class One {

		private StateMachineStats.Followed<Light> light = new StateMachineStats<>(Light.class).begin(Light.RED);

		/**
		 * Begins.
		 * @param benchmark has the statistics
		 */
		@Setup
		public void begin(StepBenchmark benchmark) {
			this.light = benchmark.lights.begin(Light.RED);
		}

	}

	private enum Light {

		RED, GREEN

	}

}
