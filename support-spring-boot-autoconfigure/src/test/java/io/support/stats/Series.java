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

import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * A series of numbers that says in few words how to have it again.
 *
 * @param shape how they lie
 * @param seed where chance begins
 * @param size how many
 */
record Series(Shape shape, long seed, int size) {

	static Arbitrary<Series> ofSize(int min, int max) {
		return Combinators
			.combine(Arbitraries.of(Shape.class), Arbitraries.longs(), Arbitraries.integers().between(min, max))
			.as(Series::new);
	}

	double[] numbers() {
		Random random = new Random(this.seed);
		return DoubleStream.generate(() -> this.shape.next.applyAsDouble(random)).limit(this.size).toArray();
	}

	Distribution recorded() {
		Distribution distribution = new Distribution();
		for (double number : numbers()) {
			distribution.record(number);
		}
		return distribution;
	}

	enum Shape {

		NORMAL((random) -> 1e6 + 1e5 * random.nextGaussian()),

		AROUND_ZERO((random) -> 1e3 * random.nextGaussian()),

		LOGNORMAL((random) -> Math.exp(10 + 2 * random.nextGaussian())),

		BIMODAL((random) -> random.nextBoolean() ? 1e3 + 10 * random.nextGaussian() : 1e9 + random.nextInt(1000)),

		CONSTANT((random) -> 42e3 + 0.1),

		HEAVY_TAILED((random) -> 1e4 / Math.pow(1 - random.nextDouble(), 1 / 1.1)),

		FRACTIONS((random) -> random.nextDouble() / 1000),

		WHOLE((random) -> random.nextInt(1_000_000));

		@SuppressWarnings("ImmutableEnumChecker") // has no state
		private final ToDoubleFunction<Random> next;

		Shape(ToDoubleFunction<Random> next) {
			this.next = next;
		}

	}

}
