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

package io.support.dispatch.web;

import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

import io.support.dispatch.DispatchRejectedException;

/**
 * Answers a WebFlux request whose call a dispatcher refused with 503 and
 * {@code Retry-After}, without a body. An exception handler of the application comes
 * first.
 *
 * @see DispatchRejectedException
 */
public final class DispatchWebExceptionHandler implements WebExceptionHandler, Ordered {

	/** Before Spring Boot's own, which would render an error page. */
	private static final int ORDER = -2;

	/**
	 * Creates a handler.
	 */
	public DispatchWebExceptionHandler() {
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
		ServerHttpResponse response = exchange.getResponse();
		if (!Refusals.isRefusal(failure) || !response.setStatusCode(HttpStatus.SERVICE_UNAVAILABLE)) {
			return Mono.error(failure);
		}
		response.getHeaders().set(HttpHeaders.RETRY_AFTER, Refusals.RETRY_AFTER_SECONDS);
		return response.setComplete();
	}

}
