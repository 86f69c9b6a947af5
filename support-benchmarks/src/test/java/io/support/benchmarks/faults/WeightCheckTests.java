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

package io.support.benchmarks.faults;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WeightCheck}.
 */
class WeightCheckTests {

	@Test
	void sharesAreThoseOfTheWeights() {
		assertThat(WeightCheck.error(100_000, new SplittableRandom(1))).isBetween(0.0, 0.03);
	}

	@Test
	void errorIsSeen() {
		assertThat(WeightCheck.error(1000, () -> 0)).isGreaterThan(0.5);
	}

}
