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
 * What a client that is refused gets to see.
 */
public enum Refusal {

	/**
	 * A reset (RST): the client's next read or write fails, and no port stays in
	 * TIME_WAIT here.
	 */
	RESET,

	/**
	 * An ordinary end (FIN), as if the server had closed an idle connection. Many clients
	 * try such a request again on another connection.
	 */
	CLOSE,

	/**
	 * {@code 503 Service Unavailable} with {@code Retry-After}, made beforehand, then
	 * FIN. Not on TLS, and only where the transport is native: on NIO it is
	 * {@link #CLOSE}.
	 */
	RESPOND

}
