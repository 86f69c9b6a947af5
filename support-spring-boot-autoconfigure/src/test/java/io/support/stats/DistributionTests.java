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

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.jspecify.annotations.Nullable;
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
			int count = DistributionState.EXACT + random.nextInt(10_000);
			double[] values = IntStream.range(0, count).mapToDouble((i) -> source.applyAsDouble(random)).toArray();
			DistributionSnapshot snapshot = recorded(values);
			Arrays.sort(values);
			assertThat(snapshot.count()).isEqualTo(count);
			assertThat(snapshot.min()).isEqualTo(values[0]);
			assertThat(snapshot.max()).isEqualTo(values[count - 1]);
			assertThat(snapshot.mean()).isCloseTo(Arrays.stream(values).average().orElseThrow(),
					Percentage.withPercentage(1e-9));
			assertQuantile(snapshot.p25(), values, 0.25);
			assertQuantile(snapshot.p50(), values, 0.5);
			assertQuantile(snapshot.p75(), values, 0.75);
			assertQuantile(snapshot.p90(), values, 0.9);
			assertQuantile(snapshot.p95(), values, 0.95);
			assertQuantile(snapshot.p99(), values, 0.99);
			assertQuantile(snapshot.p999(), values, 0.999);
		}
	}

	private static void assertQuantile(@Nullable Double actual, double[] sorted, double quantile) {
		assertThat(actual).as("%s", quantile)
			.isCloseTo(sorted[(int) Math.ceil(quantile * sorted.length) - 1], Percentage.withPercentage(1));
	}

	@ParameterizedTest
	@MethodSource("distributions")
	void momentsAreThoseOfTheNumbers(ToDoubleFunction<Random> source) {
		for (long seed = 0; seed < 20; seed++) {
			Random random = new Random(seed);
			double[] values = IntStream.range(0, 2 + random.nextInt(10_000))
				.mapToDouble((i) -> source.applyAsDouble(random))
				.toArray();
			DistributionSnapshot snapshot = recorded(values);
			ExactMoments exact = ExactMoments.of(values);
			assertThat(snapshot.variance()).isCloseTo(exact.variance(), Percentage.withPercentage(1e-7));
			if (exact.variance() == 0) {
				assertThat(snapshot.skewness()).isNull();
				assertThat(snapshot.kurtosis()).isNull();
			}
			else {
				assertThat(snapshot.skewness()).isCloseTo(exact.skewness(),
						Offset.offset(1e-9 * Math.max(1, Math.abs(exact.skewness()))));
				assertThat(snapshot.kurtosis()).isCloseTo(exact.kurtosis(),
						Offset.offset(1e-9 * Math.max(1, Math.abs(exact.kurtosis()))));
			}
		}
	}

	@ParameterizedTest
	@MethodSource("distributions")
	void partsAddUpToTheWhole(ToDoubleFunction<Random> source) {
		for (long seed = 0; seed < 20; seed++) {
			Random random = new Random(seed);
			Distribution whole = new Distribution();
			List<Distribution> parts = List.of(new Distribution(), new Distribution(), new Distribution());
			for (int i = random.nextInt(3000); i >= 0; i--) {
				double value = source.applyAsDouble(random);
				whole.record(value);
				parts.get(random.nextInt(parts.size())).record(value);
			}
			DistributionState sum = parts.stream()
				.map(Distribution::state)
				.reduce(DistributionState::plus)
				.orElseThrow();
			DistributionState expected = whole.state();
			assertThat(sum.buckets()).isEqualTo(expected.buckets());
			assertThat(sum.minutes().stream().mapToLong(MinuteStatistics::count).sum())
				.isEqualTo(expected.moments().count());
			assertThat(sum.recent()).hasSameSizeAs(expected.recent());
			assertClose(sum.moments(), expected.moments());
		}
	}

	private static void assertClose(Moments actual, Moments expected) {
		double deviation = Math.sqrt(expected.secondSum() / expected.count());
		assertThat(actual.count()).isEqualTo(expected.count());
		assertThat(actual.min()).isEqualTo(expected.min());
		assertThat(actual.max()).isEqualTo(expected.max());
		assertThat(actual.mean()).isCloseTo(expected.mean(), Offset.offset(1e-9 * Math.max(deviation, 1e-6)));
		for (int power = 2; power <= 4; power++) {
			double scale = expected.count() * Math.pow(deviation, power);
			assertThat(sum(actual, power)).isCloseTo(sum(expected, power),
					Offset.offset(1e-9 * Math.max(scale, Math.abs(sum(expected, power)))));
		}
	}

	private static double sum(Moments moments, int power) {
		return switch (power) {
			case 2 -> moments.secondSum();
			case 3 -> moments.thirdSum();
			default -> moments.fourthSum();
		};
	}

	@Test
	void negativeNumbersHaveQuantilesToo() {
		double[] values = IntStream.rangeClosed(-1000, 1000).mapToDouble((i) -> i * 3.7).toArray();
		DistributionSnapshot snapshot = recorded(values);
		assertThat(snapshot.min()).isEqualTo(-3700);
		assertThat(snapshot.p25()).isCloseTo(-1850, Percentage.withPercentage(1));
		assertThat(snapshot.p50()).isZero();
		assertThat(snapshot.p75()).isCloseTo(1850, Percentage.withPercentage(1));
	}

	@Test
	void whatIsNotFiniteIsNoNumber() {
		assertThat(recorded(Double.NaN, 1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY).count()).isOne();
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
		assertThat(recorded()).isEqualTo(DistributionSnapshot.EMPTY);
		assertThat(DistributionSnapshot.EMPTY.mean()).isNull();
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
		DistributionState state = distribution.state();
		assertThat(state.moments().count()).isEqualTo((long) threads * each);
		assertThat(state.buckets().total()).isEqualTo((long) threads * each);
		assertThat(state.moments().mean()).isCloseTo(5e8, Percentage.withPercentage(1));
	}

	private static DistributionSnapshot recorded(double... values) {
		Distribution distribution = new Distribution();
		Arrays.stream(values).forEach(distribution::record);
		return distribution.snapshot();
	}

	/**
	 * Moments with as many digits as it takes.
	 *
	 * @param variance the mean square distance from the mean
	 * @param skewness 0 if all numbers are the same
	 * @param kurtosis the excess; 0 if all numbers are the same
	 */
	private record ExactMoments(double variance, double skewness, double kurtosis) {

		private static final MathContext DIGITS = new MathContext(60);

		static ExactMoments of(double... values) {
			BigDecimal count = BigDecimal.valueOf(values.length);
			BigDecimal mean = Arrays.stream(values)
				.mapToObj(BigDecimal::new)
				.reduce(BigDecimal.ZERO, BigDecimal::add)
				.divide(count, DIGITS);
			BigDecimal[] sums = { BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO };
			for (double value : values) {
				BigDecimal distance = new BigDecimal(value).subtract(mean, DIGITS);
				BigDecimal power = distance;
				for (int i = 0; i < sums.length; i++) {
					power = power.multiply(distance, DIGITS);
					sums[i] = sums[i].add(power, DIGITS);
				}
			}
			double variance = sums[0].divide(count, DIGITS).doubleValue();
			if (variance == 0) {
				return new ExactMoments(0, 0, 0);
			}
			BigDecimal square = sums[0].divide(count, DIGITS);
			double skewness = sums[1].divide(count, DIGITS)
				.divide(square.multiply(square.sqrt(DIGITS), DIGITS), DIGITS)
				.doubleValue();
			double kurtosis = sums[2].divide(count, DIGITS)
				.divide(square.multiply(square, DIGITS), DIGITS)
				.subtract(BigDecimal.valueOf(3))
				.doubleValue();
			return new ExactMoments(variance, skewness, kurtosis);
		}

	}

}
