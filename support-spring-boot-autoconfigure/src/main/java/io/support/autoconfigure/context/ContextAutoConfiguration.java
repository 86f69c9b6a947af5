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

package io.support.autoconfigure.context;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import io.support.autoconfigure.SupportProperties;
import io.support.context.ContextContributor;
import io.support.context.SupportContext;

/**
 * {@link AutoConfiguration Auto-configuration} for the {@link SupportContext}: registers
 * every {@link ContextContributor} bean, the capabilities' own and the user's.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "support.enabled", matchIfMissing = true)
@EnableConfigurationProperties(SupportProperties.class)
public final class ContextAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SupportContext supportContext() {
		return new SupportContext();
	}

	@Bean
	ContextContributor contextContributor(SupportContext context) {
		return ContextContributor.of("context", context::snapshot);
	}

	/*
	 * Contributors are collected when all singletons are there, not injected into the
	 * context: a contributor may itself depend on the context.
	 */
	@Bean
	SmartInitializingSingleton supportContextContributors(SupportContext context,
			ObjectProvider<ContextContributor> contributors) {
		return () -> contributors.orderedStream().forEach(context::register);
	}

}
