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

package io.support.admission;

import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a request before its body.
 */
public final class RequestHead {

	private final HttpRequest request;

	RequestHead(HttpRequest request) {
		this.request = request;
	}

	/**
	 * Returns the method.
	 * @return such as {@code GET}
	 */
	public String method() {
		return this.request.method().name();
	}

	/**
	 * Returns the path as it was sent, without the query.
	 * @return such as {@code /orders/17}
	 */
	public String path() {
		return path(this.request.uri());
	}

	static String path(String target) {
		int query = target.indexOf('?');
		return (query < 0) ? target : target.substring(0, query);
	}

	/**
	 * Returns the first value of a header.
	 * @param name its name, whatever the case
	 * @return the value; {@code null} if there is none
	 */
	public @Nullable String header(String name) {
		return this.request.headers().get(name);
	}

}
