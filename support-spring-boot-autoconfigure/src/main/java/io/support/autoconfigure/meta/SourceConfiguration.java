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
import java.util.Objects;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ResourceLoader;

import io.support.concurrent.OneAtATime;
import io.support.meta.endpoint.PageResponder;
import io.support.meta.endpoint.ReactiveSourceEndpoint;
import io.support.meta.endpoint.SourceEndpoint;
import io.support.meta.endpoint.SourcePages;
import io.support.meta.ui.PageLink;
import io.support.source.Sources;

/**
 * The endpoint of the code that runs, to which nobody has access by default.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
@ConditionalOnAvailableEndpoint(endpoint = SourceEndpoint.class, exposure = EndpointExposure.WEB)
class SourceConfiguration {

	@Bean
	PageLink metaSourceLink(WebEndpointProperties endpoints) {
		return new PageLink("source", MetaAutoConfiguration.Pages.segment(endpoints, SourceEndpoint.ID));
	}

	@Bean
	@ConditionalOnMissingBean
	SourcePages metaSourcePages(PageResponder responder, OneAtATime heavy, ResourceLoader resources) {
		ClassLoader loader = Objects.requireNonNull(resources.getClassLoader());
		return new SourcePages(responder, new Sources(loader, heavy, InstantSource.system()));
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	SourceEndpoint metaSourceEndpoint(SourcePages pages) {
		return new SourceEndpoint(pages);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
	ReactiveSourceEndpoint reactiveMetaSourceEndpoint(SourcePages pages) {
		return new ReactiveSourceEndpoint(pages);
	}

}
