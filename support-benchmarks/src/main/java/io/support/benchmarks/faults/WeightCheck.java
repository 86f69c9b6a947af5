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

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

import io.support.connection.Address;
import io.support.connection.AddressGroup;

/**
 * Whether addresses come first as often as their weights say.
 */
final class WeightCheck {

	private static final List<Address> ADDRESSES = List.of(new Address("127.0.1.1", 1, 1),
			new Address("127.0.1.2", 1, 2), new Address("127.0.1.3", 1, 3), new Address("127.0.1.4", 1, 4));

	private WeightCheck() {
	}

	/**
	 * Picks addresses with weights of 1 to 4.
	 * @param picks how many times
	 * @param random what they are drawn by
	 * @return the greatest difference to the share that an address should have had, in
	 * parts of that share
	 */
	static double error(int picks, RandomGenerator random) {
		AddressGroup group = new AddressGroup("weights", List.of(ADDRESSES));
		Map<Address, Integer> first = new HashMap<>();
		for (int pick = 0; pick < picks; pick++) {
			first.merge(group.draw(0, random).get(0), 1, Integer::sum);
		}
		double weights = ADDRESSES.stream().mapToInt(Address::weight).sum();
		return ADDRESSES.stream()
			.mapToDouble(
					(address) -> Math.abs(first.getOrDefault(address, 0) / (picks * address.weight() / weights) - 1))
			.max()
			.orElseThrow();
	}

}
