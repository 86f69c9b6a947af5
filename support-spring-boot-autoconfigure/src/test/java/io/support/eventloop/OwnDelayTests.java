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

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OwnDelay}, in a virtual time whose unit does not matter.
 */
class OwnDelayTests {

	private final OwnDelay own = new OwnDelay(0);

	@Test
	void nothingIsLostByAWatcherThatIsOnTime() {
		this.own.sleeps(0, 20);
		assertThat(this.own.woke(20)).isZero();
		assertThat(this.own.pauseNanos()).isZero();
	}

	@Test
	void whatTheSleepTookLongerIsLost() {
		this.own.sleeps(0, 20);
		assertThat(this.own.woke(27)).isEqualTo(7);
		assertThat(this.own.pauseNanos()).isEqualTo(7);
	}

	@Test
	void allIsLostOfASleepThatTookTwiceAsLong() {
		this.own.sleeps(0, 20);
		assertThat(this.own.woke(300)).isEqualTo(300);
		assertThat(this.own.pauseNanos()).isEqualTo(280);
	}

	@Test
	void workOfTheWatcherIsLostAndNoPause() {
		this.own.sleeps(50, 20);
		assertThat(this.own.woke(71)).isEqualTo(51);
		assertThat(this.own.pauseNanos()).isEqualTo(1);
	}

	@Test
	void watcherThatIsWokenEarlyLosesNothing() {
		this.own.sleeps(0, Long.MAX_VALUE);
		assertThat(this.own.woke(1_000_000)).isZero();
		assertThat(this.own.pauseNanos()).isZero();
	}

}
