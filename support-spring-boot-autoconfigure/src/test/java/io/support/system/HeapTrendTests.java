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

package io.support.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;

import org.junit.jupiter.api.Test;

import io.support.context.WarningSource.Found;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HeapTrend}, of a heap of 1000 MiB.
 */
class HeapTrendTests {

	private static final double MEBIBYTE = 1024 * 1024;

	/** As often as a {@link WarningsContributor} is told to observe. */
	private static final int A_MINUTE = 6;

	private final HeapTrend trend = new HeapTrend((long) (1000 * MEBIBYTE));

	private final Random random = new Random(4711);

	private long nanos = -5;

	@Test
	void steadyGrowthIsTrouble() {
		minutes(21, (minute) -> 600 + 5 * minute + noise(10));
		assertThat(warnings()).singleElement().satisfies((found) -> {
			assertThat(found.what()).contains("grows by", "for 15 minutes", "1000 MiB are full in 1.");
			assertThat(found.see()).isEqualTo("system");
			assertThat(found.source()).isEqualTo("support.system.heap.collected");
		});
	}

	@Test
	void nothingIsSaidInTheFirstMinutes() {
		for (int minute = 0; minute < HeapTrend.WARM_UP_WINDOWS + HeapTrend.MIN_WINDOWS; minute++) {
			int now = minute;
			minutes(1, (same) -> 650 + 10 * now);
			assertThat(warnings()).isEmpty();
		}
		minutes(1, (same) -> 800);
		assertThat(warnings()).hasSize(1);
	}

	@Test
	void whatGoesUpAndDownIsNoTrouble() {
		minutes(300, (minute) -> 600 + 300 * (minute % 7) / 7.0 + noise(10));
		assertThat(warnings()).isEmpty();
	}

	@Test
	void noiseIsNoTrouble() {
		for (int hour = 0; hour < 100; hour++) {
			minutes(60, (minute) -> 850 + noise(100));
			assertThat(warnings()).isEmpty();
		}
	}

	@Test
	void oneStepIsNoTrouble() {
		minutes(20, (minute) -> 610);
		for (int minute = 0; minute < 120; minute++) {
			minutes(1, (same) -> 850);
			assertThat(warnings()).isEmpty();
		}
	}

	@Test
	void growthInAHeapThatIsHalfEmptyIsNoTrouble() {
		minutes(60, (minute) -> 100 + 8 * minute);
		assertThat(warnings()).isEmpty();
		minutes(10, (minute) -> 580 + 8 * minute);
		assertThat(warnings()).hasSize(1);
	}

	@Test
	void growthThatTakesDaysIsNoTrouble() {
		minutes(60, (minute) -> 700 + 0.1 * minute);
		assertThat(warnings()).isEmpty();
	}

	@Test
	void troubleIsOverWhenTheHeapIsEmptiedAgain() {
		minutes(60, (minute) -> 600 + 5 * minute);
		assertThat(warnings()).hasSize(1);
		minutes(2, (minute) -> 300);
		assertThat(warnings()).isEmpty();
	}

	@Test
	void withoutACollectionNothingIsKnown() {
		minutes(60, (minute) -> 0);
		assertThat(warnings()).isEmpty();
	}

	@Test
	void timeInWhichNobodyLookedIsAsItWasBefore() {
		minutes(10, (minute) -> 700);
		this.nanos += 1000 * HeapTrend.WINDOW_NANOS;
		minutes(20, (minute) -> 700);
		assertThat(warnings()).isEmpty();
	}

	private double noise(double mebibytes) {
		return this.random.nextDouble() * mebibytes;
	}

	private void minutes(int count, IntToDoubleFunction mebibytes) {
		for (int i = 0; i < count * A_MINUTE; i++) {
			this.trend.observe(this.nanos, mebibytes.applyAsDouble(i / A_MINUTE) * MEBIBYTE);
			this.nanos += HeapTrend.WINDOW_NANOS / A_MINUTE;
		}
	}

	private List<Found> warnings() {
		List<Found> found = new ArrayList<>();
		this.trend.forEachWarning(found::add);
		return found;
	}

}
