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

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Contenders}.
 */
class ContendersTests {

	@Test
	void areFoundByName() {
		assertThat(Contenders.named("support, stock")).extracting(Contender::name).containsExactly("support", "stock");
	}

	@Test
	void unknownNameIsRefusedWithTheKnownOnes() {
		assertThatIllegalArgumentException().isThrownBy(() -> Contenders.named("stock,other"))
			.withMessage("A contender is one of [stock, support], was: other");
	}

	@Test
	void everySecondRepeatIsTheOtherWayRound() {
		List<Contender> contenders = Contenders.named("stock,support");
		assertThat(Contenders.inTurn(contenders, 1)).isEqualTo(contenders);
		assertThat(Contenders.inTurn(contenders, 2)).extracting(Contender::name).containsExactly("support", "stock");
	}

}
