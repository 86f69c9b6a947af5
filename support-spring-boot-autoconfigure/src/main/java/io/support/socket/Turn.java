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

package io.support.socket;

import java.io.InterruptedIOException;

/**
 * The turn for which a call waits. Only for those who have decided about the call.
 */
interface Turn {

	/**
	 * Gives it up, because nobody waits any more.
	 */
	void giveUp();

	/**
	 * Gives it up, because that took too long.
	 * @param timeoutNanos how long
	 * @return says so
	 */
	SocketTimeoutException timedOut(long timeoutNanos);

	/**
	 * Gives it up, because the thread that waits was interrupted.
	 * @return says so
	 */
	InterruptedIOException interrupted();

}
