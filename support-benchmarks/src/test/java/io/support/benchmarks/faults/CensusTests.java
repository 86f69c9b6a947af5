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

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Census}.
 */
class CensusTests {

	private final Census census = new Census(3);

	@Test
	void callThatIsSeenOftenIsSeenTwiceOnce() {
		assertThat(this.census.requested(0)).isEqualTo(1);
		assertThat(this.census.requested(1)).isEqualTo(2);
		assertThat(this.census.counts()).isEqualTo(new PeerCounts(0, 2, 0, 0));
		this.census.requested(0);
		this.census.requested(0);
		this.census.requested(0);
		assertThat(this.census.counts()).isEqualTo(new PeerCounts(0, 5, 1, 0));
	}

	@Test
	void requestOfNoKnownCallIsCountedAsRequestOnly() {
		this.census.requested(3);
		this.census.requested(3);
		this.census.requested(-1);
		this.census.requested(-1);
		assertThat(this.census.counts()).isEqualTo(new PeerCounts(0, 4, 0, 0));
	}

	@Test
	void countsDifferFromEarlierOnes() {
		this.census.connected();
		this.census.requested(0);
		PeerCounts earlier = this.census.counts();
		this.census.connected();
		this.census.requested(0);
		this.census.asked();
		assertThat(this.census.counts().since(earlier)).isEqualTo(new PeerCounts(1, 1, 1, 1));
	}

}
