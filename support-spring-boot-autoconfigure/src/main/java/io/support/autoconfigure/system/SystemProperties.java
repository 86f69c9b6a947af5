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

package io.support.autoconfigure.system;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

import io.support.system.SystemSettings;

/**
 * Properties of looking at the process.
 */
@ConfigurationProperties("support.system")
public class SystemProperties {

	private static final Duration SHORTEST = Duration.ofMillis(10);

	/**
	 * Whether the process is looked at several times a second, and its threads and open
	 * files have pages.
	 */
	private boolean enabled = true;

	/**
	 * Time from one sample of the gauges of SuPPort to the next.
	 */
	private Duration interval = Duration.ofMillis(100);

	/**
	 * Time from one sample of all other gauges to the next.
	 */
	private Duration otherInterval = Duration.ofMinutes(1);

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public Duration getInterval() {
		return this.interval;
	}

	public void setInterval(Duration interval) {
		this.interval = interval;
	}

	public Duration getOtherInterval() {
		return this.otherInterval;
	}

	public void setOtherInterval(Duration otherInterval) {
		this.otherInterval = otherInterval;
	}

	SystemSettings toSettings() {
		requireLongEnough("interval", this.interval);
		requireLongEnough("other-interval", this.otherInterval);
		return new SystemSettings(this.interval, this.otherInterval);
	}

	private static void requireLongEnough(String property, Duration interval) {
		if (interval.compareTo(SHORTEST) < 0) {
			throw new InvalidConfigurationPropertyValueException("support.system." + property, interval,
					"It must be at least 10ms; to do without set support.system.enabled=false.");
		}
	}

}
