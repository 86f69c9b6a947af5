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

package io.support.autoconfigure.event;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of what is told of operations.
 */
@ConfigurationProperties("support.events")
public class EventsProperties {

	/**
	 * Whether each operation is an event.
	 */
	private boolean enabled = true;

	/**
	 * When each operation is a Micrometer observation, too.
	 */
	private Observations observations = Observations.AUTO;

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public Observations getObservations() {
		return this.observations;
	}

	public void setObservations(Observations observations) {
		this.observations = observations;
	}

	/**
	 * When operations are observed.
	 */
	public enum Observations {

		/**
		 * When there is an observation handler that does more than metrics, such as
		 * tracing.
		 */
		AUTO,

		/**
		 * In any case.
		 */
		ALWAYS,

		/**
		 * In no case.
		 */
		NEVER

	}

}
