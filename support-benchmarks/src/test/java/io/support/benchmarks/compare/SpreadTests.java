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

package io.support.benchmarks.compare;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Spread}.
 */
class SpreadTests {

	@Test
	void hasMedianAndRange() {
		assertThat(spread(3.0, 1.0, 2.0)).isEqualTo(new Spread(2, 1, 3));
		assertThat(spread(4.0, 1.0, 2.0, 3.0)).isEqualTo(new Spread(2.5, 1, 4));
	}

	@Test
	void leavesOutARangeThatCannotBeSeen() {
		assertThat(spread(1.01, 1.02).text("%.1f")).isEqualTo("1.0");
		assertThat(spread(1.0, 1.2).text("%.1f")).isEqualTo("1.1 (1.0..1.2)");
	}

	@Test
	void worstIsTheSmallestOrTheGreatest() {
		assertThat(spread(1.0, 2.0, 4.0).orLess("%.0f")).isEqualTo("2 (1)");
		assertThat(spread(1.0, 2.0, 4.0).orMore("%.0f")).isEqualTo("2 (4)");
		assertThat(spread(2.0, 2.1).orMore("%.0f")).isEqualTo("2");
	}

	private static Spread spread(Double... values) {
		return Spread.of(List.of(values), Double::doubleValue);
	}

}
