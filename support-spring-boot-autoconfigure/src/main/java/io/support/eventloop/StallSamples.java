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

package io.support.eventloop;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.support.eventloop.EventLoopStall.Kind;

/**
 * What was seen of a loop while it was stalled. Bounded: of more than
 * {@value #MAX_STACKS} different stacks the later ones are counted and not kept.
 */
final class StallSamples {

	private static final int MAX_STACKS = 64;

	private final Map<List<StackTraceElement>, Integer> stacks = new HashMap<>();

	private int count;

	private int waiting;

	private int inNative;

	private @Nullable String request;

	/**
	 * Adds a look at the loop's thread.
	 * @param sample what was seen
	 */
	void add(Sample sample) {
		this.count++;
		switch (sample.state()) {
			case BLOCKED, WAITING, TIMED_WAITING -> this.waiting++;
			default -> {
				if (!sample.stack().isEmpty() && sample.stack().get(0).isNativeMethod()) {
					this.inNative++;
				}
			}
		}
		if (this.request == null) {
			this.request = sample.request();
		}
		if (!sample.stack().isEmpty() && (this.stacks.size() < MAX_STACKS || this.stacks.containsKey(sample.stack()))) {
			this.stacks.merge(sample.stack(), 1, Integer::sum);
		}
	}

	int count() {
		return this.count;
	}

	@Nullable String request() {
		return this.request;
	}

	/**
	 * Tells what the loop did.
	 * @param cpuShare the share of the time for which it had a processor; negative if
	 * that is not known
	 * @return the kind, never a pause
	 */
	Kind kind(double cpuShare) {
		if (this.waiting * 2 > this.count) {
			return Kind.BLOCKED;
		}
		if (cpuShare < 0 || cpuShare >= 0.5) {
			return Kind.CPU;
		}
		return ((this.waiting + this.inNative) * 2 > this.count) ? Kind.BLOCKED : Kind.STARVED;
	}

	/**
	 * Finds the frame that held the loop.
	 * @return the frame with its stack; {@code null} if no stack was seen
	 */
	@Nullable Dominant dominant() {
		Map<StackTraceElement, Integer> tops = new HashMap<>();
		this.stacks.forEach((stack, times) -> tops.merge(ApplicationFrames.top(stack), times, Integer::sum));
		StackTraceElement frame = mostOf(tops);
		if (frame == null) {
			return null;
		}
		Map<List<StackTraceElement>, Integer> below = new HashMap<>(this.stacks);
		below.keySet().removeIf((stack) -> !ApplicationFrames.top(stack).equals(frame));
		List<StackTraceElement> stack = mostOf(below);
		return new Dominant(frame, tops.getOrDefault(frame, 0), (stack != null) ? stack : List.of());
	}

	private static <T> @Nullable T mostOf(Map<T, Integer> counts) {
		return counts.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey).orElse(null);
	}

	/**
	 * A look at a thread.
	 *
	 * @param state what it did
	 * @param stack its stack, the top first; empty if there is none
	 * @param request the request that it served; {@code null} if it is not known
	 */
	record Sample(Thread.State state, List<StackTraceElement> stack, @Nullable String request) {

	}

	/**
	 * What most samples had in common.
	 *
	 * @param frame the frame
	 * @param samples how many had it
	 * @param stack the most common stack with it
	 */
	record Dominant(StackTraceElement frame, int samples, List<StackTraceElement> stack) {

	}

}
