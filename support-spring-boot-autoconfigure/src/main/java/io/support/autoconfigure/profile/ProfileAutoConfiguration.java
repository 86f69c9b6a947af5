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

package io.support.autoconfigure.profile;

import java.time.Clock;
import java.util.List;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import io.support.profile.Profiler;

/**
 * {@link AutoConfiguration Auto-configuration} for the {@link Profiler}, which does
 * nothing until somebody starts it.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = { "support.enabled", "support.profile.enabled" }, matchIfMissing = true)
@EnableConfigurationProperties(ProfileProperties.class)
public final class ProfileAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	Profiler supportProfiler(ProfileProperties properties, BeanFactory beans) {
		List<String> packages = AutoConfigurationPackages.has(beans) ? AutoConfigurationPackages.get(beans) : List.of();
		return new Profiler(properties.toSettings(packages), Clock.systemUTC(), System::nanoTime);
	}

}
