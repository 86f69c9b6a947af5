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

package io.support.benchmarks.faults;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Pause}.
 */
class PauseTests {

	private final RandomGenerator random = new SplittableRandom(1);

	@Test
	void pausesAreHalfAsLongToHalfAsLongAgain() {
		Pause pause = Pause.about(Duration.ofNanos(100));
		long sum = 0;
		for (int number = 0; number < 1000; number++) {
			long nanos = pause.nextNanos(this.random, 7);
			assertThat(nanos).isBetween(50L, 149L);
			sum += nanos;
		}
		assertThat(sum / 1000).isBetween(95L, 105L);
	}

	@Test
	void wavesBeginTogether() {
		Pause pause = Pause.waves(Duration.ofMillis(100));
		for (long now : new long[] { 0, 1_000_000, 99_999_999 }) {
			assertThat(now + pause.nextNanos(this.random, now)).isBetween(100_000_000L, 104_000_000L);
		}
		assertThat(100_000_000 + pause.nextNanos(this.random, 100_000_000)).isBetween(200_000_000L, 204_000_000L);
	}

	@Test
	void usualPauseIsWhatOthersSay() {
		assertThat(Pause.USUAL.orElse(Pause.NONE)).isEqualTo(Pause.NONE);
		assertThat(Pause.NONE.orElse(Pause.about(Duration.ofMillis(1)))).isEqualTo(Pause.NONE);
		assertThat(Pause.NONE.isNone()).isTrue();
		assertThat(Pause.waves(Duration.ofMillis(1)).isNone()).isFalse();
		assertThat(Pause.NONE.nextNanos(this.random, 3)).isZero();
	}

}
