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

/**
 * An operation on a {@link BufferedSocket} took longer than it may. What was received
 * stays buffered: the same operation may simply be tried again.
 * <p>
 * Of an operation that sends, {@link #bytesTransferred} says what has become of the
 * message: 0, nothing of it was sent and nothing will be; otherwise its size, it was
 * handed over to the connection and goes out as soon as the peer reads, and
 * {@link BufferedSocket#flush()} waits for that.
 * <p>
 * It is one of the exceptions of {@code java.net}, so that code which knows those, to try
 * again for example, knows this one.
 */
public final class SocketTimeoutException extends java.net.SocketTimeoutException {

	private static final long serialVersionUID = 1L;

	SocketTimeoutException(String message, int bytesTransferred) {
		super(message);
		this.bytesTransferred = bytesTransferred;
	}

}
