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

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;
import reactor.core.publisher.Mono;

import io.support.context.ContextContributor;
import io.support.dispatch.CpuBound;
import io.support.dispatch.DispatchAnnotationBeanPostProcessor;
import io.support.dispatch.Dispatchers;
import io.support.dispatch.IoBound;
import io.support.event.Operations;

/**
 * {@link AutoConfiguration Auto-configuration} for {@link Dispatchers},
 * {@link IoBound @IoBound} and {@link CpuBound @CpuBound}.
 * <p>
 * The executors are not beans: Spring Boot's own {@code applicationTaskExecutor} would
 * back off.
 */
@AutoConfiguration(afterName = "org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration")
@ConditionalOnClass({ Mono.class, MeterRegistry.class })
@ConditionalOnBooleanProperty(name = { "support.enabled", "support.dispatch.enabled" }, matchIfMissing = true)
@EnableConfigurationProperties(DispatchProperties.class)
@Import({ DispatchWebFluxConfiguration.class, DispatchWebMvcConfiguration.class })
public final class DispatchAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	Dispatchers dispatchers(DispatchProperties properties, Environment environment,
			ObjectProvider<MeterRegistry> registry, ObjectProvider<Operations> operations) {
		return Dispatchers.create(properties.toSettings(Threading.VIRTUAL.isActive(environment)), System::nanoTime,
				registry.getIfAvailable(CompositeMeterRegistry::new), operations.getIfAvailable(Operations::none));
	}

	@Bean
	DispatchLifecycle dispatchLifecycle(Dispatchers dispatchers) {
		return new DispatchLifecycle(dispatchers);
	}

	@Bean
	@ConditionalOnMissingBean(name = "dispatchContextContributor")
	ContextContributor dispatchContextContributor(Dispatchers dispatchers) {
		return dispatchers.contributor();
	}

	@Bean
	@ConditionalOnMissingBean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static DispatchAnnotationBeanPostProcessor dispatchAnnotationBeanPostProcessor(
			ObjectProvider<Dispatchers> dispatchers) {
		return new DispatchAnnotationBeanPostProcessor(dispatchers::getObject);
	}

}
