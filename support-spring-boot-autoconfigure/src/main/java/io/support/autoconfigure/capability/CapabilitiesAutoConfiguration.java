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

package io.support.autoconfigure.capability;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

import io.support.autoconfigure.context.ContextAutoConfiguration;
import io.support.context.ContextContributor;

/**
 * {@link AutoConfiguration Auto-configuration} for the page about capabilities, which
 * needs Actuator as the pages do.
 */
@AutoConfiguration(after = ContextAutoConfiguration.class)
@ConditionalOnClass(name = { "org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints",
		"org.springframework.boot.actuate.autoconfigure.endpoint.expose.IncludeExcludeEndpointFilter" })
@ConditionalOnBooleanProperty(name = { "support.enabled", "support.meta.enabled" }, matchIfMissing = true)
public final class CapabilitiesAutoConfiguration {

	@Bean
	ContextContributor supportCapabilitiesContributor(ListableBeanFactory beans, Environment environment,
			ObjectProvider<PathMappedEndpoints> endpoints, ObjectProvider<EndpointAccessResolver> accesses) {
		PlatformCapabilities platform = new PlatformCapabilities();
		ApplicationCapabilities application = new ApplicationCapabilities(beans, environment);
		Exposure exposure = new Exposure(environment, endpoints, accesses);
		return ContextContributor.of("capabilities", () -> new CapabilitiesSnapshot(PlatformCapabilities.identity(),
				platform.read(), application.read(), application.meterRegistries(), exposure.read()));
	}

}
