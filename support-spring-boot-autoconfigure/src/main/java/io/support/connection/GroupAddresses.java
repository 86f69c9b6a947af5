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

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The addresses of a group at one time. Immutable, so that a request sees one state of
 * them from its first attempt on.
 *
 * @param group the addresses with their weights
 * @param managed the same addresses at run time
 * @param compared the same tiers, with what is known of their addresses
 */
record GroupAddresses(AddressGroup group, Map<Address, ManagedAddress> managed, List<Tier> compared) {

	static GroupAddresses none(String group) {
		return new GroupAddresses(new AddressGroup(group, List.of()), Map.of(), List.of());
	}

	int tiers() {
		return this.group.tiers().size();
	}

	Iterator<ManagedAddress> draw(int tier, RandomGenerator random) {
		return this.compared.get(tier).draw(random);
	}

	Collection<ManagedAddress> all() {
		return this.managed.values();
	}

	List<List<ConnectionsSnapshot.AddressState>> snapshot() {
		return this.group.tiers()
			.stream()
			.map((tier) -> tier.stream().map((address) -> of(address).snapshot()).toList())
			.toList();
	}

	@SuppressWarnings("NullAway") // every address of the group is there
	private ManagedAddress of(Address address) {
		return this.managed.get(address);
	}

}
