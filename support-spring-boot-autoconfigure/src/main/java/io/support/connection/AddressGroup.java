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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * A name for several addresses that serve the same purpose. The addresses of the first
 * tier are tried first, in a new weighted random order for every request; those of the
 * next tier when the first is exhausted. Immutable.
 *
 * @param name the logical name, as it is written where a URI has its host; lower case
 * @param tiers the addresses, the preferred ones first; no tier is empty, and no address
 * is in it twice. Without tiers as long as no address is known
 */
public record AddressGroup(String name, List<List<Address>> tiers) {

	private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]*[a-z0-9])?");

	/**
	 * Creates a group.
	 * @param name the logical name
	 * @param tiers the addresses, the preferred ones first
	 * @throws IllegalArgumentException if the name cannot be the host of a URI, a tier is
	 * empty or an address is given twice
	 */
	public AddressGroup {
		if (!isName(name)) {
			throw new IllegalArgumentException(
					"A group's name must be a host name in lower case (letters, digits, dashes, dots), was: '" + name
							+ "'");
		}
		if (tiers.stream().anyMatch(List::isEmpty)) {
			throw new IllegalArgumentException("Group '" + name + "' needs an address in every tier");
		}
		tiers = tiers.stream().map(List::copyOf).toList();
		Set<String> seen = new HashSet<>();
		for (Address address : tiers.stream().flatMap(List::stream).toList()) {
			if (!seen.add(address.toString())) {
				throw new IllegalArgumentException(
						"Group '" + name + "' names " + address + " twice; give it a weight instead");
			}
		}
	}

	/**
	 * Says whether a string can name a group: only what {@link java.net.URI} accepts as a
	 * host can be addressed.
	 * @param name the name
	 * @return whether it is a host name in lower case
	 */
	public static boolean isName(String name) {
		return NAME.matcher(name).matches();
	}

	/**
	 * Draws an order in which to try the addresses of one tier. An address comes first
	 * with a probability proportional to its weight, the second is drawn in the same way
	 * from the rest, and so on.
	 * @param tier the index of the tier
	 * @param random decides
	 * @return the addresses of the tier in the order drawn; a new list
	 */
	public List<Address> draw(int tier, RandomGenerator random) {
		List<Address> drawn = new ArrayList<>();
		new WeightedDraw<>(this.tiers.get(tier), Address::weight, random).forEachRemaining(drawn::add);
		return drawn;
	}

}
