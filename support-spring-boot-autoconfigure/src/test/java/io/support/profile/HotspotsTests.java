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

package io.support.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Hotspots}.
 */
class HotspotsTests {

	private final StackTreeBuilder builder = new StackTreeBuilder(100_000);

	@Test
	void methodThatCallsItselfCountsOnceForAStack() {
		this.builder.add(StackTreeBuilderTests.stack("t", "a", "b", "a", "b"), 10);
		this.builder.add(StackTreeBuilderTests.stack("t", "b", "a"), 5);
		List<Map<String, Object>> methods = hotspots(ProfileUnit.NANOS).methods();
		assertThat(methods).extracting((row) -> row.get("method")).containsExactly("b", "a");
		assertThat(methods).extracting((row) -> row.get("totalNanos")).containsExactly(15L, 15L);
		assertThat(methods).extracting((row) -> row.get("selfNanos")).containsExactly(10L, 5L);
		assertThat(methods).extracting((row) -> row.get("selfSamples")).containsExactly(1L, 1L);
		assertThat(methods.get(0)).containsEntry("selfRatio", 10.0 / 15).containsEntry("totalRatio", 1.0);
	}

	@Test
	void whatWasAllocatedBelongsToTheMethod() {
		List<Frame> stack = new ArrayList<>(StackTreeBuilderTests.stack("t", "a", "b"));
		stack.add(new Frame("byte[]", FrameKind.TYPE));
		this.builder.add(stack, 64);
		List<Map<String, Object>> methods = hotspots(ProfileUnit.BYTES).methods();
		assertThat(methods).extracting((row) -> row.get("method")).containsExactly("b", "a");
		assertThat(methods.get(0)).containsEntry("selfBytes", 64L);
		assertThat(methods.get(1)).containsEntry("selfBytes", 0L).containsEntry("totalBytes", 64L);
		assertThat(hotspots(ProfileUnit.BYTES).threads().get(0)).containsEntry("hottest", "b");
	}

	@Test
	void everyMethodSaysWhichThreadsItRanOn() {
		this.builder.add(StackTreeBuilderTests.stack("io-*", "a"), 60);
		this.builder.add(StackTreeBuilderTests.stack("cpu-*", "b", "a"), 30);
		for (int i = 0; i < 5; i++) {
			this.builder.add(StackTreeBuilderTests.stack("other" + i, "a"), 2);
		}
		Hotspots hotspots = hotspots(ProfileUnit.SAMPLES);
		assertThat(hotspots.hottest()).containsEntry("method", "a")
			.containsEntry("threads", "io-* 60 %, cpu-* 30 %, other0 2 %, 4 more");
		assertThat(hotspots.threads()).extracting((row) -> row.get("thread")).startsWith("io-*", "cpu-*").hasSize(7);
		assertThat(hotspots.threads().get(1)).containsEntry("samples", 1L)
			.containsEntry("totalSamples", 30L)
			.containsEntry("totalRatio", 0.3)
			.containsEntry("hottest", "a");
	}

	@Test
	void rowsAreBoundedAndHaveThoseWithMostInAllToo() {
		for (int i = 0; i < 1_000; i++) {
			this.builder.add(StackTreeBuilderTests.stack("t", "outer", "m" + i), i + 1L);
		}
		List<Map<String, Object>> methods = hotspots(ProfileUnit.SAMPLES).methods();
		assertThat(methods).hasSizeBetween(Hotspots.MAX_METHODS, 2 * Hotspots.MAX_METHODS);
		assertThat(methods).extracting((row) -> row.get("method")).startsWith("m999", "m998").contains("outer");
	}

	@Test
	void nothingIsNothing() {
		Hotspots hotspots = hotspots(ProfileUnit.SAMPLES);
		assertThat(hotspots.methods()).isEmpty();
		assertThat(hotspots.threads()).isEmpty();
		assertThat(hotspots.hottest()).isEmpty();
	}

	private Hotspots hotspots(ProfileUnit unit) {
		return new Hotspots(unit, "samples", this.builder.build());
	}

}
