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

import java.util.EnumMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.support.eventloop.EventLoopStall.Kind;

/**
 * Tells of stalls in one line a second at most: of the first at once, and of those that
 * follow within a second together. Used by the watcher's thread.
 */
final class StallLog {

	private static final long INTERVAL_NANOS = 1_000_000_000;

	private final Consumer<String> line;

	private final Map<Kind, Integer> untold = new EnumMap<>(Kind.class);

	private @Nullable EventLoopStall longest;

	private boolean longestGoesOn;

	private int count;

	private long lastToldNanos;

	/**
	 * Creates a log that has told nothing.
	 * @param now the time
	 * @param line writes a line
	 */
	StallLog(long now, Consumer<String> line) {
		this.lastToldNanos = now - INTERVAL_NANOS;
		this.line = line;
	}

	void ended(EventLoopStall stall) {
		add(stall, false);
	}

	void goesOn(EventLoopStall stall) {
		add(stall, true);
	}

	private void add(EventLoopStall stall, boolean goesOn) {
		this.untold.merge(stall.kind(), 1, Integer::sum);
		this.count++;
		if (this.longest == null || stall.durationNanos() > this.longest.durationNanos()) {
			this.longest = stall;
			this.longestGoesOn = goesOn;
		}
	}

	/**
	 * Writes a line if there is something to tell and the last one is a second old.
	 * @param now the time
	 */
	void tell(long now) {
		EventLoopStall longest = this.longest;
		if (longest == null || now - this.lastToldNanos < INTERVAL_NANOS) {
			return;
		}
		String text = describe(longest, this.longestGoesOn);
		if (this.count > 1) {
			StringJoiner kinds = new StringJoiner(", ");
			this.untold.forEach((kind, times) -> kinds.add(kind.tag() + " " + times));
			text = this.count + " stalls of event loops within a second (" + kinds + "); the longest: " + text;
		}
		this.lastToldNanos = now;
		this.longest = null;
		this.untold.clear();
		this.count = 0;
		this.line.accept(text);
	}

	/**
	 * Puts a stall into words.
	 * @param stall the stall
	 * @param goesOn whether it is not over
	 * @return a sentence without its full stop
	 */
	static String describe(EventLoopStall stall, boolean goesOn) {
		long millis = TimeUnit.NANOSECONDS.toMillis(stall.durationNanos());
		if (stall.kind() == Kind.PAUSE) {
			return "Every event loop stood still for " + millis + " ms with the whole JVM, which was paused";
		}
		StringBuilder text = new StringBuilder("Event loop ").append(stall.loop())
			.append(' ')
			.append(goesOn ? stall.kind().perfect() : stall.kind().past())
			.append(" for ")
			.append(millis)
			.append(" ms");
		StackTraceElement frame = stall.dominantFrame();
		if (frame != null) {
			text.append((stall.kind() == Kind.BLOCKED) ? " by " : " in ").append(frame);
		}
		if (stall.request() != null) {
			text.append(", serving ").append(stall.request());
		}
		text.append(" (").append(stall.dominantSamples()).append(" of ").append(stall.samples()).append(" samples)");
		return goesOn ? text.append(", and that goes on").toString() : text.toString();
	}

}
