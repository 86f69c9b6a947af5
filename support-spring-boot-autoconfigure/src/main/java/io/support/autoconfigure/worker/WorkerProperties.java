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

package io.support.autoconfigure.worker;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

import io.support.worker.MemoryLimitAction;
import io.support.worker.WorkerSettings;

/**
 * Properties of the process and its end.
 */
@ConfigurationProperties("support.worker")
public class WorkerProperties {

	/**
	 * Whether the process is drained at its end and its memory is watched.
	 */
	private boolean enabled = true;

	/**
	 * Time that draining may take.
	 */
	private Duration drainTimeout = Duration.ofSeconds(30);

	/**
	 * Time for which idle connections are still served while draining.
	 */
	private Duration idleGrace = Duration.ofSeconds(5);

	/**
	 * Resident size above which the process is too large.
	 */
	private DataSize memoryLimit = DataSize.ofGigabytes(1);

	/**
	 * What to do when the process is too large.
	 */
	private MemoryLimitAction onMemoryLimit = MemoryLimitAction.WARN;

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public Duration getDrainTimeout() {
		return this.drainTimeout;
	}

	public void setDrainTimeout(Duration drainTimeout) {
		this.drainTimeout = drainTimeout;
	}

	public Duration getIdleGrace() {
		return this.idleGrace;
	}

	public void setIdleGrace(Duration idleGrace) {
		this.idleGrace = idleGrace;
	}

	public DataSize getMemoryLimit() {
		return this.memoryLimit;
	}

	public void setMemoryLimit(DataSize memoryLimit) {
		this.memoryLimit = memoryLimit;
	}

	public MemoryLimitAction getOnMemoryLimit() {
		return this.onMemoryLimit;
	}

	public void setOnMemoryLimit(MemoryLimitAction onMemoryLimit) {
		this.onMemoryLimit = onMemoryLimit;
	}

	WorkerSettings toSettings() {
		if (this.drainTimeout.isNegative() || this.drainTimeout.isZero()) {
			throw new InvalidConfigurationPropertyValueException("support.worker.drain-timeout", this.drainTimeout,
					"It must be positive, for example 30s.");
		}
		if (this.idleGrace.isNegative()) {
			throw new InvalidConfigurationPropertyValueException("support.worker.idle-grace", this.idleGrace,
					"It must not be negative; 0s closes idle connections at once.");
		}
		if (this.memoryLimit.toBytes() <= 0) {
			throw new InvalidConfigurationPropertyValueException("support.worker.memory-limit", this.memoryLimit,
					"It must be positive, for example 1GB; to be told of nothing set it above the machine's memory.");
		}
		return new WorkerSettings(this.drainTimeout, this.idleGrace, this.memoryLimit.toBytes(), this.onMemoryLimit);
	}

}
