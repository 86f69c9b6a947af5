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

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Properties of the MetaApplication. Where it is reached is Actuator's business.
 */
@ConfigurationProperties("support.meta")
public class MetaProperties {

	/**
	 * Whether the pages of the MetaApplication are there, and whether the management
	 * server has event loops of its own.
	 */
	private boolean enabled = true;

	/**
	 * Time within which a page must be ready before its making is interrupted.
	 */
	private Duration pageTimeout = Duration.ofSeconds(5);

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public Duration getPageTimeout() {
		return this.pageTimeout;
	}

	public void setPageTimeout(Duration pageTimeout) {
		if (pageTimeout.isZero() || pageTimeout.isNegative()) {
			throw new InvalidConfigurationPropertyValueException("support.meta.page-timeout", pageTimeout,
					"It must be positive, such as 5s");
		}
		this.pageTimeout = pageTimeout;
	}

}
