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

package io.support.autoconfigure.logs;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.logging.LogLevel;

import io.support.logs.LogsSettings;

/**
 * What is kept of the log.
 */
@ConfigurationProperties("support.logs")
public class LogsProperties {

	/**
	 * Whether the last log events are kept, and have a page.
	 */
	private boolean enabled = true;

	/**
	 * Least level of events that are kept.
	 */
	private LogLevel level = LogLevel.WARN;

	/**
	 * Number of events that are kept.
	 */
	private int size = 256;

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public LogLevel getLevel() {
		return this.level;
	}

	public void setLevel(LogLevel level) {
		this.level = level;
	}

	public int getSize() {
		return this.size;
	}

	public void setSize(int size) {
		this.size = size;
	}

	LogsSettings toSettings() {
		if (this.size < 1 || this.size > LogsSettings.MAX_SIZE) {
			throw new InvalidConfigurationPropertyValueException("support.logs.size", this.size, "It must be 1 to "
					+ LogsSettings.MAX_SIZE + ", for example 256; set support.logs.enabled=false to keep nothing.");
		}
		if (this.level == LogLevel.OFF) {
			throw new InvalidConfigurationPropertyValueException("support.logs.level", this.level,
					"It must be a level of events, for example warn; set support.logs.enabled=false to keep nothing.");
		}
		return new LogsSettings(this.level, this.size);
	}

}
