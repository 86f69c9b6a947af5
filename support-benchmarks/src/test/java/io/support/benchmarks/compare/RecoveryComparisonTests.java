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

package io.support.benchmarks.compare;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.support.benchmarks.load.Percentiles;
import io.support.benchmarks.load.Window;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RecoveryComparison}.
 */
class RecoveryComparisonTests {

	private static final long BEFORE = 10;

	@Test
	void recoversWithTheFirstWindowThatIsAboutAsFastAsBefore() {
		assertThat(RecoveryComparison.recovery(List.of(window(5, 5, 90), window(5, 5, 13), window(5, 5, 12)), BEFORE))
			.contains(Duration.ofMillis(300));
	}

	@Test
	void windowWithARequestThatWasNotServedIsNotRecovered() {
		assertThat(RecoveryComparison.recovery(List.of(window(5, 4, 10), window(5, 5, 10)), BEFORE))
			.contains(Duration.ofMillis(200));
	}

	@Test
	void windowWithoutRequestsSaysNothing() {
		assertThat(RecoveryComparison.recovery(List.of(window(0, 0, 0), window(5, 5, 10)), BEFORE))
			.contains(Duration.ofMillis(200));
	}

	@Test
	void mayNotRecoverAtAll() {
		assertThat(RecoveryComparison.recovery(List.of(window(5, 5, 90)), BEFORE)).isEmpty();
	}

	private static Window window(int count, int ok, long nanos) {
		return new Window(count, new Percentiles(ok, nanos, nanos, nanos, nanos));
	}

}
