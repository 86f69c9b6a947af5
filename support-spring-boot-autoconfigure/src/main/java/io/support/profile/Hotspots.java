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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a tree says of each method and of each group of threads: what it did itself, and
 * what was done for it. A method that calls itself counts once for a stack. What was
 * allocated, and what was waited for, counts as the own of the method that did it.
 */
final class Hotspots {

	/** Of the methods with most of their own, and of those with most in all, so many. */
	static final int MAX_METHODS = 100;

	private static final int MAX_THREADS = 64;

	private static final int MAX_SHARES = 3;

	private final ProfileUnit unit;

	private final String counted;

	private final StackTree tree;

	private final long[] selfCounts;

	private final long[] selves;

	private final long[] totals;

	/** Thread groups of a method by the numbers of their frames, with their weights. */
	private final List<Map<Integer, Long>> threads = new ArrayList<>();

	Hotspots(ProfileUnit unit, String counted, StackTree tree) {
		this.unit = unit;
		this.counted = Character.toUpperCase(counted.charAt(0)) + counted.substring(1);
		this.tree = tree;
		this.selfCounts = new long[tree.frames().size()];
		this.selves = new long[tree.frames().size()];
		this.totals = new long[tree.frames().size()];
		tree.frames().forEach((frame) -> this.threads.add(new HashMap<>(2)));
		sum();
	}

	private void sum() {
		int[] active = new int[this.totals.length];
		List<StackTree.Node> path = new ArrayList<>();
		for (StackTree.Node node : this.tree.nodes()) {
			while (path.size() > node.level()) {
				active[path.remove(path.size() - 1).frame()]--;
			}
			StackTree.Node owner = (this.tree.frame(node).kind() == FrameKind.TYPE && !path.isEmpty())
					? path.get(path.size() - 1) : node;
			this.selfCounts[owner.frame()] += node.selfCount();
			this.selves[owner.frame()] += node.self();
			if (active[node.frame()]++ == 0) {
				this.totals[node.frame()] += node.total();
				int thread = path.isEmpty() ? node.frame() : path.get(0).frame();
				this.threads.get(node.frame()).merge(thread, node.total(), Long::sum);
			}
			path.add(node);
		}
	}

	/**
	 * Returns the methods with the most, by their own and in all.
	 * @return a row for each, those with most of their own first
	 */
	List<Map<String, Object>> methods() {
		Comparator<Integer> bySelf = Comparator.comparing((Integer frame) -> this.selves[frame]).reversed();
		Comparator<Integer> byTotal = Comparator.comparing((Integer frame) -> this.totals[frame]).reversed();
		IntStream.Builder top = IntStream.builder();
		List.of(bySelf, byTotal).forEach((order) -> methodIds().sorted(order).limit(MAX_METHODS).forEach(top::add));
		return top.build().distinct().boxed().sorted(bySelf.thenComparing(byTotal)).map(this::method).toList();
	}

	private Stream<Integer> methodIds() {
		return IntStream.range(0, this.totals.length)
			.filter((id) -> this.tree.frames().get(id).kind().isMethod())
			.boxed();
	}

	private Map<String, Object> method(int id) {
		Frame frame = this.tree.frames().get(id);
		Map<String, Object> row = new LinkedHashMap<>();
		row.put("method", frame.name());
		row.put("self" + this.counted, this.selfCounts[id]);
		put(row, "self", this.selves[id]);
		put(row, "total", this.totals[id]);
		row.put("of", frame.kind().externalName());
		row.put("threads", shares(this.threads.get(id)));
		return row;
	}

	private void put(Map<String, Object> row, String name, long value) {
		row.put(name + this.unit.suffix(), value);
		row.put(name + "Ratio", ratio(value, this.tree.total()));
	}

	/*
	 * One text, so that it has one column.
	 */
	private String shares(Map<Integer, Long> threads) {
		long all = threads.values().stream().mapToLong(Long::longValue).sum();
		List<String> shares = new ArrayList<>();
		threads.entrySet()
			.stream()
			.sorted(Map.Entry.<Integer, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
			.limit(MAX_SHARES)
			.forEach((entry) -> shares.add(String.format(Locale.ROOT, "%s %.0f %%",
					this.tree.frames().get(entry.getKey()).name(), 100 * ratio(entry.getValue(), all))));
		int rest = threads.size() - shares.size();
		return String.join(", ", shares) + ((rest > 0) ? ", " + rest + " more" : "");
	}

	/**
	 * Returns the groups of threads with the most.
	 * @return a row for each, the one with most first
	 */
	List<Map<String, Object>> threads() {
		Map<Integer, long[]> groups = new LinkedHashMap<>();
		Map<Integer, String> hottest = new HashMap<>();
		long[] most = new long[this.totals.length];
		List<Frame> path = new ArrayList<>();
		int group = 0;
		for (StackTree.Node node : this.tree.nodes()) {
			Frame frame = this.tree.frame(node);
			path.subList(node.level(), path.size()).clear();
			if (node.level() == 0) {
				group = node.frame();
				groups.put(group, new long[] { node.totalCount(), node.total() });
			}
			else if (node.self() > most[group]) {
				most[group] = node.self();
				boolean type = frame.kind() == FrameKind.TYPE;
				hottest.put(group, (type ? path.get(node.level() - 1) : frame).name());
			}
			path.add(frame);
		}
		List<Map<String, Object>> rows = new ArrayList<>();
		groups.entrySet().stream().limit(MAX_THREADS).forEach((entry) -> {
			Map<String, Object> row = new LinkedHashMap<>();
			row.put("thread", this.tree.frames().get(entry.getKey()).name());
			row.put(this.counted.toLowerCase(Locale.ROOT), entry.getValue()[0]);
			put(row, "total", entry.getValue()[1]);
			row.put("hottest", hottest.getOrDefault(entry.getKey(), ""));
			rows.add(row);
		});
		return rows;
	}

	/**
	 * Returns the method with most of its own.
	 * @return its row, or an empty one if there is none
	 */
	Map<String, Object> hottest() {
		return methodIds().max(Comparator.comparing((frame) -> this.selves[frame])).map(this::method).orElse(Map.of());
	}

	static double ratio(long part, long all) {
		return (all > 0) ? (double) part / all : 0;
	}

}
