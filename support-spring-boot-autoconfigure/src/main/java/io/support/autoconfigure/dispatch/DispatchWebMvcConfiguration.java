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

package io.support.autoconfigure.dispatch;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerExceptionResolver;

import io.support.dispatch.web.DispatchHandlerExceptionResolver;
import io.support.dispatch.web.RequestOriginFilter;

/**
 * Dispatch in MVC, where threads may wait: what is needed is to know what belongs to a
 * request, and the answer to a refusal.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ HttpServletResponse.class, HandlerExceptionResolver.class })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class DispatchWebMvcConfiguration {

	@Bean
	@ConditionalOnMissingBean
	RequestOriginFilter requestOriginFilter() {
		return new RequestOriginFilter(System::nanoTime);
	}

	@Bean
	@ConditionalOnMissingBean
	DispatchHandlerExceptionResolver dispatchHandlerExceptionResolver() {
		return new DispatchHandlerExceptionResolver();
	}

}
