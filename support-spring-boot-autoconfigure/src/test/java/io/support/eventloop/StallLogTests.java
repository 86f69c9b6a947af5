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

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.support.eventloop.EventLoopStall.Kind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StallLog}.
 */
class StallLogTests {

	private final List<String> lines = new ArrayList<>();

	private final StallLog log = new StallLog(0, this.lines::add);

	@Test
	void stallIsPutIntoASentence() {
		this.log.ended(stall(Kind.BLOCKED, 412, "GET /orders"));
		this.log.tell(0);
		assertThat(this.lines).containsExactly("Event loop support-http-2 was blocked for 412 ms by "
				+ "com.example.Dao.load(Dao.java:42), serving GET /orders (37 of 41 samples)");
	}

	@Test
	void stallThatGoesOnSaysSo() {
		this.log.goesOn(stall(Kind.CPU, 1003, null));
		this.log.tell(0);
		assertThat(this.lines).containsExactly("Event loop support-http-2 has computed for 1003 ms in "
				+ "com.example.Dao.load(Dao.java:42) (37 of 41 samples), and that goes on");
	}

	@Test
	void pauseBlamesNoLoop() {
		this.log.ended(EventLoopStall.pause(millis(312), Instant.EPOCH));
		this.log.tell(0);
		assertThat(this.lines)
			.containsExactly("Every event loop stood still for 312 ms with the whole JVM, which was paused");
	}

	@Test
	void whatFollowsWithinASecondIsToldTogether() {
		this.log.ended(stall(Kind.BLOCKED, 200, null));
		this.log.tell(0);
		this.log.ended(stall(Kind.BLOCKED, 300, null));
		this.log.ended(stall(Kind.CPU, 700, null));
		this.log.ended(stall(Kind.BLOCKED, 400, null));
		this.log.tell(millis(999));
		assertThat(this.lines).hasSize(1);
		this.log.tell(millis(1000));
		this.log.tell(millis(5000));
		assertThat(this.lines).hasSize(2);
		assertThat(this.lines.get(1))
			.startsWith("3 stalls of event loops within a second (blocked 2, cpu 1); the longest: "
					+ "Event loop support-http-2 computed for 700 ms in");
	}

	private static EventLoopStall stall(Kind kind, long millis, @Nullable String request) {
		StackTraceElement frame = new StackTraceElement("com.example.Dao", "load", "Dao.java", 42);
		return new EventLoopStall("support-http-2", kind, millis(millis), 41, frame, 37, List.of(frame), request,
				Instant.EPOCH);
	}

	private static long millis(long millis) {
		return Duration.ofMillis(millis).toNanos();
	}

}
