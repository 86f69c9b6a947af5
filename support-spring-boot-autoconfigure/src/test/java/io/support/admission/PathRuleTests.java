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

package io.support.admission;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link PathRule}.
 */
class PathRuleTests {

	@ParameterizedTest
	@CsvSource({ "/ping, /ping, true", "/ping, /ping?x=1, true", "/ping, /ping/more, false", "/ping, /pingpong, false",
			"/a/**, /a, true", "/a/**, /a/, true", "/a/**, /a/b/c?d=/e, true", "/a/**, /a?b, true", "/a/**, /ab, false",
			"/a/**, /b/a/, false", "/**, /, true", "/**, /anything, true", "/, /, true", "/, /?q, true",
			"/, /other, false" })
	void matchesThePathOrAllBelowIt(String rule, String target, boolean matches) {
		assertThat(PathRule.of(rule).matches(target)).isEqualTo(matches);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "ping", "/a/*", "/a/**/b", "/a?", "**" })
	void otherWildcardsAreRefused(String rule) {
		assertThatIllegalArgumentException().isThrownBy(() -> PathRule.of(rule))
			.withMessageContaining("'" + rule + "'");
	}

}
