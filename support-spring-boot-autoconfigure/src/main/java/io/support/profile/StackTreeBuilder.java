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
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Merges stacks into a tree while they come. Bounded: a stack for which the tree has no
 * node left counts as one that was left out, so that the sum stays true. For one thread.
 */
final class StackTreeBuilder {

	private static final int ROOT = 0;

	private final int maxNodes;

	private final Map<Frame, Integer> ids = new HashMap<>();

	private final List<Frame> frames = new ArrayList<>();

	private final Map<Long, Integer> children = new HashMap<>();

	private int[] parents = new int[256];

	private int[] frameIds = new int[256];

	private long[] counts = new long[256];

	private long[] values = new long[256];

	private int size = 1;

	private long leftOut;

	/**
	 * Creates an empty tree.
	 * @param maxNodes how many nodes it may have
	 */
	StackTreeBuilder(int maxNodes) {
		this.maxNodes = maxNodes;
	}

	/**
	 * Adds one stack.
	 * @param path the frames, the outermost first; not empty
	 * @param value its weight
	 */
	void add(List<Frame> path, long value) {
		int node = ROOT;
		for (int i = 0; i < path.size() && node >= 0; i++) {
			// The last node is kept for what is left out.
			node = child(node, path.get(i), this.maxNodes - 1);
		}
		if (node < 0) {
			this.leftOut++;
			node = child(ROOT, Frame.LEFT_OUT, this.maxNodes);
		}
		this.counts[node]++;
		this.values[node] += value;
	}

	private int child(int parent, Frame frame, int limit) {
		Integer known = this.ids.get(frame);
		Integer child = (known != null) ? this.children.get(key(parent, known)) : null;
		if (child != null) {
			return child;
		}
		if (this.size > limit) {
			return -1;
		}
		if (this.size == this.parents.length) {
			grow();
		}
		int id = (known != null) ? known : newId(frame);
		int node = this.size++;
		this.parents[node] = parent;
		this.frameIds[node] = id;
		this.children.put(key(parent, id), node);
		return node;
	}

	private int newId(Frame frame) {
		int id = this.frames.size();
		this.frames.add(frame);
		this.ids.put(frame, id);
		return id;
	}

	private static long key(int parent, int frame) {
		return ((long) parent << 32) | frame;
	}

	private void grow() {
		int length = this.parents.length * 2;
		this.parents = Arrays.copyOf(this.parents, length);
		this.frameIds = Arrays.copyOf(this.frameIds, length);
		this.counts = Arrays.copyOf(this.counts, length);
		this.values = Arrays.copyOf(this.values, length);
	}

	/**
	 * Returns how many stacks found no place in the tree.
	 * @return the number of stacks
	 */
	long leftOut() {
		return this.leftOut;
	}

	/**
	 * Returns the tree as it is now.
	 * @return a copy
	 */
	StackTree build() {
		long[] totalCounts = Arrays.copyOf(this.counts, this.size);
		long[] totals = Arrays.copyOf(this.values, this.size);
		// A node is always younger than its parent.
		for (int node = this.size - 1; node > ROOT; node--) {
			totalCounts[this.parents[node]] += totalCounts[node];
			totals[this.parents[node]] += totals[node];
		}
		int[] order = depthFirst(totals);
		int[] levels = new int[this.size];
		StackTree.Node[] nodes = new StackTree.Node[order.length];
		for (int i = 0; i < order.length; i++) {
			int node = order[i];
			int parent = this.parents[node];
			levels[node] = (parent == ROOT) ? 0 : levels[parent] + 1;
			nodes[i] = new StackTree.Node(this.frameIds[node], levels[node], this.counts[node], this.values[node],
					totalCounts[node], totals[node]);
		}
		return new StackTree(List.copyOf(this.frames), List.of(nodes), totalCounts[ROOT], totals[ROOT]);
	}

	/*
	 * Every node before its children, the heaviest child first.
	 */
	private int[] depthFirst(long[] totals) {
		List<Integer> sorted = new ArrayList<>(this.size);
		for (int node = 1; node < this.size; node++) {
			sorted.add(node);
		}
		sorted.sort(Comparator.comparingLong((Integer node) -> totals[node]).thenComparing(Comparator.reverseOrder()));
		// Linked lists of siblings: what is put in front last is the heaviest.
		int[] first = new int[this.size];
		int[] next = new int[this.size];
		for (int node : sorted) {
			next[node] = first[this.parents[node]];
			first[this.parents[node]] = node;
		}
		int[] order = new int[this.size - 1];
		int count = 0;
		int node = first[ROOT];
		while (node != ROOT) {
			order[count++] = node;
			int successor = first[node];
			for (int up = node; successor == ROOT && up != ROOT; up = this.parents[up]) {
				successor = next[up];
			}
			node = successor;
		}
		return order;
	}

}
