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

package io.support.worker;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MemoryWatch}.
 */
@ExtendWith(OutputCaptureExtension.class)
class MemoryWatchTests {

	private static final long LIMIT = 100 << 20;

	private final AtomicInteger exits = new AtomicInteger();

	@Test
	void warnsOnceForACrossing(CapturedOutput output) {
		MemoryWatch watch = watch(OptionalLong.of(LIMIT + (1 << 20)), MemoryLimitAction.WARN);
		for (int i = 0; i < 10; i++) {
			watch.sample();
		}
		assertThat(output)
			.containsOnlyOnce("The process occupies 101 MB, more than support.worker.memory-limit of 100 MB");
		assertThat(this.exits).hasValue(0);
		assertThat(watch.residentBytes()).isEqualTo(LIMIT + (1 << 20));
	}

	@Test
	void exitsOnceIfAskedTo(CapturedOutput output) {
		MemoryWatch watch = watch(OptionalLong.of(LIMIT + 1), MemoryLimitAction.EXIT);
		for (int i = 0; i < 10; i++) {
			watch.sample();
		}
		assertThat(this.exits).hasValue(1);
		assertThat(output).contains("will be drained and end with code 86");
	}

	@Test
	void saysThatItDoesNotWatchWhereTheSizeIsUnknown(CapturedOutput output) {
		MemoryWatch watch = watch(OptionalLong.empty(), MemoryLimitAction.WARN);
		watch.start();
		assertThat(output).contains("support.worker.memory-limit is not watched");
		watch.stop();
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void residentSizeOfThisProcessIsPlausible() {
		assertThat(ResidentSize.ofThisProcess().bytes().getAsLong()).isBetween(10L << 20, 64L << 30);
	}

	private MemoryWatch watch(OptionalLong size, MemoryLimitAction action) {
		return new MemoryWatch(() -> size,
				new WorkerSettings(Duration.ofSeconds(1), Duration.ofSeconds(1), LIMIT, action),
				this.exits::incrementAndGet);
	}

}
