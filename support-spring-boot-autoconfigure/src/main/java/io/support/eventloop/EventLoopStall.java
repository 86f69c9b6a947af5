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

import java.time.Instant;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * A time during which an event loop served nobody but one task, or nobody at all. It is
 * published when it is over.
 *
 * @param loop the name of the loop's thread; {@value #EVERY_LOOP} for a pause
 * @param kind what the loop did
 * @param durationNanos how long it was late, without the pauses before it was noticed
 * @param samples how often its stack was looked at
 * @param dominantFrame the frame that held the loop: where the application's own code was
 * in most samples, or else the top of the stack; {@code null} for a pause
 * @param dominantSamples how many samples had that frame
 * @param stack the stack that was seen most often with that frame, its top first; empty
 * for a pause
 * @param request method and path of the request that the loop was serving, such as
 * {@code GET /orders}; {@code null} if it is not known
 * @param startedAt when it began
 */
public record EventLoopStall(String loop, Kind kind, long durationNanos, int samples,
		@Nullable StackTraceElement dominantFrame, int dominantSamples, List<StackTraceElement> stack,
		@Nullable String request, Instant startedAt) {

	/**
	 * Where the name of a loop stands, if all of them stood still.
	 */
	public static final String EVERY_LOOP = "*";

	/**
	 * Creates a stall with a copy of the stack.
	 * @param loop the name of the loop's thread
	 * @param kind what the loop did
	 * @param durationNanos how long it was late
	 * @param samples how often its stack was looked at
	 * @param dominantFrame the frame that held the loop
	 * @param dominantSamples how many samples had that frame
	 * @param stack the stack that was seen most often with that frame
	 * @param request method and path of the request that the loop was serving
	 * @param startedAt when it began
	 */
	public EventLoopStall {
		stack = List.copyOf(stack);
	}

	static EventLoopStall pause(long durationNanos, Instant startedAt) {
		return new EventLoopStall(EVERY_LOOP, Kind.PAUSE, durationNanos, 0, null, 0, List.of(), null, startedAt);
	}

	/**
	 * What a loop does while it is stalled.
	 */
	public enum Kind {

		/**
		 * It waits: for a lock, for another thread, or for an answer.
		 */
		BLOCKED("was blocked", "has been blocked"),

		/**
		 * It computes.
		 */
		CPU("computed", "has computed"),

		/**
		 * It could go on, but others have the processor.
		 */
		STARVED("had no processor", "has had no processor"),

		/**
		 * It is none of the loop's doing: the whole JVM, or the machine, stands still.
		 */
		PAUSE("was paused", "has been paused");

		private final String past;

		private final String perfect;

		Kind(String past, String perfect) {
			this.past = past;
			this.perfect = perfect;
		}

		String past() {
			return this.past;
		}

		String perfect() {
			return this.perfect;
		}

		/**
		 * Returns what is shown and logged.
		 * @return the name in lower case
		 */
		public String tag() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
