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

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.PathContainer;

/**
 * Sets the {@link PageHeaders} on a management server that is a servlet container.
 */
public final class PageHeadersFilter extends HttpFilter {

	private static final long serialVersionUID = 1;

	private final transient PageHeaders headers;

	/**
	 * Creates the filter.
	 * @param headers what is set
	 */
	public PageHeadersFilter(PageHeaders headers) {
		this.headers = headers;
	}

	@Override
	protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		PathContainer path = PathContainer
			.parsePath(request.getRequestURI().substring(request.getContextPath().length()));
		this.headers.of(path).forEach(response::setHeader);
		String redirection = this.headers.redirection(path, request.getQueryString());
		if (redirection != null && HttpMethod.GET.matches(request.getMethod())) {
			response.setStatus(HttpStatus.PERMANENT_REDIRECT.value());
			response.setHeader(HttpHeaders.LOCATION, redirection);
			return;
		}
		chain.doFilter(request, response);
	}

}
