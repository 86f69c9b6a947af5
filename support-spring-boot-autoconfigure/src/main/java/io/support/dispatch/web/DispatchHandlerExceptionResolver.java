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

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

import io.support.dispatch.DispatchRejectedException;

/**
 * Answers an MVC request whose call a dispatcher refused with 503 and
 * {@code Retry-After}, without a body. An exception handler of the application comes
 * first.
 *
 * @see DispatchRejectedException
 */
public final class DispatchHandlerExceptionResolver implements HandlerExceptionResolver, Ordered {

	/** After MVC's own, which have order 0 and know the application's handlers. */
	private static final int ORDER = 1;

	/**
	 * Creates a resolver.
	 */
	public DispatchHandlerExceptionResolver() {
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
			@Nullable Object handler, Exception failure) {
		if (!Refusals.isRefusal(failure) || response.isCommitted()) {
			return null;
		}
		response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
		response.setHeader(HttpHeaders.RETRY_AFTER, Refusals.RETRY_AFTER_SECONDS);
		return new ModelAndView();
	}

}
