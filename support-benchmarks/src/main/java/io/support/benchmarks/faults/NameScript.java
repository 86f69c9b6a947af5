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

import java.time.Duration;

/**
 * What a name server says, and when it begins to say something else.
 *
 * @param ttlSeconds how long an answer may be kept
 * @param well how long after the first question all is well
 * @param then what happens then
 */
record NameScript(int ttlSeconds, Duration well, Then then) {

	private static final int SHORT_TTL_SECONDS = 1;

	private static final Duration WELL = Duration.ofSeconds(1);

	/**
	 * All addresses, always.
	 */
	static final NameScript STEADY = new NameScript(60, Duration.ZERO, Then.NOTHING);

	static NameScript until(Then then) {
		return new NameScript(SHORT_TTL_SECONDS, WELL, then);
	}

	/**
	 * Returns after what time whoever heeds the time to live knows the new addresses, and
	 * the old ones need not be there any more.
	 * @return the time since the first question
	 */
	Duration oldAddressesEnd() {
		return this.well.plusSeconds(2L * this.ttlSeconds);
	}

	/**
	 * What happens to a name server, or to a name.
	 */
	enum Then {

		/**
		 * Nothing at all.
		 */
		NOTHING,

		/**
		 * It answers that it failed (SERVFAIL).
		 */
		FAILS,

		/**
		 * It does not answer.
		 */
		IS_MUTE,

		/**
		 * The name leads to the second half of the addresses, instead of the first.
		 */
		MOVES

	}

}
