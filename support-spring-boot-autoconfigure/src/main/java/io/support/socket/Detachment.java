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
 * The turn of one who gives a connection back, which nothing but an event loop that is
 * blocked delays.
 *
 * @param peer the other side of the connection
 */
record Detachment(String peer) implements Turn {

	@Override
	public void giveUp() {
		// It is under way.
	}

	@Override
	public SocketTimeoutException timedOut(long timeoutNanos) {
		return new SocketTimeoutException(this.peer + ": detach() timed out after " + Peer.time(timeoutNanos)
				+ "; its event loop is blocked; close the connection", 0);
	}

	@Override
	public InterruptedIOException interrupted() {
		return new InterruptedIOException(this.peer + ": detach() was interrupted; close the connection");
	}

}
