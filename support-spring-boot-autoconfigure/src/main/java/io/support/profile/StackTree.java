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

import java.util.List;

/**
 * Stacks that have been merged: every node before its children, the heaviest child first,
 * so that a tree is a list. The first level is threads.
 *
 * @param frames the frames that occur in it
 * @param nodes the nodes, depth first
 * @param count how many stacks there were
 * @param total the sum of their weights
 */
record StackTree(List<Frame> frames, List<Node> nodes, long count, long total) {

	Frame frame(Node node) {
		return this.frames.get(node.frame());
	}

	/**
	 * One node.
	 *
	 * @param frame the number of its frame
	 * @param level how many nodes are above it
	 * @param selfCount how many stacks end here
	 * @param self the sum of their weights
	 * @param totalCount how many stacks go through it
	 * @param total the sum of their weights
	 */
	record Node(int frame, int level, long selfCount, long self, long totalCount, long total) {

	}

}
