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

package io.support.stats;

import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MeterNames}.
 */
class MeterNamesTests {

	@Provide
	Arbitrary<String> patterns() {
		// Few characters, so that much matches; some mean something to others.
		return Arbitraries.strings().withChars("ab.*?\\E\n").ofMaxLength(6);
	}

	@Provide
	Arbitrary<String> names() {
		return Arbitraries.strings().withChars("ab.?\\E\n").ofMaxLength(8);
	}

	@Property
	void matchAsByHand(@ForAll @Size(max = 3) List<@From("patterns") String> included,
			@ForAll @Size(max = 3) List<@From("patterns") String> excluded,
			@ForAll @Size(min = 1, max = 20) List<@From("names") String> names) {
		MeterNames some = new MeterNames(included, excluded);
		for (String name : names) {
			boolean expected = (included.isEmpty() || included.stream().anyMatch((pattern) -> matches(pattern, name)))
					&& excluded.stream().noneMatch((pattern) -> matches(pattern, name));
			assertThat(some.matches(name)).as(name).isEqualTo(expected);
		}
	}

	private static boolean matches(String pattern, String name) {
		if (pattern.isEmpty()) {
			return name.isEmpty();
		}
		String rest = pattern.substring(1);
		if (pattern.charAt(0) == '*') {
			return matches(rest, name) || (!name.isEmpty() && matches(pattern, name.substring(1)));
		}
		return !name.isEmpty() && name.charAt(0) == pattern.charAt(0) && matches(rest, name.substring(1));
	}

	@Test
	void allAreAll() {
		assertThat(MeterNames.ALL.matches("http.server.requests")).isTrue();
	}

}
