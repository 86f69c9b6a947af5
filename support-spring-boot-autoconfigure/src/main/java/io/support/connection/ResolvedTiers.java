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

import org.jspecify.annotations.Nullable;

/**
 * The addresses of a group as far as they are known.
 *
 * @param tiers the addresses, the preferred ones first; no tier is empty, and no address
 * is in it twice
 * @param complete whether all has been asked that could give more
 * @param failure why an address is missing
 */
record ResolvedTiers(List<List<Address>> tiers, boolean complete, @Nullable Throwable failure) {

	static final ResolvedTiers PENDING = new ResolvedTiers(List.of(), false, null);

	static ResolvedTiers of(List<List<Address>> tiers) {
		return new ResolvedTiers(tiers, true, null);
	}

	static ResolvedTiers failed(Throwable failure) {
		return new ResolvedTiers(List.of(), true, failure);
	}

	/**
	 * Puts what is known of several tiers below each other. Where two names lead to the
	 * same address, the first one counts.
	 * @param parts the parts, the preferred ones first
	 * @return all of them
	 */
	static ResolvedTiers below(List<ResolvedTiers> parts) {
		Set<String> seen = new HashSet<>();
		List<List<Address>> tiers = new ArrayList<>();
		Throwable failure = null;
		for (ResolvedTiers part : parts) {
			for (List<Address> tier : part.tiers()) {
				List<Address> unseen = tier.stream().filter((address) -> seen.add(address.toString())).toList();
				if (!unseen.isEmpty()) {
					tiers.add(unseen);
				}
			}
			failure = (part.failure() != null) ? part.failure() : failure;
		}
		return new ResolvedTiers(tiers, parts.stream().allMatch(ResolvedTiers::complete), failure);
	}

	/**
	 * Says whether it is worth waiting for the first address.
	 * @return whether none is known, and one may still come
	 */
	boolean isPending() {
		return this.tiers.isEmpty() && !this.complete;
	}

}
