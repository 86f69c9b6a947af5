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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SketchState}: the sketches of several processes as those of one.
 */
class SketchStateTests {

	@Property(tries = 60)
	void sumIsThatOfOneProcess(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int processes,
			@ForAll @IntRange(max = 40_000) int keys, @ForAll @DoubleRange(min = 1, max = 6) double skew) {
		Random random = new Random(seed);
		Sketch whole = new Sketch();
		List<Sketch> parts = new ArrayList<>();
		IntStream.range(0, processes).forEach((i) -> parts.add(new Sketch()));
		Map<String, Long> counts = new HashMap<>();
		for (int i = 0; i < keys; i++) {
			// Some keys come much more often than others, and not everywhere alike.
			String key = "key" + (int) (keys * Math.pow(random.nextDouble(), skew));
			int place = random.nextBoolean() ? random.nextInt(processes) : key.hashCode() & 0xFF;
			parts.get(place % processes).offer(key);
			whole.offer(key);
			counts.merge(key, 1L, Long::sum);
		}
		SketchState sum = parts.stream().map((part) -> part.state("keys")).reduce(SketchState::plus).orElseThrow();
		assertThat(sum.total()).isEqualTo(keys);
		assertThat(sum.summary().distinct()).isEqualTo(whole.snapshot("keys").distinct());
		assertCounted(sum, counts);
		assertCounted(whole.state("keys"), counts);
	}

	private static void assertCounted(SketchState state, Map<String, Long> counts) {
		Map<String, SketchSnapshot.Element> counted = new HashMap<>();
		state.counted().forEach((element) -> counted.put(element.value(), element));
		assertThat(counted).hasSameSizeAs(state.counted()).hasSizeLessThanOrEqualTo(Sketch.COUNTED_KEYS);
		long maxError = state.total() / Sketch.COUNTED_KEYS;
		counted.forEach((key, element) -> {
			assertThat(counts.get(key)).as(key).isBetween(element.count() - element.error(), element.count());
			assertThat(element.error()).as(key).isLessThanOrEqualTo(maxError);
		});
		counts.forEach((key, count) -> {
			if (count * 1000 > state.total()) {
				assertThat(counted).containsKey(key);
			}
		});
	}

	@Test
	void sketchOfSomethingElseIsNone() {
		SketchState broken = new SketchState("keys", 1, "AAAA", List.of());
		assertThatIllegalArgumentException().isThrownBy(() -> broken.plus(broken)).withMessageContaining("'keys'");
	}

}
