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

package io.support.logs;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RepeatTable}.
 */
class RepeatTableTests {

	private final RepeatTable<String> table = new RepeatTable<>(16);

	@Test
	void keyIsCountedWithItsTimes() {
		this.table.count("a", 10);
		this.table.count("b", 11);
		this.table.count("a", 12);
		assertThat(this.table.all()).hasSize(2).anySatisfy((one) -> {
			assertThat(one.key()).isEqualTo("a");
			assertThat(one.count()).isEqualTo(2);
			assertThat(one.firstMillis()).isEqualTo(10);
			assertThat(one.lastMillis()).isEqualTo(12);
		});
		assertThat(this.table.others()).isZero();
	}

	@Test
	void manyKeysStayInTheTableAndNoneIsUncounted() {
		IntStream.range(0, 10_000).forEach((i) -> this.table.count("key " + i, i));
		assertThat(this.table.all()).hasSize(16);
		long counted = this.table.all().stream().mapToLong(RepeatTable.Repeated::count).sum();
		assertThat(counted + this.table.others()).isEqualTo(10_000);
	}

	@Test
	void keyThatComesAgainAndAgainStays() {
		for (int i = 0; i < 10_000; i++) {
			this.table.count("often", i);
			this.table.count("key " + i, i);
		}
		assertThat(this.table.all()).anySatisfy((one) -> {
			assertThat(one.key()).isEqualTo("often");
			assertThat(one.count()).isEqualTo(10_000);
		});
	}

	@Test
	void ofAFloodAFewASecondAreWorthKeeping() {
		RepeatTable.Repeated<String> flood = this.table.count("flood", 5000);
		assertThat(IntStream.range(0, 1000).filter((i) -> flood.isWorthKeeping(5000 + i)).count()).isEqualTo(10);
		assertThat(flood.isWorthKeeping(6000)).isTrue();
	}

}
