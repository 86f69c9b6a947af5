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

package io.support.meta.ui;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RelativeAddress}.
 */
class RelativeAddressTests {

	@ParameterizedTest
	@CsvSource({ "/actuator/support, 0, /actuator/health, health", "/actuator/support, 1, /actuator/health, ../health",
			"/actuator/support, 2, /actuator/loggers, ../../loggers", "/a/b/support, 0, /a/health, ../health",
			"/support, 0, /health, health", "/actuator/support, 0, /ops/deep/env, ../ops/deep/env",
			"/actuator/deep/support, 1, /actuator/env, ../../env", "/support, 0, /javascript:x, ./javascript:x" })
	void addressIsRelativeToThePage(String index, int depth, String path, String address) {
		assertThat(RelativeAddress.of(index, depth, path)).isEqualTo(address);
	}

}
