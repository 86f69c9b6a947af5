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

import io.netty.buffer.ByteBuf;

/**
 * In which form what was received is handed out.
 *
 * @param <T> the form
 */
@FunctionalInterface
interface Form<T> {

	/** A copy. */
	Form<byte[]> BYTES = ReceiveBuffer::takeBytes;

	/** The pooled buffer itself. */
	Form<ByteBuf> BUFFER = ReceiveBuffer::take;

	/** A copy of what stays buffered. */
	Form<byte[]> PEEKED_BYTES = ReceiveBuffer::peekBytes;

	/** A view of what stays buffered. */
	Form<ByteBuf> PEEKED_BUFFER = ReceiveBuffer::peek;

	/**
	 * Hands bytes out.
	 * @param buffer the bytes
	 * @param length how many of them, from the front
	 * @return the bytes
	 */
	T of(ReceiveBuffer buffer, int length);

}
