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

package io.support.connection.traffic;

/**
 * How much of the recent traffic is kept.
 *
 * @param size how many exchanges
 * @param capturePayload whether headers and bodies are kept, too
 * @param payloadBytes how many bytes of a body, and how many characters of all headers,
 * are kept on either side of an exchange
 */
public record TrafficSettings(int size, boolean capturePayload, int payloadBytes) {

	/**
	 * The most exchanges that may be kept.
	 */
	public static final int MAX_SIZE = 65_536;

	/**
	 * The most bytes that may be kept of a body: as many as a page shows of a text.
	 */
	public static final int MAX_PAYLOAD_BYTES = 8192;

	/**
	 * Creates settings.
	 * @param size how many exchanges are kept
	 * @param capturePayload whether headers and bodies are kept, too
	 * @param payloadBytes how many bytes of a body are kept
	 * @throws IllegalArgumentException if a value is out of its range
	 */
	public TrafficSettings {
		if (!isSize(size)) {
			throw new IllegalArgumentException("size must be 1 to " + MAX_SIZE + ", was: " + size);
		}
		if (!isPayloadBytes(payloadBytes)) {
			throw new IllegalArgumentException(
					"payload-size must be 1B to " + MAX_PAYLOAD_BYTES + "B, was: " + payloadBytes);
		}
	}

	/**
	 * Says whether as many exchanges can be kept.
	 * @param size how many
	 * @return whether it is in the range
	 */
	public static boolean isSize(int size) {
		return size >= 1 && size <= MAX_SIZE;
	}

	/**
	 * Says whether as many bytes of a body can be kept.
	 * @param bytes how many
	 * @return whether it is in the range
	 */
	public static boolean isPayloadBytes(long bytes) {
		return bytes >= 1 && bytes <= MAX_PAYLOAD_BYTES;
	}

}
