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

package io.support.autoconfigure.connection;

import java.time.Duration;

/**
 * When a request is sent to another address of its group while the first is silent.
 */
public class HedgeProperties {

	/**
	 * Whether an idempotent request that is not answered soon is sent to another address,
	 * too.
	 */
	private boolean enabled;

	/**
	 * Times after the beginning of the request at which the next address gets it.
	 */
	private Duration[] delays = { Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(150),
			Duration.ofMillis(200) };

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public Duration[] getDelays() {
		return this.delays;
	}

	public void setDelays(Duration[] delays) {
		this.delays = delays;
	}

}
