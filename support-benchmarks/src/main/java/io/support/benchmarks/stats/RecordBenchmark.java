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
import java.util.function.LongConsumer;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.HdrHistogram.Recorder;
import org.apache.datasketches.kll.KllDoublesSketch;
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
import org.openjdk.jmh.annotations.Warmup;

import io.support.stats.StreamingMeterRegistry;

/**
 * What one number costs in one meter: what an application pays for each of its
 * measurements. With {@code -t 2} two threads record in the same meter.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RecordBenchmark {

	/**
	 * What records.
	 */
	@Param
	public Recording recording = Recording.STREAMING;

	private LongConsumer record = (nanos) -> {
	};

	/**
	 * Creates what is measured.
	 */
	@Setup
	public void create() {
		this.record = this.recording.create();
	}

	/**
	 * Records one number between 0 and 16 ms.
	 * @param numbers where the number comes from
	 */
	@Benchmark
	public void record(Numbers numbers) {
		this.record.accept(numbers.next());
	}

	/**
	 * Numbers of one thread, so different that no branch is learned by heart.
	 */
	@State(Scope.Thread)
	public static class Numbers {

		private long random = System.nanoTime() | 1;

		long next() {
			this.random ^= this.random << 13;
			this.random ^= this.random >>> 7;
			this.random ^= this.random << 17;
			return this.random & 0xFF_FFFF;
		}

	}

	/**
	 * Who is compared.
	 */
	public enum Recording {

		/**
		 * Micrometer's in-memory registry: count, sum and maximum.
		 */
		SIMPLE {

			@Override
			LongConsumer create() {
				return timer(new SimpleMeterRegistry());
			}

		},

		/**
		 * The same with three percentiles.
		 */
		SIMPLE_PERCENTILES {

			@Override
			LongConsumer create() {
				return recording(
						Timer.builder(NAME).publishPercentiles(0.5, 0.95, 0.99).register(new SimpleMeterRegistry()));
			}

		},

		/**
		 * The same with a histogram.
		 */
		SIMPLE_HISTOGRAM {

			@Override
			LongConsumer create() {
				return recording(Timer.builder(NAME).publishPercentileHistogram().register(new SimpleMeterRegistry()));
			}

		},

		/**
		 * What Boot uses with the Prometheus registry on the class path.
		 */
		PROMETHEUS {

			@Override
			LongConsumer create() {
				return timer(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
			}

		},

		/**
		 * HdrHistogram's recorder for many threads, as precise: two digits.
		 */
		HDR_RECORDER {

			@Override
			LongConsumer create() {
				Recorder recorder = new Recorder(2);
				return recorder::recordValue;
			}

		},

		/**
		 * A KLL sketch of DataSketches, which is not thread-safe, behind a lock:
		 * quantiles within 1.3 % of the rank.
		 */
		KLL_LOCKED {

			@Override
			LongConsumer create() {
				KllDoublesSketch sketch = KllDoublesSketch.newHeapInstance();
				return (nanos) -> {
					synchronized (sketch) {
						sketch.update((double) nanos);
					}
				};
			}

		},

		/**
		 * The one that SuPPort adds.
		 */
		STREAMING {

			@Override
			LongConsumer create() {
				return timer(new StreamingMeterRegistry(Clock.SYSTEM, 2048));
			}

		},

		/**
		 * What an application has with SuPPort: Prometheus and it behind one.
		 */
		COMPOSITE {

			@Override
			LongConsumer create() {
				return timer(new CompositeMeterRegistry().add(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))
					.add(new StreamingMeterRegistry(Clock.SYSTEM, 2048)));
			}

		};

		private static final String NAME = "benchmark";

		private static LongConsumer timer(MeterRegistry registry) {
			return recording(registry.timer(NAME, "method", "GET", "uri", "/work"));
		}

		private static LongConsumer recording(Timer timer) {
			return (nanos) -> timer.record(nanos, TimeUnit.NANOSECONDS);
		}

		abstract LongConsumer create();

	}

}
