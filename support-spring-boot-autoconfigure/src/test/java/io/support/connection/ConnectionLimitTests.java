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

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConnectionLimit}.
 */
class ConnectionLimitTests {

	@Test
	void poolsShareOneLimit() {
		ConnectionLimit limit = new ConnectionLimit(3);
		ConnectionLimit other = limit.copy();
		assertThat(limit.getPermits(2)).isEqualTo(2);
		assertThat(other.getPermits(2)).isEqualTo(1);
		assertThat(limit.getPermits(1)).isZero();
		assertThat(limit.permitGranted()).isEqualTo(3);
		other.returnPermits(1);
		assertThat(limit.estimatePermitCount()).isEqualTo(1);
		assertThat(limit.getPermits(1)).isEqualTo(1);
	}

}
