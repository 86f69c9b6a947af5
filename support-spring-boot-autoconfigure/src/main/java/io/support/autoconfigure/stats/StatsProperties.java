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

package io.support.autoconfigure.stats;

import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

import io.support.stats.MeterNames;

/**
 * Properties of the streaming statistics.
 */
@ConfigurationProperties("support.stats")
public class StatsProperties {

	/**
	 * Whether streaming statistics of every meter are kept.
	 */
	private boolean enabled = true;

	/**
	 * Number of meters that are kept; for a further one, the least recently used leave.
	 */
	private int maxMeters = 2048;

	/**
	 * Names of the meters and sketches that are kept, with * for any characters; all of
	 * them if there is none.
	 */
	private List<String> include = new ArrayList<>();

	/**
	 * Names of the meters and sketches that are not kept, with * for any characters.
	 */
	private List<String> exclude = new ArrayList<>();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public int getMaxMeters() {
		return this.maxMeters;
	}

	public void setMaxMeters(int maxMeters) {
		this.maxMeters = maxMeters;
	}

	public List<String> getInclude() {
		return this.include;
	}

	public void setInclude(List<String> include) {
		this.include = include;
	}

	public List<String> getExclude() {
		return this.exclude;
	}

	public void setExclude(List<String> exclude) {
		this.exclude = exclude;
	}

	MeterNames names() {
		return new MeterNames(checked("include", this.include), checked("exclude", this.exclude));
	}

	private static List<String> checked(String property, List<String> patterns) {
		for (String pattern : patterns) {
			if (pattern.isBlank()) {
				throw new InvalidConfigurationPropertyValueException("support.stats." + property, patterns,
						"A name must not be blank; leave the property out for all meters.");
			}
		}
		return patterns;
	}

	int checkedMaxMeters() {
		if (this.maxMeters < 1) {
			throw new InvalidConfigurationPropertyValueException("support.stats.max-meters", this.maxMeters,
					"It must be at least 1; to do without statistics set support.stats.enabled=false.");
		}
		return this.maxMeters;
	}

}
