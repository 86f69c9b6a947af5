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

package io.support.autoconfigure.eventloop;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

import io.support.eventloop.EventLoopSettings;

/**
 * Properties of the {@link io.support.eventloop.EventLoopWatcher}.
 */
@ConfigurationProperties("support.event-loop")
public class EventLoopProperties {

	private static final Duration LEAST = Duration.ofMillis(1);

	/**
	 * Whether event loops are watched.
	 */
	private boolean enabled = true;

	/**
	 * Time from one probe of a loop to the next.
	 */
	private Duration probeInterval = Duration.ofMillis(20);

	/**
	 * Time for which a loop does not run a probe before it counts as stalled.
	 */
	private Duration stallThreshold = Duration.ofMillis(150);

	/**
	 * Time from one look at the stack of a stalled loop to the next.
	 */
	private Duration sampleInterval = Duration.ofMillis(10);

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public Duration getProbeInterval() {
		return this.probeInterval;
	}

	public void setProbeInterval(Duration probeInterval) {
		this.probeInterval = probeInterval;
	}

	public Duration getStallThreshold() {
		return this.stallThreshold;
	}

	public void setStallThreshold(Duration stallThreshold) {
		this.stallThreshold = stallThreshold;
	}

	public Duration getSampleInterval() {
		return this.sampleInterval;
	}

	public void setSampleInterval(Duration sampleInterval) {
		this.sampleInterval = sampleInterval;
	}

	EventLoopSettings toSettings() {
		requireMillisecond("probe-interval", this.probeInterval);
		requireMillisecond("stall-threshold", this.stallThreshold);
		requireMillisecond("sample-interval", this.sampleInterval);
		if (this.stallThreshold.compareTo(this.probeInterval) <= 0) {
			throw new InvalidConfigurationPropertyValueException("support.event-loop.stall-threshold",
					this.stallThreshold, "It must be above support.event-loop.probe-interval, which is "
							+ this.probeInterval.toMillis() + "ms; raise it, or lower the other.");
		}
		return new EventLoopSettings(this.probeInterval.toNanos(), this.stallThreshold.toNanos(),
				this.sampleInterval.toNanos());
	}

	private void requireMillisecond(String property, Duration value) {
		if (value.compareTo(LEAST) < 0) {
			throw new InvalidConfigurationPropertyValueException("support.event-loop." + property, value,
					"It must be at least 1ms; to watch no event loop set support.event-loop.enabled=false.");
		}
	}

}
