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

package io.support.autoconfigure.admission;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

import io.support.admission.AdmissionSettings;
import io.support.overload.SojournSettings;

/**
 * Properties of admission.
 */
@ConfigurationProperties("support.admission")
public class AdmissionProperties {

	private static final Duration INTERVAL = Duration.ofMillis(100);

	/**
	 * Whether requests on open connections are refused that cannot be served in time.
	 */
	private boolean enabled = true;

	/**
	 * Time that a request may have waited for its event loop.
	 */
	private Duration maxDelay = Duration.ofMillis(100);

	/**
	 * Time that a request may have waited while the event loop is overloaded; longer
	 * where serving one takes longer.
	 */
	private Duration overloadedDelay = Duration.ofMillis(10);

	/**
	 * Time within which a loop that is not overloaded comes to some requests; longer
	 * where serving one takes longer.
	 */
	private Duration targetDelay = Duration.ofMillis(5);

	/**
	 * Whether a connection is closed after a refusal.
	 */
	private boolean closeRefused = true;

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public Duration getMaxDelay() {
		return this.maxDelay;
	}

	public void setMaxDelay(Duration maxDelay) {
		this.maxDelay = maxDelay;
	}

	public Duration getOverloadedDelay() {
		return this.overloadedDelay;
	}

	public void setOverloadedDelay(Duration overloadedDelay) {
		this.overloadedDelay = overloadedDelay;
	}

	public Duration getTargetDelay() {
		return this.targetDelay;
	}

	public void setTargetDelay(Duration targetDelay) {
		this.targetDelay = targetDelay;
	}

	public boolean isCloseRefused() {
		return this.closeRefused;
	}

	public void setCloseRefused(boolean closeRefused) {
		this.closeRefused = closeRefused;
	}

	AdmissionSettings toSettings() {
		requirePositive("max-delay", this.maxDelay);
		requirePositive("target-delay", this.targetDelay);
		requirePositive("overloaded-delay", this.overloadedDelay);
		if (this.overloadedDelay.compareTo(this.maxDelay) > 0) {
			throw new InvalidConfigurationPropertyValueException("support.admission.overloaded-delay",
					this.overloadedDelay, "It must not be above support.admission.max-delay, which is "
							+ this.maxDelay.toMillis() + "ms; lower it, or raise the other.");
		}
		return new AdmissionSettings(new SojournSettings(this.maxDelay.toNanos(), this.overloadedDelay.toNanos(),
				this.targetDelay.toNanos(), INTERVAL.toNanos()), this.closeRefused);
	}

	private static void requirePositive(String property, Duration value) {
		if (value.isNegative() || value.isZero()) {
			throw new InvalidConfigurationPropertyValueException("support.admission." + property, value,
					"It must be positive, for example 10ms.");
		}
	}

}
