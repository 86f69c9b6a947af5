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
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Faults}.
 */
class FaultsTests {

	@Test
	void everyFaultHasANameOfItsOwn() {
		assertThat(Faults.names()).doesNotHaveDuplicates();
		assertThat(Faults.listed("")).extracting(Fault::name).containsExactlyElementsOf(Faults.names());
		assertThat(Faults.listed("mute, refused")).extracting(Fault::name).containsExactly("mute", "refused");
	}

	@Test
	void unknownFaultIsRefusedWithTheKnownOnes() {
		assertThatIllegalArgumentException().isThrownBy(() -> Faults.listed("flood"))
			.withMessageContaining("black-hole")
			.withMessageEndingWith("flood");
	}

	@Test
	void onlyNamesThatFailAreUsedByAll() {
		assertThat(Faults.listed("")).filteredOn(Fault::byName)
			.extracting(Fault::name)
			.allMatch((name) -> name.startsWith("dns-"));
	}

}
