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

import org.junit.jupiter.api.Test;

import io.support.eventloop.EventLoopStall.Kind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StallStatistics}.
 */
class StallStatisticsTests {

	private final StallStatistics statistics = new StallStatistics();

	@Test
	void stallsAreGroupedByTheApplicationsFrames() {
		this.statistics.add(stall("load", "read0", 200));
		this.statistics.add(stall("load", "read1", 300));
		this.statistics.add(stall("store", "read0", 100));
		assertThat(this.statistics.groups()).extracting(EventLoopsSnapshot.Group::frame)
			.containsExactly("com.example.Dao.store(Dao.java:1)", "com.example.Dao.load(Dao.java:1)");
		EventLoopsSnapshot.Group load = this.statistics.groups().get(1);
		assertThat(load.count()).isEqualTo(2);
		assertThat(load.longestNanos()).isEqualTo(300);
		assertThat(load.totalNanos()).isEqualTo(500);
		assertThat(load.lastRequest()).isEqualTo("GET /");
		assertThat(this.statistics.counts()).containsEntry("blocked", 3L).containsEntry("cpu", 0L);
	}

	@Test
	void groupThatWasNotSeenForTheLongestTimeLeavesAndIsCounted() {
		for (int i = 0; i < StallStatistics.MAX_GROUPS; i++) {
			this.statistics.add(stall("m" + i, "read", 1));
		}
		this.statistics.add(stall("m0", "read", 1));
		this.statistics.add(stall("new", "read", 1));
		assertThat(this.statistics.groups()).hasSize(StallStatistics.MAX_GROUPS)
			.extracting(EventLoopsSnapshot.Group::frame)
			.contains("com.example.Dao.m0(Dao.java:1)")
			.doesNotContain("com.example.Dao.m1(Dao.java:1)");
		assertThat(this.statistics.dropped()).isOne();
	}

	@Test
	void pauseIsCountedAndHasNoStack() {
		this.statistics.add(EventLoopStall.pause(1, Instant.EPOCH));
		assertThat(this.statistics.counts()).containsEntry("pause", 1L);
		assertThat(this.statistics.groups()).isEmpty();
	}

	private static EventLoopStall stall(String method, String nativeMethod, long nanos) {
		StackTraceElement own = new StackTraceElement("com.example.Dao", method, "Dao.java", 1);
		StackTraceElement jdk = new StackTraceElement("java.net.Socket", nativeMethod, null, -2);
		return new EventLoopStall("loop", Kind.BLOCKED, nanos, 1, own, 1, List.of(jdk, own), "GET /", Instant.EPOCH);
	}

}
