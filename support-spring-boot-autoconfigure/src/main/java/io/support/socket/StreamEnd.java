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

import org.jspecify.annotations.Nullable;

/**
 * How a stream has ended.
 *
 * @param how what happened, the end of a sentence
 * @param orderly whether the peer has sent all that it wanted to
 * @param cause what broke the connection, or {@code null}
 */
record StreamEnd(String how, boolean orderly, @Nullable Throwable cause) {

	static final StreamEnd PEER = new StreamEnd("the peer has closed the connection", true, null);

	static final StreamEnd HERE = new StreamEnd("the connection was closed on this side", false, null);

	static final StreamEnd BEFORE = new StreamEnd("the connection had ended before there was a socket on it", false,
			null);

	static final StreamEnd DETACHED = new StreamEnd("the socket was detached from its connection", false, null);

	static final StreamEnd CUT = new StreamEnd("the connection ended without the end that TLS has of its own", false,
			null);

	static StreamEnd broken(Throwable cause) {
		return new StreamEnd("the connection broke, " + cause, false, cause);
	}

	/**
	 * Says that an operation on a connection that has ended is in vain.
	 * @param peer the other side
	 * @param operation the operation
	 * @param rest what has become of the bytes
	 * @return the exception, for which a new connection is the way out
	 */
	ConnectionClosedException exception(String peer, String operation, String rest) {
		return new ConnectionClosedException(peer + ": " + operation + " failed: " + this.how + "; " + rest
				+ "; a new connection is needed to go on", this.cause);
	}

}
