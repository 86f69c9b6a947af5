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

package io.support.connection;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConnectPace}.
 */
class ConnectPaceTests {

	private static final long MILLI = Duration.ofMillis(1).toNanos();

	private final ConnectPace pace = new ConnectPace(50 * MILLI);

	@Test
	void isPatientForAsLongAsConfigured() {
		assertThat(this.pace.patienceNanos()).isEqualTo(50 * MILLI);
		opened(1, 100);
		assertThat(this.pace.patienceNanos()).isEqualTo(50 * MILLI);
		assertThat(this.pace.isPatientForEver()).isFalse();
		assertThat(new ConnectPace(0).isPatientForEver()).isTrue();
	}

	@Test
	void serviceFarAwayIsGivenItsTime() {
		opened(150, 100);
		assertThat(this.pace.patienceNanos()).isBetween(290 * MILLI, 300 * MILLI);
		opened(10, 100);
		assertThat(this.pace.patienceNanos()).isEqualTo(50 * MILLI);
	}

	@Test
	void oneThatTookForEverChangesLittle() {
		opened(25, 10);
		opened(60_000, 1);
		assertThat(this.pace.patienceNanos()).isLessThan(60 * MILLI);
	}

	private void opened(int millis, int times) {
		for (int i = 0; i < times; i++) {
			this.pace.opened(millis * MILLI);
		}
	}

}
