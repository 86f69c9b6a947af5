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

package io.support.meta;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SnapshotTree}.
 */
class SnapshotTreeTests {

	private final SnapshotTree trees = new SnapshotTree(new SecretMask(SecretMask.Rule.NONE));

	@Test
	void recordBecomesAMapInTheOrderOfItsComponents() {
		Object tree = tree(new Outer("o", List.of(new Inner(1, null)), Optional.of("there")));
		assertThat(tree).asInstanceOf(InstanceOfAssertFactories.MAP)
			.containsExactly(Map.entry("name", "o"), Map.entry("inner", List.of(entries("count", 1L, "at", null))),
					Map.entry("maybe", "there"));
	}

	@Test
	void beanIsReadByItsGetters() {
		assertThat(tree(new Bean())).isEqualTo(Map.of("size", 3L, "ready", true));
	}

	@Test
	void scalarsBecomeTextsNumbersAndBooleans() {
		assertThat(tree(Instant.EPOCH)).isEqualTo("1970-01-01T00:00:00Z");
		assertThat(tree(Duration.ofMillis(5))).isEqualTo("PT0.005S");
		assertThat(tree(TimeUnit.DAYS)).isEqualTo("DAYS");
		assertThat(tree(String.class)).isEqualTo("java.lang.String");
		assertThat(tree('c')).isEqualTo("c");
		assertThat(tree(true)).isEqualTo(true);
		assertThat(tree(new int[] { 1, 2 })).isEqualTo(List.of(1L, 2L));
		assertThat(tree(null)).isNull();
		assertThat(tree(Optional.empty())).isNull();
	}

	@Test
	void numbersBecomeLongsAndDoubles() {
		LongAdder adder = new LongAdder();
		adder.add(5);
		assertThat(tree(adder)).isEqualTo(5L);
		assertThat(tree(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
		assertThat(tree(2.0)).isEqualTo(2.0);
		assertThat(tree(new BigDecimal("0.1"))).isEqualTo(0.1);
		assertThat(tree(new BigDecimal("1e1000000000"))).isNull();
		assertThat(tree(BigInteger.TWO.pow(70))).isEqualTo(Math.pow(2, 70));
		assertThat(tree(Double.NaN)).isNull();
		assertThat(tree(Float.POSITIVE_INFINITY)).isNull();
	}

	@Test
	void secretInsideOfAKeyIsHidden() {
		assertThat(tree(Map.of("https://shop:hunter2@peer/", 1))).isEqualTo(Map.of("https://shop:******@peer/", 1L));
	}

	@Test
	void secretsAreHiddenWhateverHoldsThem() {
		assertThat(tree(Map.of("password", "hunter2"))).isEqualTo(Map.of("password", SecretMask.MASK));
		assertThat(tree(Map.of("credentials", Map.of("a", 1)))).isEqualTo(Map.of("credentials", SecretMask.MASK));
		assertThat(tree(Map.of("apiKeys", List.of(Map.of("apiKey", List.of("x"))))))
			.isEqualTo(Map.of("apiKeys", List.of(Map.of("apiKey", SecretMask.MASK))));
		assertThat(tree(List.of(entries("name", "db.password", "value", "hunter2"))))
			.isEqualTo(List.of(Map.of("name", "db.password", "value", SecretMask.MASK)));
	}

	@Test
	void keyThatOnlyNamesIsShown() {
		assertThat(tree(List.of(entries("key", "10.0.0.1", "count", 3L))))
			.isEqualTo(List.of(Map.of("key", "10.0.0.1", "count", 3L)));
	}

	@Test
	void valuesBeyondTheBoundAreLeftOut() {
		List<Integer> most = IntStream.range(0, SnapshotTree.MAX_VALUES).boxed().toList();
		assertThat(this.trees.of(most).truncated()).isFalse();
		List<Integer> more = IntStream.range(0, SnapshotTree.MAX_VALUES + 1).boxed().toList();
		SnapshotTree.Result result = this.trees.of(more);
		assertThat(result.truncated()).isTrue();
		assertThat((List<?>) result.tree()).hasSize(SnapshotTree.MAX_VALUES);
	}

	@Test
	void endlessIterableEnds() {
		Iterable<Integer> endless = () -> IntStream.iterate(0, (i) -> i + 1).iterator();
		assertThat(this.trees.of(endless).truncated()).isTrue();
	}

	@Test
	void structureThatHoldsItselfEnds() {
		List<Object> self = new ArrayList<>();
		self.add(self);
		assertThat(this.trees.of(self).truncated()).isTrue();
	}

	@Test
	void longTextsAndKeysAreCut() {
		SnapshotTree.Result result = this.trees.of(Map.of("k".repeat(SnapshotTree.MAX_KEY + 1), "v"));
		assertThat(result).isEqualTo(new SnapshotTree.Result(Map.of("k".repeat(SnapshotTree.MAX_KEY), "v"), true));
		assertThat(this.trees.of("x".repeat(SnapshotTree.MAX_TEXT)).truncated()).isFalse();
		assertThat(this.trees.of("x".repeat(SnapshotTree.MAX_TEXT + 1)))
			.isEqualTo(new SnapshotTree.Result("x".repeat(SnapshotTree.MAX_TEXT), true));
	}

	@Test
	void manyLongTextsAreCutToo() {
		List<String> texts = Collections.nCopies(10_000, "x".repeat(SnapshotTree.MAX_TEXT));
		SnapshotTree.Result result = this.trees.of(texts);
		assertThat(result.truncated()).isTrue();
		int characters = ((List<?>) result.tree()).stream().mapToInt((text) -> ((String) text).length()).sum();
		assertThat(characters).isEqualTo(SnapshotTree.MAX_TEXTS);
	}

	private @Nullable Object tree(@Nullable Object snapshot) {
		SnapshotTree.Result result = this.trees.of(snapshot);
		assertThat(result.truncated()).isFalse();
		return result.tree();
	}

	private static Map<String, @Nullable Object> entries(String key, Object value, String other,
			@Nullable Object otherValue) {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		map.put(key, value);
		map.put(other, otherValue);
		return map;
	}

	record Outer(String name, List<Inner> inner, Optional<String> maybe) {

	}

	record Inner(int count, @Nullable Instant at) {

	}

	/**
	 * A bean.
	 */
	public static final class Bean {

		public int getSize() {
			return 3;
		}

		public boolean isReady() {
			return true;
		}

	}

}
