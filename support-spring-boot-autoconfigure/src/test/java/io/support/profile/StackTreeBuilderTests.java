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
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StackTreeBuilder} and {@link StackTree}.
 */
class StackTreeBuilderTests {

	@Test
	void equalStacksAreOneAndTheHeaviestComesFirst() {
		StackTreeBuilder builder = new StackTreeBuilder(100);
		builder.add(stack("t", "a", "b"), 1);
		builder.add(stack("t", "a", "c"), 5);
		builder.add(stack("t", "a", "b"), 2);
		builder.add(stack("t", "a"), 10);
		builder.add(stack("u", "a"), 4);
		StackTree tree = builder.build();
		assertThat(tree.count()).isEqualTo(5);
		assertThat(tree.total()).isEqualTo(22);
		assertThat(lines(tree)).containsExactly("0 t 0/18", "1 a 10/18", "2 c 5/5", "2 b 3/3", "0 u 0/4", "1 a 4/4");
	}

	@Test
	void treeThatIsFullCountsWhatItLeavesOut() {
		StackTreeBuilder builder = new StackTreeBuilder(4);
		builder.add(stack("t", "a", "b"), 1);
		builder.add(stack("t", "c"), 10);
		builder.add(stack("t", "a", "b"), 1);
		builder.add(stack("u", "a", "b"), 100);
		StackTree tree = builder.build();
		assertThat(builder.leftOut()).isEqualTo(2);
		assertThat(tree.total()).isEqualTo(112);
		assertThat(tree.nodes()).hasSize(4);
		assertThat(lines(tree)).containsExactly("0 left out 110/110", "0 t 0/2", "1 a 0/2", "2 b 2/2");
	}

	@Test
	void anyStacksAddUp() {
		Random random = new Random(7);
		StackTreeBuilder builder = new StackTreeBuilder(1_000_000);
		Map<String, Long> expected = new TreeMap<>();
		for (int i = 0; i < 5_000; i++) {
			List<Frame> stack = new ArrayList<>(stack("t" + random.nextInt(3)));
			int depth = random.nextInt(12);
			for (int level = 0; level < depth; level++) {
				stack.add(new Frame("m" + random.nextInt(4), FrameKind.APPLICATION));
			}
			long weight = random.nextInt(1000);
			builder.add(stack, weight);
			expected.merge(stack.stream().map(Frame::text).toList().toString(), weight, Long::sum);
		}
		StackTree tree = builder.build();
		Map<String, Long> actual = new TreeMap<>();
		List<String> path = new ArrayList<>();
		for (StackTree.Node node : tree.nodes()) {
			path.subList(node.level(), path.size()).clear();
			path.add(tree.frame(node).text());
			if (node.selfCount() > 0) {
				actual.put(path.toString(), node.self());
			}
		}
		assertThat(actual).isEqualTo(expected);
		assertThat(tree.total()).isEqualTo(expected.values().stream().mapToLong(Long::longValue).sum());
	}

	static List<Frame> stack(String thread, String... methods) {
		List<Frame> stack = new ArrayList<>();
		stack.add(new Frame(thread, FrameKind.THREAD));
		for (String method : methods) {
			stack.add(new Frame(method, FrameKind.APPLICATION));
		}
		return stack;
	}

	private static List<String> lines(StackTree tree) {
		return tree.nodes()
			.stream()
			.map((node) -> node.level() + " " + tree.frame(node).name() + " " + node.self() + "/" + node.total())
			.toList();
	}

}
