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
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Distribution}.
 */
class DistributionTests {

	private static final double ROUNDING = 1e-9;

	@Provide
	Arbitrary<Series> few() {
		return Series.ofSize(1, DistributionState.EXACT - 1);
	}

	@Provide
	Arbitrary<Series> many() {
		return Series.ofSize(DistributionState.EXACT, 3000);
	}

	@Provide
	Arbitrary<Series> any() {
		return Series.ofSize(1, 500);
	}

	@Provide
	Arbitrary<double[]> numbers() {
		return Arbitraries.doubles()
			.between(-Distribution.MAX_MAGNITUDE, Distribution.MAX_MAGNITUDE)
			.array(double[].class)
			.ofMinSize(1)
			.ofMaxSize(300);
	}

	@Provide
	Arbitrary<Double> anything() {
		return Arbitraries.oneOf(Arbitraries.doubles().between(-Double.MAX_VALUE, Double.MAX_VALUE),
				Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MAX_VALUE,
						-Double.MAX_VALUE, Double.MIN_VALUE, -0.0, Distribution.MAX_MAGNITUDE));
	}

	@Property(tries = 300)
	void momentsAreThoseOfTheNumbers(@ForAll("any") Series series) {
		assertMoments(series.numbers());
	}

	@Property(tries = 300)
	void momentsOfAnyNumbersAreThoseOfTheNumbers(@ForAll("numbers") double[] numbers) {
		ExactMoments exact = ExactMoments.of(numbers);
		// Where only the last digits differ, the rest of the digits are lost.
		Assume.that(exact.variance() == 0 || Math.sqrt(exact.variance()) > 1e-4 * Math.abs(exact.mean()));
		assertMoments(numbers);
	}

	private static void assertMoments(double... numbers) {
		DistributionSnapshot snapshot = recorded(numbers).snapshot();
		ExactMoments exact = ExactMoments.of(numbers);
		double deviation = Math.sqrt(exact.variance());
		assertThat(snapshot.count()).isEqualTo(numbers.length);
		assertThat(snapshot.min()).isEqualTo(Arrays.stream(numbers).min().orElseThrow());
		assertThat(snapshot.max()).isEqualTo(Arrays.stream(numbers).max().orElseThrow());
		assertThat(snapshot.mean()).isCloseTo(exact.mean(),
				Offset.offset(ROUNDING * Math.max(Math.abs(exact.mean()), deviation)));
		assertThat(snapshot.variance()).isCloseTo(exact.variance(), Offset.offset(ROUNDING * exact.variance()));
		if (exact.variance() == 0) {
			assertThat(snapshot.skewness()).isNull();
			assertThat(snapshot.kurtosis()).isNull();
		}
		else {
			assertThat(snapshot.skewness()).isCloseTo(exact.skewness(), orOne(exact.skewness()));
			assertThat(snapshot.kurtosis()).isCloseTo(exact.kurtosis(), orOne(exact.kurtosis()));
		}
	}

	/*
	 * They have no unit: near 0 they are as exact as near 1.
	 */
	private static Offset<Double> orOne(double figure) {
		return Offset.offset(ROUNDING * Math.max(1, Math.abs(figure)));
	}

	@Property(tries = 300)
	void quantilesAreWithinOnePercent(@ForAll("many") Series series) {
		DistributionSnapshot snapshot = series.recorded().snapshot();
		double[] sorted = Arrays.stream(series.numbers()).sorted().toArray();
		assertQuantile(snapshot.p25(), sorted, 250);
		assertQuantile(snapshot.p50(), sorted, 500);
		assertQuantile(snapshot.p75(), sorted, 750);
		assertQuantile(snapshot.p90(), sorted, 900);
		assertQuantile(snapshot.p95(), sorted, 950);
		assertQuantile(snapshot.p99(), sorted, 990);
		assertQuantile(snapshot.p999(), sorted, 999);
	}

	private static void assertQuantile(@Nullable Double actual, double[] sorted, int thousandths) {
		double exact = sorted[(sorted.length * thousandths + 999) / 1000 - 1];
		assertThat(actual).as("%s of 1000", thousandths).isCloseTo(exact, Offset.offset(0.01 * Math.abs(exact)));
	}

	@Property(tries = 300)
	void fewNumbersHaveAnExactMedianAndNoPercentiles(@ForAll("few") Series series) {
		DistributionSnapshot snapshot = series.recorded().snapshot();
		double[] sorted = Arrays.stream(series.numbers()).sorted().toArray();
		int half = sorted.length / 2;
		assertThat(snapshot.p50())
			.isEqualTo((sorted.length % 2 == 1) ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2);
		assertThat(Stream.of(snapshot)
			.flatMap((figures) -> Stream.of(figures.p25(), figures.p75(), figures.p90(), figures.p95(), figures.p99(),
					figures.p999())))
			.containsOnlyNulls();
	}

	@Property(tries = 300)
	void noFigureIsInfiniteOrNoNumber(@ForAll @Size(max = 100) List<@From("anything") Double> numbers) {
		DistributionState state = recorded(numbers.stream().mapToDouble(Double::doubleValue).toArray()).state();
		assertThat(JsonMapper.builder().build().writeValueAsString(List.of(state, state.summary())))
			.doesNotContain("NaN")
			.doesNotContain("Infinity");
		assertThat(state.moments().count())
			.isEqualTo(numbers.stream().filter((number) -> Math.abs(number) <= Distribution.MAX_MAGNITUDE).count());
	}

	@Property(tries = 10)
	void threadsLoseNothing(@ForAll @IntRange(min = 2, max = 6) int threads, @ForAll @IntRange(max = 1000) int seed)
			throws InterruptedException {
		Distribution distribution = new Distribution();
		List<double[]> parts = IntStream.range(0, threads)
			.mapToObj((i) -> new Series(Series.Shape.WHOLE, seed + i, 50_000).numbers())
			.toList();
		CyclicBarrier start = new CyclicBarrier(threads);
		CountDownLatch done = new CountDownLatch(threads);
		for (double[] part : parts) {
			new Thread(() -> {
				await(start);
				Arrays.stream(part).forEach(distribution::record);
				done.countDown();
			}).start();
		}
		assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
		double[] all = parts.stream().flatMapToDouble(Arrays::stream).toArray();
		DistributionState state = distribution.state();
		assertThat(distribution.count()).isEqualTo(all.length);
		assertThat(distribution.sum()).isEqualTo(Arrays.stream(all).sum());
		assertThat(state.minutes().stream().mapToLong(MinuteStatistics::count).sum()).isEqualTo(all.length);
		assertThat(state.minutes().stream().mapToDouble(MinuteStatistics::sum).sum()).isEqualTo(distribution.sum());
		DistributionState expected = recorded(all).state();
		assertThat(state.buckets()).isEqualTo(expected.buckets());
		SameStatistics.assertSame(state.moments(), expected.moments());
		assertThat(state.recent()).hasSize(64);
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await();
		}
		catch (InterruptedException | BrokenBarrierException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void negativeNumbersHaveQuantilesToo() {
		double[] values = IntStream.rangeClosed(-1000, 1000).mapToDouble((i) -> i * 3.7).toArray();
		DistributionSnapshot snapshot = recorded(values).snapshot();
		assertThat(snapshot.min()).isEqualTo(-3700);
		assertThat(snapshot.p25()).isCloseTo(-1850, Percentage.withPercentage(1));
		assertThat(snapshot.p50()).isZero();
		assertThat(snapshot.p75()).isCloseTo(1850, Percentage.withPercentage(1));
	}

	@Test
	void noNumberHasNoStatistics() {
		assertThat(recorded().snapshot()).isEqualTo(DistributionSnapshot.EMPTY);
		assertThat(DistributionSnapshot.EMPTY.mean()).isNull();
	}

	@Test
	void numbersOutsideOfTheRangeAreCountedAtItsEnds() {
		double[] values = new double[200];
		Arrays.fill(values, 100, 200, Distribution.MAX_MAGNITUDE);
		DistributionSnapshot snapshot = recorded(values).snapshot();
		assertThat(snapshot.count()).isEqualTo(200);
		assertThat(snapshot.p50()).isZero();
		assertThat(Objects.requireNonNull(snapshot.p99())).isGreaterThan(1e19);
		assertThat(snapshot.max()).isEqualTo(Distribution.MAX_MAGNITUDE);
	}

	private static Distribution recorded(double... values) {
		Distribution distribution = new Distribution();
		Arrays.stream(values).forEach(distribution::record);
		return distribution;
	}

}
