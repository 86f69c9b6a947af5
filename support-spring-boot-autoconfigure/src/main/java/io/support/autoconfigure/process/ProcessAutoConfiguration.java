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

package io.support.autoconfigure.process;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import io.support.autoconfigure.context.ContextAutoConfiguration;
import io.support.autoconfigure.context.PropertyMask;
import io.support.process.ProcessContributor;

/**
 * {@link AutoConfiguration Auto-configuration} for the page about the process, of which
 * there is no more than what the operating system and the JVM tell.
 */
@AutoConfiguration(after = ContextAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = { "support.enabled", "support.system.enabled" }, matchIfMissing = true)
public final class ProcessAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ProcessContributor supportProcessContributor(ObjectProvider<PropertyMask> masks) {
		PropertyMask mask = masks.getIfAvailable(PropertyMask::withoutRule);
		return new ProcessContributor((name, value) -> name.isEmpty() ? mask.text(value) : mask.value(name, value),
				System::nanoTime);
	}

}
