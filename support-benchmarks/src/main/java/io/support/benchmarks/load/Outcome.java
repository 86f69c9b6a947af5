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

package io.support.benchmarks.load;

/**
 * What became of one request, as its client sees it.
 */
public enum Outcome {

	/**
	 * Answered with 2xx within the deadline of the intended time.
	 */
	OK(false),

	/**
	 * Answered with 2xx, but after the deadline.
	 */
	LATE(false),

	/**
	 * Refused: the peer reset the connection before it answered.
	 */
	RESET(true),

	/**
	 * Refused: the peer closed the connection before it answered.
	 */
	CLOSED(true),

	/**
	 * Refused: nobody listens.
	 */
	NOT_CONNECTED(true),

	/**
	 * Refused: answered with 503.
	 */
	UNAVAILABLE(true),

	/**
	 * Not answered when the client gave up and closed the connection.
	 */
	TIMED_OUT(false),

	/**
	 * Timed out before it could be sent, because every connection was busy.
	 */
	UNSENT(false),

	/**
	 * Anything else: another status, an answer that cannot be read or ends early, no
	 * descriptor or port left on the client's side.
	 */
	ERROR(false);

	private final boolean refused;

	Outcome(boolean refused) {
		this.refused = refused;
	}

	/**
	 * Returns whether the server told the client at once that it will not serve it.
	 * @return whether this is one of the four ways to refuse
	 */
	public boolean isRefused() {
		return this.refused;
	}

}
