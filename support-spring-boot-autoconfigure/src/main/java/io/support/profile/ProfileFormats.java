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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Writes a tree of stacks in formats that other tools read. Bounded: the heaviest stacks
 * come first, and when there are too many the rest is one stack that says so. The sum of
 * the weights is the same in all.
 */
final class ProfileFormats {

	/** More frames than this are not written, those of all stacks together. */
	static final int MAX_FRAMES = 500_000;

	/** Longer texts are not written. */
	static final int MAX_TEXT = 16_000_000;

	private static final String SCHEMA = "https://www.speedscope.app/file-format-schema.json";

	private final String name;

	private final ProfileUnit unit;

	private final StackTree tree;

	ProfileFormats(String name, ProfileUnit unit, StackTree tree) {
		this.name = name;
		this.unit = unit;
		this.tree = tree;
	}

	/**
	 * Returns a line for each stack: its frames, the outermost first, and its weight.
	 * @return text that flame graph tools read
	 */
	String collapsed() {
		StringBuilder text = new StringBuilder();
		long[] rest = { 0 };
		forEachStack(MAX_FRAMES, (path, weight) -> {
			if (path.isEmpty() || text.length() > MAX_TEXT) {
				rest[0] += weight;
				return;
			}
			for (int i = 0; i < path.size(); i++) {
				text.append((i > 0) ? ";" : "").append(this.tree.frames().get(path.get(i)).text());
			}
			text.append(' ').append(weight).append('\n');
		});
		if (rest[0] > 0) {
			text.append(Frame.LEFT_OUT.text()).append(' ').append(rest[0]).append('\n');
		}
		return text.toString();
	}

	/**
	 * Returns what speedscope reads: one profile of type {@code sampled}, whose outermost
	 * frames are the threads.
	 * @return maps, lists, texts and numbers, to be written as JSON
	 * @see <a href=
	 * "https://github.com/jlfwong/speedscope/blob/main/src/lib/file-format-spec.ts">the
	 * format</a>
	 */
	Map<String, Object> speedscope() {
		List<Map<String, String>> frames = new ArrayList<>();
		this.tree.frames().forEach((frame) -> frames.add(Map.of("name", frame.text())));
		List<List<Integer>> samples = new ArrayList<>();
		List<Long> weights = new ArrayList<>();
		forEachStack(MAX_FRAMES, (path, weight) -> {
			if (path.isEmpty()) {
				frames.add(Map.of("name", Frame.LEFT_OUT.text()));
			}
			samples.add(path.isEmpty() ? List.of(frames.size() - 1) : path);
			weights.add(weight);
		});
		Map<String, Object> profile = new LinkedHashMap<>();
		profile.put("type", "sampled");
		profile.put("name", this.name);
		profile.put("unit", this.unit.speedscope());
		profile.put("startValue", 0);
		profile.put("endValue", this.tree.total());
		profile.put("samples", samples);
		profile.put("weights", weights);
		Map<String, Object> file = new LinkedHashMap<>();
		file.put("$schema", SCHEMA);
		file.put("shared", Map.of("frames", frames));
		file.put("profiles", List.of(profile));
		file.put("name", this.name);
		file.put("activeProfileIndex", 0);
		file.put("exporter", "SuPPort for Spring Boot");
		return file;
	}

	/**
	 * Returns the whole tree for the flame graph: the frames by number, and of every
	 * node, depth first, its frame, its level and its weight.
	 * @return maps, lists, texts and numbers, to be written as JSON
	 */
	Map<String, Object> flame() {
		int size = this.tree.nodes().size();
		int[] frames = new int[size];
		int[] levels = new int[size];
		long[] values = new long[size];
		for (int i = 0; i < size; i++) {
			StackTree.Node node = this.tree.nodes().get(i);
			frames[i] = node.frame();
			levels[i] = node.level();
			values[i] = node.total();
		}
		Map<String, Object> flame = new LinkedHashMap<>();
		flame.put("name", this.name);
		flame.put("unit", this.unit.speedscope());
		flame.put("total", this.tree.total());
		flame.put("names", this.tree.frames().stream().map(Frame::name).toList());
		flame.put("kinds", this.tree.frames().stream().map((frame) -> frame.kind().externalName()).toList());
		flame.put("frames", frames);
		flame.put("levels", levels);
		flame.put("values", values);
		return flame;
	}

	/*
	 * The heaviest first. What is left out at the end comes with an empty path.
	 */
	private void forEachStack(int maxFrames, BiConsumer<List<Integer>, Long> consumer) {
		List<StackTree.Node> nodes = this.tree.nodes();
		int[] parents = parents(nodes);
		List<Integer> ends = new ArrayList<>();
		for (int i = 0; i < nodes.size(); i++) {
			if (nodes.get(i).self() > 0) {
				ends.add(i);
			}
		}
		ends.sort(Comparator.comparing((Integer end) -> nodes.get(end).self()).reversed());
		long framesLeft = maxFrames;
		long rest = 0;
		for (int end : ends) {
			int length = nodes.get(end).level() + 1;
			framesLeft -= length;
			if (framesLeft < 0) {
				rest += nodes.get(end).self();
				continue;
			}
			Integer[] path = new Integer[length];
			for (int node = end, i = length - 1; i >= 0; node = parents[node], i--) {
				path[i] = nodes.get(node).frame();
			}
			consumer.accept(List.of(path), nodes.get(end).self());
		}
		if (rest > 0) {
			consumer.accept(List.of(), rest);
		}
	}

	private static int[] parents(List<StackTree.Node> nodes) {
		int[] parents = new int[nodes.size()];
		List<Integer> path = new ArrayList<>();
		for (int i = 0; i < parents.length; i++) {
			int level = nodes.get(i).level();
			parents[i] = (level > 0) ? path.get(level - 1) : -1;
			if (path.size() > level) {
				path.set(level, i);
			}
			else {
				path.add(i);
			}
		}
		return parents;
	}

}
