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

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import io.support.stats.StreamingMeterRegistry;

/**
 * What one point costs in a timer, registry by registry: what an application pays for
 * each of its measurements. The durations vary, so that no branch is learned by heart.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TimerRecordBenchmark {

	/**
	 * Which registry.
	 */
	@Param
	public Registry registry = Registry.SIMPLE;

	private MeterRegistry meters = new SimpleMeterRegistry();

	private Timer timer = this.meters.timer("benchmark");

	private long random = 1;

	/**
	 * Creates the registry that is measured.
	 */
	@Setup
	public void createTimer() {
		this.meters = this.registry.create();
		this.timer = this.meters.timer("benchmark", "method", "GET", "uri", "/work");
	}

	/**
	 * Closes it.
	 */
	@TearDown
	public void close() {
		this.meters.close();
	}

	/**
	 * Records one point between 0 and 16 ms.
	 */
	@Benchmark
	public void record() {
		this.random ^= this.random << 13;
		this.random ^= this.random >>> 7;
		this.random ^= this.random << 17;
		this.timer.record(this.random & 0xFF_FFFF, TimeUnit.NANOSECONDS);
	}

	/**
	 * The registries that are compared.
	 */
	public enum Registry {

		/**
		 * Micrometer's in-memory registry.
		 */
		SIMPLE {

			@Override
			MeterRegistry create() {
				return new SimpleMeterRegistry();
			}

		},

		/**
		 * What Boot uses with the Prometheus registry on the class path.
		 */
		PROMETHEUS {

			@Override
			MeterRegistry create() {
				return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
			}

		},

		/**
		 * The one that SuPPort adds.
		 */
		STREAMING {

			@Override
			MeterRegistry create() {
				return new StreamingMeterRegistry(Clock.SYSTEM, 2048);
			}

		},

		/**
		 * What an application has with SuPPort: both of these behind one.
		 */
		COMPOSITE {

			@Override
			MeterRegistry create() {
				return new CompositeMeterRegistry().add(PROMETHEUS.create()).add(STREAMING.create());
			}

		};

		abstract MeterRegistry create();

	}

}
