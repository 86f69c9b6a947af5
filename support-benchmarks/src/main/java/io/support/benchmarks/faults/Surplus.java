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
 * Answers as it should, and sends something that nobody has asked for after some of the
 * answers.
 *
 * @param every after one out of so many at the whole site
 * @param what what it sends, and when
 */
record Surplus(int every, What what) implements Behaviour {

	private static final Duration IDLE = Duration.ofMillis(2);

	/**
	 * About as long as a caller needs to use the connection again.
	 */
	private static final Duration LATE = Duration.ofNanos(300_000);

	@Override
	public void answer(Exchange exchange) {
		if (exchange.number() % this.every != 0) {
			exchange.respond();
			return;
		}
		switch (this.what) {
			case ANSWER_AT_ONCE -> exchange.respondTwice();
			case ANSWER_WHEN_IDLE -> {
				exchange.respond();
				exchange.whenIdle(IDLE, exchange::sendSurplus);
			}
			case HEAD_WHEN_IDLE -> {
				exchange.respond();
				exchange.whenIdle(IDLE, exchange::sendSurplusHead);
			}
			case ANSWER_LATE -> {
				exchange.respond();
				exchange.after(LATE, exchange::sendSurplus);
			}
		}
	}

	/**
	 * What is sent and when.
	 */
	enum What {

		/**
		 * A whole answer, together with the one that was asked for.
		 */
		ANSWER_AT_ONCE,

		/**
		 * A whole answer, when no other request has come for a while.
		 */
		ANSWER_WHEN_IDLE,

		/**
		 * The head of an answer, when no other request has come for a while: what comes
		 * next is its body.
		 */
		HEAD_WHEN_IDLE,

		/**
		 * A whole answer, a little later, whether another request has come or not.
		 */
		ANSWER_LATE

	}

}
