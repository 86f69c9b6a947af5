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

import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;

import io.support.dispatch.DispatchAnnotationBeanPostProcessor;
import io.support.dispatch.web.DispatchHandlerAdapter;
import io.support.dispatch.web.DispatchWebExceptionHandler;
import io.support.dispatch.web.RequestOriginWebFilter;

/**
 * Dispatch in WebFlux.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(RequestMappingHandlerAdapter.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
class DispatchWebFluxConfiguration {

	@Bean
	@ConditionalOnBean(RequestMappingHandlerAdapter.class)
	@ConditionalOnMissingBean
	DispatchHandlerAdapter dispatchHandlerAdapter(RequestMappingHandlerAdapter requestMappingHandlerAdapter,
			DispatchAnnotationBeanPostProcessor postProcessor) {
		return new DispatchHandlerAdapter(requestMappingHandlerAdapter, postProcessor.methods());
	}

	@Bean
	@ConditionalOnMissingBean
	RequestOriginWebFilter requestOriginWebFilter() {
		return new RequestOriginWebFilter();
	}

	@Bean
	@ConditionalOnMissingBean
	DispatchWebExceptionHandler dispatchWebExceptionHandler() {
		return new DispatchWebExceptionHandler();
	}

}
