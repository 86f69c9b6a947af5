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

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The recent traffic, as the MetaApplication shows it.
 *
 * @param size how many exchanges are kept
 * @param recorded how many there have been
 * @param capturesPayload whether headers and bodies are kept, too
 * @param exchanges the exchanges, the latest first
 */
record TrafficSnapshot(int size, long recorded, boolean capturesPayload, List<ExchangeState> exchanges) {

	/**
	 * One exchange.
	 *
	 * @param startedAt when the request was sent, or the connection taken
	 * @param group the group that was asked
	 * @param address the address that it went to
	 * @param protocol what was spoken
	 * @param method the method of the request; {@code null} without HTTP
	 * @param path its path, without the query
	 * @param status the status of the response; {@code null} if there was none
	 * @param outcome how it ended
	 * @param error the class of the error, if there was one
	 * @param sentBytes the bytes sent, TLS not counted
	 * @param receivedBytes the bytes received
	 * @param firstResponseNanos the time to the first byte of the response
	 * @param durationNanos the time to its end
	 * @param request what was sent; {@code null} unless it is kept
	 * @param response what was received
	 */
	record ExchangeState(Instant startedAt, String group, String address, String protocol, @Nullable String method,
			@Nullable String path, @Nullable Integer status, String outcome, @Nullable String error, long sentBytes,
			long receivedBytes, @Nullable Long firstResponseNanos, long durationNanos, @Nullable SideState request,
			@Nullable SideState response) {

	}

	/**
	 * What one side has said.
	 *
	 * @param headers the headers, secrets hidden
	 * @param payload the body as text, secrets hidden; {@code null} if there was none
	 * @param truncated whether there was more
	 */
	record SideState(Map<String, String> headers, @Nullable String payload, boolean truncated) {

	}

}
