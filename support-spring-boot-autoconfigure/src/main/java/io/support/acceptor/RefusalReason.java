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

package io.support.acceptor;

/**
 * Why a connection was refused.
 */
enum RefusalReason {

	/**
	 * As many connections as may wait were waiting.
	 */
	QUEUE_FULL("queue-full"),

	/**
	 * More waited than could be served in time, as fast as the queue moved.
	 */
	EXPECTED_AGE("expected-age"),

	/**
	 * It had waited longer than is useful.
	 */
	QUEUE_AGE("queue-age"),

	/**
	 * The server stopped while it waited.
	 */
	SHUTDOWN("shutdown");

	private final String tag;

	RefusalReason(String tag) {
		this.tag = tag;
	}

	/**
	 * Returns the reason as it is shown in meters, pages and logs.
	 * @return lower-case letters and dashes
	 */
	String tag() {
		return this.tag;
	}

}
