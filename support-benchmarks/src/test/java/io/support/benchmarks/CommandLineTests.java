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

package io.support.benchmarks;

import java.time.Duration;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link CommandLine}.
 */
class CommandLineTests {

	private static final Set<String> NAMES = Set.of("rate", "seconds");

	@Test
	void givesValuesAndFallbacks() {
		CommandLine options = CommandLine.of(NAMES, "--seconds", "1.5");
		assertThat(options.seconds("seconds", 9)).isEqualTo(Duration.ofMillis(1500));
		assertThat(options.integer("rate", 9)).isEqualTo(9);
		assertThat(options.text("rate", "none")).isEqualTo("none");
	}

	@Test
	void lastOfTwoValuesCounts() {
		assertThat(CommandLine.of(NAMES, "--rate", "1", "--rate", "2").integer("rate", 9)).isEqualTo(2);
	}

	@Test
	void unknownOptionIsRefusedWithTheKnownOnes() {
		assertThatIllegalArgumentException().isThrownBy(() -> CommandLine.of(NAMES, "--second", "1"))
			.withMessage("Options are --name value with a name of [rate, seconds], was: --second");
	}

	@Test
	void optionWithoutValueIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> CommandLine.of(NAMES, "--rate"));
	}

	@Test
	void valueThatIsNoNumberIsRefused() {
		CommandLine options = CommandLine.of(NAMES, "--rate", "fast");
		assertThatIllegalArgumentException().isThrownBy(() -> options.number("rate", 1))
			.withMessage("--rate must be a number, was: fast");
	}

}
