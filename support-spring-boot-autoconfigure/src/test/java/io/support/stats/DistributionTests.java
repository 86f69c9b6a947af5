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

package io.support.stats;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Distribution}.
 */
class DistributionTests {

	static Stream<Named<ToDoubleFunction<Random>>> distributions() {
		return Stream.of(Named.of("normal", (random) -> Math.abs(1e6 + 1e5 * random.nextGaussian())),
				Named.of("lognormal", (random) -> Math.exp(10 + 2 * random.nextGaussian())),
				Named.of("bimodal",
						(random) -> random.nextBoolean() ? 1e3 + 10 * random.nextGaussian()
								: 1e9 + random.nextInt(1000)),
				Named.of("constant", (random) -> 42e3),
				Named.of("heavy-tailed", (random) -> 1e4 / Math.pow(1 - random.nextDouble(), 1 / 1.1)),
				Named.of("fractions", (random) -> random.nextDouble() / 1000));
	}

	@ParameterizedTest
	@MethodSource("distributions")
	void quantilesAreWithinOnePercent(ToDoubleFunction<Random> source) {
		for (long seed = 0; seed < 20; seed++) {
			Random random = new Random(seed);
			int count = Distribution.EXACT + random.nextInt(10_000);
			double[] values = IntStream.range(0, count).mapToDouble((i) -> source.applyAsDouble(random)).toArray();
			DistributionSnapshot snapshot = recorded(values);
			Arrays.sort(values);
			assertThat(snapshot.count()).isEqualTo(count);
			assertThat(snapshot.min()).isEqualTo(values[0]);
			assertThat(snapshot.max()).isEqualTo(values[count - 1]);
			assertThat(snapshot.mean()).isCloseTo(Arrays.stream(values).average().orElseThrow(),
					Percentage.withPercentage(1e-9));
			assertThat(snapshot.p50()).isCloseTo(exact(values, 0.5), Percentage.withPercentage(1));
			assertThat(snapshot.p95()).isCloseTo(exact(values, 0.95), Percentage.withPercentage(1));
			assertThat(snapshot.p99()).isCloseTo(exact(values, 0.99), Percentage.withPercentage(1));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 10, 63 })
	void fewNumbersHaveAnExactMedianAndNoPercentiles(int count) {
		double[] values = new Random(count).doubles(count, 0, 1e12).toArray();
		DistributionSnapshot snapshot = recorded(values);
		Arrays.sort(values);
		double median = (count % 2 == 1) ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
		assertThat(snapshot.p50()).isEqualTo(median);
		assertThat(snapshot.p95()).isNull();
		assertThat(snapshot.p99()).isNull();
	}

	@Test
	void noNumberHasNoStatistics() {
		assertThat(recorded()).isEqualTo(new DistributionSnapshot(0, null, null, null, null, null, null));
	}

	@Test
	void numbersOutsideOfTheRangeAreCountedAtItsEnds() {
		double[] values = new double[200];
		Arrays.fill(values, 0, 100, 0);
		Arrays.fill(values, 100, 200, Double.MAX_VALUE);
		DistributionSnapshot snapshot = recorded(values);
		assertThat(snapshot.count()).isEqualTo(200);
		assertThat(snapshot.p50()).isZero();
		assertThat(snapshot.p99()).isGreaterThan(1e19);
		assertThat(snapshot.max()).isEqualTo(Double.MAX_VALUE);
	}

	@Test
	void threadsLoseNothing() throws InterruptedException {
		Distribution distribution = new Distribution();
		int threads = 4;
		int each = 50_000;
		CountDownLatch done = new CountDownLatch(threads);
		for (int i = 0; i < threads; i++) {
			int seed = i;
			new Thread(() -> {
				new Random(seed).doubles(each, 0, 1e9).forEach(distribution::record);
				done.countDown();
			}).start();
		}
		assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(distribution.count()).isEqualTo((long) threads * each);
	}

	private static DistributionSnapshot recorded(double... values) {
		Distribution distribution = new Distribution();
		Arrays.stream(values).forEach(distribution::record);
		return distribution.snapshot();
	}

	private static double exact(double[] sorted, double quantile) {
		return sorted[(int) Math.ceil(quantile * sorted.length) - 1];
	}

}
