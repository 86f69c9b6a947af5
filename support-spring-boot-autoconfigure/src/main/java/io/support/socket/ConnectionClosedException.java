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

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * The connection of a {@link BufferedSocket} has ended before an operation was complete:
 * the peer closed it, this side did, or it broke; the message says which. What was
 * received until then stays buffered and can be received.
 */
public final class ConnectionClosedException extends IOException {

	private static final long serialVersionUID = 1L;

	ConnectionClosedException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
