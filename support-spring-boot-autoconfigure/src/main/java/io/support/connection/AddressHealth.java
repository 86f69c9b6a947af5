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

import java.util.Locale;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;

/**
 * What becomes of requests to an address, as its circuit breaker says and, while that has
 * nothing against it, the comparison with the others.
 */
enum AddressHealth {

	/** Requests may use it. */
	UP,

	/** It is marked down. */
	DOWN,

	/** One request tries whether it is up again. */
	PROBING,

	/**
	 * It answers much later than the others: requests use it when nothing else is left.
	 */
	SLOW;

	static AddressHealth of(State state) {
		return switch (state) {
			case OPEN, FORCED_OPEN -> DOWN;
			case HALF_OPEN -> PROBING;
			case CLOSED, DISABLED, METRICS_ONLY -> UP;
		};
	}

	String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}
