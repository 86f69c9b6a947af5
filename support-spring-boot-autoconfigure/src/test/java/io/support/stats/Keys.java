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

import java.util.Random;
import java.util.UUID;
import java.util.function.IntFunction;

/**
 * Keys as they come to {@link Sketches}: the same index gives the same key everywhere.
 */
enum Keys {

	/**
	 * IPv4 addresses in order.
	 */
	ADDRESSES((i) -> "10." + (i >> 16 & 255) + "." + (i >> 8 & 255) + "." + (i & 255)),

	/**
	 * Random UUIDs.
	 */
	UUIDS((i) -> {
		Random random = new Random(i * 0x9E3779B97F4A7C15L);
		return new UUID(random.nextLong(), random.nextLong()).toString();
	}),

	/**
	 * Paths with a number in them.
	 */
	PATHS((i) -> "/orders/" + i);

	@SuppressWarnings("ImmutableEnumChecker") // has no state
	private final IntFunction<String> key;

	Keys(IntFunction<String> key) {
		this.key = key;
	}

	String key(int index) {
		return this.key.apply(index);
	}

}
