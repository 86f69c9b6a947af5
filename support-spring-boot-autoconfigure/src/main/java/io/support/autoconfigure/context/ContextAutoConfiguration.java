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

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.Lifecycle;
import org.springframework.context.LifecycleProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import io.support.autoconfigure.SupportProperties;
import io.support.context.ContextContributor;
import io.support.context.SupportContext;

/**
 * {@link AutoConfiguration Auto-configuration} for the {@link SupportContext}: registers
 * every {@link ContextContributor} bean, the capabilities' own and the user's, and what
 * is started and stopped.
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

	@Bean
	ContextContributor configurationContributor(Environment environment, ObjectProvider<PropertyMask> mask) {
		PropertyMask secrets = mask.getIfAvailable(PropertyMask::withoutRule);
		return ContextContributor.of("configuration", new ConfigurationReader(environment, secrets)::read);
	}

	/*
	 * Contributors are collected when all singletons are there, not injected into the
	 * context: a contributor may itself depend on the context. What is started and
	 * stopped is taken from the beans that are there, so that nothing lazy is made for
	 * it.
	 */
	@Bean
	SmartInitializingSingleton supportContextContributors(SupportContext context,
			ObjectProvider<ContextContributor> contributors, ListableBeanFactory beans) {
		return () -> {
			contributors.orderedStream().forEach(context::register);
			beans.getBeansOfType(Lifecycle.class, false, false)
				.entrySet()
				.stream()
				.filter((entry) -> !(entry.getValue() instanceof LifecycleProcessor))
				.limit(SupportContext.MAX_CONTRIBUTORS)
				.forEach((entry) -> context.register(entry.getKey(), entry.getValue()));
		};
	}

	/** With Actuator, what its own pages hide is hidden here, too. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(Sanitizer.class)
	static class Sanitizing {

		@Bean
		@ConditionalOnMissingBean
		PropertyMask supportPropertyMask(ObjectProvider<SanitizingFunction> functions) {
			Sanitizer sanitizer = new Sanitizer(functions.orderedStream().toList());
			return new PropertyMask(
					(source, name, value) -> sanitizer.sanitize(new SanitizableData(source, name, value), true));
		}

	}

}
