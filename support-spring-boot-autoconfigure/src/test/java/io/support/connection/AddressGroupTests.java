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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link AddressGroup}.
 */
class AddressGroupTests {

	private static final int DRAWS = 40_000;

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
	void firstAndSecondDrawAreProportionalToWeights(long seed) {
		Random random = new Random(seed);
		List<Address> tier = new ArrayList<>();
		for (int i = 0; i < 2 + random.nextInt(5); i++) {
			tier.add(new Address("10.0.0." + i, 8080, 1 + random.nextInt(9)));
		}
		AddressGroup group = new AddressGroup("payments", List.of(tier));
		Map<Address, Integer> first = new HashMap<>();
		Map<Address, Integer> second = new HashMap<>();
		for (int i = 0; i < DRAWS; i++) {
			List<Address> drawn = group.draw(0, random);
			first.merge(drawn.get(0), 1, Integer::sum);
			second.merge(drawn.get(1), 1, Integer::sum);
		}
		double total = tier.stream().mapToInt(Address::weight).sum();
		for (Address address : tier) {
			double expectedFirst = address.weight() / total;
			double expectedSecond = tier.stream()
				.filter((other) -> !other.equals(address))
				.mapToDouble((other) -> other.weight() / total * address.weight() / (total - other.weight()))
				.sum();
			assertThat(first.getOrDefault(address, 0) / (double) DRAWS).isCloseTo(expectedFirst, within(0.015));
			assertThat(second.getOrDefault(address, 0) / (double) DRAWS).isCloseTo(expectedSecond, within(0.015));
		}
	}

	@Test
	void drawHasEveryAddressOfItsTierOnce() {
		AddressGroup group = new AddressGroup("payments",
				List.of(List.of(Address.parse("a:1"), Address.parse("b:1;weight=100"), Address.parse("c:1")),
						List.of(Address.parse("d:1"))));
		assertThat(group.draw(0, new Random(1))).containsExactlyInAnyOrderElementsOf(group.tiers().get(0));
		assertThat(group.draw(1, new Random(1))).isEqualTo(group.tiers().get(1));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Payments", "pay_ments", "pay/ments", "-payments", "pay:80" })
	void nameThatCannotBeAHostIsRefused(String name) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new AddressGroup(name, List.of(List.of(Address.parse("a:1")))))
			.withMessageContaining("'" + name + "'");
	}

	@Test
	void groupHasAnAddressInEveryTierAndNoneTwice() {
		List<Address> tier = List.of(Address.parse("a:1"));
		assertThatIllegalArgumentException().isThrownBy(() -> new AddressGroup("payments", List.of(tier, List.of())));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new AddressGroup("payments", List.of(tier, List.of(Address.parse("a:1;weight=2")))))
			.withMessageContaining("a:1 twice");
	}

}
