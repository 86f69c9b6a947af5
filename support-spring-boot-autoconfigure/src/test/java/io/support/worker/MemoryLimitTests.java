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

package io.support.worker;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MemoryLimit}.
 */
class MemoryLimitTests {

	@Test
	void crossedWithTheThirdSampleInARow() {
		assertThat(crossings(101, 101, 101, 101, 101)).containsExactly(2);
	}

	@Test
	void peakDoesNotCount() {
		assertThat(crossings(101, 101, 99, 101, 101, 99)).isEmpty();
	}

	@Test
	void limitItselfIsAllowed() {
		assertThat(crossings(100, 100, 100, 100)).isEmpty();
	}

	@Test
	void crossedAgainAfterItFell() {
		assertThat(crossings(101, 101, 101, 101, 100, 101, 101, 101)).containsExactly(2, 7);
	}

	private static List<Integer> crossings(long... samples) {
		MemoryLimit limit = new MemoryLimit(100, 3);
		boolean[] crossed = new boolean[samples.length];
		LongStream.range(0, samples.length).forEach((i) -> crossed[(int) i] = limit.crossedWith(samples[(int) i]));
		return IntStream.range(0, samples.length).filter((i) -> crossed[i]).boxed().toList();
	}

}
