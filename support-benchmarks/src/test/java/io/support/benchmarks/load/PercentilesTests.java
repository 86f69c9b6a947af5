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

package io.support.benchmarks.load;

import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Percentiles}.
 */
class PercentilesTests {

	@Test
	void areExact() {
		long[] descending = LongStream.rangeClosed(1, 1000).map((value) -> 1001 - value).toArray();
		assertThat(Percentiles.of(descending)).isEqualTo(new Percentiles(1000, 500, 990, 999, 1000));
	}

	@Test
	void ofOneValueAreThatValue() {
		assertThat(Percentiles.of(new long[] { 7 })).isEqualTo(new Percentiles(1, 7, 7, 7, 7));
	}

	@Test
	void ofNothingAreZero() {
		assertThat(Percentiles.of(new long[0])).isEqualTo(new Percentiles(0, 0, 0, 0, 0));
	}

}
