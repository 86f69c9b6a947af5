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

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Gathers what was recorded for one profile. For one thread.
 */
final class ProfileBuilder {

	private static final int MAX_REMARKS = 8;

	private static final String TRUNCATED = "truncated";

	private final ProfileKind kind;

	private final String source;

	private final ProfileUnit unit;

	private final StackTreeBuilder tree;

	private final Tally lines = new Tally();

	private final Tally types = new Tally();

	private final Tally pinned = new Tally();

	private final Map<String, Long> asides = new LinkedHashMap<>();

	private final List<String> remarks = new ArrayList<>();

	/**
	 * Creates a profile that has nothing yet.
	 * @param kind what it is of
	 * @param source what tells of it, such as the name of an event
	 * @param unit what the weights are
	 * @param maxFrames how many nodes its tree may have
	 */
	ProfileBuilder(ProfileKind kind, String source, ProfileUnit unit, int maxFrames) {
		this.kind = kind;
		this.source = source;
		this.unit = unit;
		this.tree = new StackTreeBuilder(maxFrames);
	}

	/**
	 * Adds a stack.
	 * @param path the frames, the threads first and the outermost method next
	 * @param weight its weight
	 */
	void add(List<Frame> path, long weight) {
		this.tree.add(path, weight);
	}

	/**
	 * Adds the line in which a stack ends.
	 * @param method the method of the line
	 * @param line its number
	 * @param weight the weight of the stack
	 */
	void line(Frame method, int line, long weight) {
		this.lines.add(method.name() + ':' + line, weight, null);
	}

	/**
	 * Adds what was allocated, or waited for.
	 * @param name the name of the class
	 * @param weight the weight of the stack
	 * @param heldBy which threads held it; {@code null} if nobody knows
	 */
	void type(String name, long weight, @Nullable String heldBy) {
		this.types.add(name, weight, heldBy);
	}

	/**
	 * Adds a virtual thread that could not leave its carrier.
	 * @param method where it was
	 * @param nanos for how long
	 * @param reason why; {@code null} if nobody knows
	 */
	void pinned(String method, long nanos, @Nullable String reason) {
		this.pinned.add(method, nanos, reason);
	}

	/**
	 * Counts what is not in the tree, or not as it should be.
	 * @param name what it is called on the page
	 * @param amount how much there is of it
	 */
	void aside(String name, long amount) {
		this.asides.merge(name, amount, Long::sum);
	}

	/**
	 * Counts a stack whose outer end is missing.
	 */
	void truncated() {
		aside(TRUNCATED, 1);
	}

	boolean isTruncated() {
		return this.asides.containsKey(TRUNCATED);
	}

	/**
	 * Says something that a reader has to know.
	 * @param remark one sentence
	 */
	void remark(String remark) {
		if (this.remarks.size() < MAX_REMARKS) {
			this.remarks.add(remark);
		}
	}

	ProfileKind kind() {
		return this.kind;
	}

	String source() {
		return this.source;
	}

	/**
	 * Makes the profile.
	 * @param id what it is called
	 * @param startedAt when the recording began
	 * @param recordedNanos for how long it went on
	 * @return the profile
	 */
	Profile build(String id, Instant startedAt, long recordedNanos) {
		if (this.tree.leftOut() > 0) {
			aside("leftOut", this.tree.leftOut());
			remark("The tree is full: raise support.profile.max-frames, or record for a shorter time");
		}
		StackTree stacks = this.tree.build();
		String counted = this.kind.counted();
		Map<String, Object> summary = new LinkedHashMap<>();
		summary.put("kind", this.kind.externalName());
		summary.put("source", this.source);
		summary.put("startedAt", startedAt);
		summary.put("recordedNanos", recordedNanos);
		summary.put(counted, stacks.count());
		if (this.unit != ProfileUnit.SAMPLES) {
			summary.put("total" + this.unit.suffix(), stacks.total());
		}
		summary.putAll(this.asides);
		summary.put("frames", stacks.nodes().size());
		Map<String, Object> tables = new LinkedHashMap<>();
		Hotspots hotspots = new Hotspots(this.unit, counted, stacks);
		tables.put("hotspots", hotspots.methods());
		tables.put("threads", hotspots.threads());
		switch (this.kind) {
			case CPU -> tables.put("lines", this.lines.rows("method", null, counted, this.unit));
			case ALLOCATION -> tables.put("allocated", this.types.rows("name", null, counted, this.unit));
			case LOCKS -> {
				tables.put("locks", this.types.rows("name", "heldBy", counted, this.unit));
				tables.put("pinned", this.pinned.rows("method", "reason", counted, this.unit));
			}
		}
		return new Profile(id, summary, List.copyOf(this.remarks), tables, hotspots.hottest(),
				new ProfileFormats(id, this.unit, stacks));
	}

}
