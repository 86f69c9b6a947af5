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

package io.support.eventloop;

import java.util.concurrent.atomic.AtomicReference;

import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;

import io.support.context.RequestLine;

/**
 * The request that a loop is serving at the moment. Set on the loop, described by the
 * watcher.
 */
final class ServedRequest {

	private final AtomicReference<@Nullable HttpRequest> current = new AtomicReference<>();

	void begin(HttpRequest request) {
		this.current.setRelease(request);
	}

	void end() {
		this.current.setRelease(null);
	}

	/**
	 * Returns its method and path.
	 * @return such as {@code GET /orders}; {@code null} if there is none
	 */
	@Nullable String describe() {
		HttpRequest request = this.current.getAcquire();
		return (request != null) ? RequestLine.of(request.method().name(), request.uri()) : null;
	}

}
