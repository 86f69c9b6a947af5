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

package io.support.meta.endpoint;

import java.util.Map;

import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Sets the {@link PageHeaders} on a reactive management server, last of all, so that they
 * hold for errors too.
 */
public final class PageHeadersWebFilter implements WebFilter, Ordered {

	private final PageHeaders headers;

	/**
	 * Creates the filter.
	 * @param headers what is set
	 */
	public PageHeadersWebFilter(PageHeaders headers) {
		this.headers = headers;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		ServerHttpResponse response = exchange.getResponse();
		PathContainer path = request.getPath().pathWithinApplication();
		Map<String, String> values = this.headers.of(path);
		if (!values.isEmpty()) {
			response.beforeCommit(() -> Mono.fromRunnable(() -> values.forEach(response.getHeaders()::set)));
		}
		String redirection = this.headers.redirection(path, request.getURI().getRawQuery());
		if (redirection != null && request.getMethod().equals(HttpMethod.GET)) {
			response.setStatusCode(HttpStatus.PERMANENT_REDIRECT);
			response.getHeaders().set(HttpHeaders.LOCATION, redirection);
			return response.setComplete();
		}
		return chain.filter(exchange);
	}

}
