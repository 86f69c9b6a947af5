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

package io.support.overload;

import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.support.documentation.Chart;
import io.support.documentation.Chart.Axis;

/**
 * Draws the curves of {@code docs/overload.md} from the laws themselves, in virtual time:
 * one server that takes 5 ms for each, clients that wait for a second.
 */
class OverloadPageTests {

	private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

	private static final long SERVICE = 5 * MILLISECOND;

	private static final double CAPACITY = 200;

	private static final double PATIENCE_SECONDS = 1;

	private static final SojournSettings LAW = new SojournSettings(100 * MILLISECOND, 50 * MILLISECOND,
			50 * MILLISECOND, 100 * MILLISECOND);

	/** A bound that is never reached. */
	private static final SojournSettings NO_LAW = new SojournSettings(Long.MAX_VALUE / 4, Long.MAX_VALUE / 4,
			Long.MAX_VALUE / 4, Long.MAX_VALUE / 4);

	/** Whoever has waited for a second is given up, otherwise nothing is done. */
	private static final SojournSettings AGE_ONLY = new SojournSettings(1000 * MILLISECOND, 1000 * MILLISECOND,
			Long.MAX_VALUE / 4, 100 * MILLISECOND);

	@Test
	void goodputAndLoad() throws IOException {
		double[] loads = DoubleStream.iterate(0.25, (load) -> load <= 10.01, (load) -> load * 1.189207)
			.map((load) -> Math.round(load * 1000) / 1000.0)
			.toArray();
		new Chart("Goodput, answered within a second", Axis.logarithmic("load / capacity", 0.25, 0.5, 1, 2, 5, 10),
				Axis.linear("goodput / capacity", 0, 0.25, 0.5, 0.75, 1))
			.line("SuPPort's law", goodput(LAW, loads))
			.line("everybody waits", goodput(NO_LAW, loads))
			.check("overload-goodput");
	}

	@Test
	void waitAndLoad() throws IOException {
		double[] loads = DoubleStream.iterate(0.25, (load) -> load <= 10.01, (load) -> load * 1.189207)
			.map((load) -> Math.round(load * 1000) / 1000.0)
			.toArray();
		new Chart("Time in the server, 99 of 100", Axis.logarithmic("load / capacity", 0.25, 0.5, 1, 2, 5, 10),
				Axis.linear("milliseconds", 0, 250, 500, 750, 1000))
			.line("SuPPort's law", latency(LAW, loads))
			.line("a bound of one second", latency(AGE_ONLY, loads))
			.check("overload-wait");
	}

	@Test
	void stepToTenTimesTheCapacity() throws IOException {
		QueueSimulation.Result result = new QueueSimulation(LAW, 1, (now) -> SERVICE)
			.run(Stream.of(poisson(0.5, 0, 2), poisson(10, 2, 6), poisson(0.5, 6, 8))
				.flatMapToLong(LongStream::of)
				.toArray());
		double[][] points = IntStream.range(0, 160)
			.mapToObj((i) -> new double[] { i / 20.0, result.latencyPercentileMillis(1, i / 20.0, (i + 1) / 20.0) })
			.toArray(double[][]::new);
		new Chart("Ten times the capacity from second 2 to 6", Axis.linear("seconds", 0, 2, 4, 6, 8),
				Axis.linear("longest time in the server, milliseconds", 0, 25, 50, 75, 100, 125))
			.line("SuPPort's law", points)
			.check("overload-step");
	}

	@Test
	void limitThatIsLearned() throws IOException {
		AdaptiveLimit limit = new AdaptiveLimit(
				new AdaptiveLimitSettings(100, 10_000, 5 * MILLISECOND, 100 * MILLISECOND), 0);
		ServiceSimulation.Result result = new ServiceSimulation(limit, 20, 0, ServiceSimulation.constant(0.05))
			.run((now) -> (now < 5) ? 200 : 2000, 40);
		double[][] inFlight = IntStream.range(0, 400)
			.mapToObj((i) -> new double[] { i / 10.0, result.inFlightAt(i / 10.0) })
			.toArray(double[][]::new);
		double[][] goodput = IntStream.range(0, 80)
			.mapToObj((i) -> new double[] { i / 2.0, result.goodPerSecond(i / 2.0, (i + 1) / 2.0) / 10 })
			.toArray(double[][]::new);
		new Chart("20 servers of 50 ms, five times their capacity from second 5 on",
				Axis.linear("seconds", 0, 5, 10, 15, 20, 25, 30, 35, 40),
				Axis.linear("in flight; tens a second", 0, 20, 40, 60, 80, 100))
			.line("requests in flight", inFlight)
			.line("goodput, tens per second", goodput)
			.check("overload-limit");
	}

	private static double[][] goodput(SojournSettings settings, double... loads) {
		return DoubleStream.of(loads).mapToObj((load) -> {
			QueueSimulation.Result result = run(settings, load);
			long good = result.served()
				.stream()
				.filter((one) -> one.latencyNanos() <= PATIENCE_SECONDS * 1e9 && one.at() < 60e9)
				.count();
			return new double[] { load, good / 60.0 / CAPACITY };
		}).toArray(double[][]::new);
	}

	private static double[][] latency(SojournSettings settings, double... loads) {
		return DoubleStream.of(loads)
			.mapToObj((load) -> new double[] { load, run(settings, load).latencyPercentileMillis(0.99, 2, 60) })
			.toArray(double[][]::new);
	}

	private static QueueSimulation.Result run(SojournSettings settings, double load) {
		return new QueueSimulation(settings, 1, (now) -> SERVICE).run(poisson(load, 0, 60));
	}

	private static long[] poisson(double load, double fromSeconds, double toSeconds) {
		return QueueSimulation.poisson(load * CAPACITY, (long) (fromSeconds * 1e9), (long) (toSeconds * 1e9),
				new Random(11));
	}

}
