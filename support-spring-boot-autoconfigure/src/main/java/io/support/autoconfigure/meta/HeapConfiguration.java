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

package io.support.autoconfigure.meta;

import java.time.InstantSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.support.concurrent.OneAtATime;
import io.support.heap.ClassHistograms;
import io.support.meta.endpoint.HeapEndpoint;
import io.support.meta.endpoint.HeapPages;
import io.support.meta.endpoint.PageResponder;
import io.support.meta.endpoint.ReactiveHeapEndpoint;
import io.support.meta.ui.PageLink;

/**
 * The endpoint of the class histogram, to which nobody has access by default.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
@ConditionalOnAvailableEndpoint(endpoint = HeapEndpoint.class, exposure = EndpointExposure.WEB)
class HeapConfiguration {

	@Bean
	PageLink metaHeapLink(WebEndpointProperties endpoints) {
		return new PageLink("heap", MetaAutoConfiguration.Pages.segment(endpoints, HeapEndpoint.ID));
	}

	@Bean
	@ConditionalOnMissingBean
	HeapPages metaHeapPages(PageResponder responder, OneAtATime heavy,
			ObjectProvider<EndpointAccessResolver> accesses) {
		return new HeapPages(responder, new ClassHistograms(heavy, InstantSource.system(), System::nanoTime),
				MetaAutoConfiguration.Pages.access(accesses, HeapEndpoint.ID));
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	HeapEndpoint metaHeapEndpoint(HeapPages pages) {
		return new HeapEndpoint(pages);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
	ReactiveHeapEndpoint reactiveMetaHeapEndpoint(HeapPages pages) {
		return new ReactiveHeapEndpoint(pages);
	}

}
