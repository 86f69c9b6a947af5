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

package io.support.autoconfigure.profile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

import io.support.profile.ProfilerSettings;

/**
 * Properties of the profiler. Who may start it is Actuator's business.
 */
@ConfigurationProperties("support.profile")
public class ProfileProperties {

	/**
	 * Whether the process can be profiled.
	 */
	private boolean enabled = true;

	/**
	 * Time that a run takes which names none.
	 */
	private Duration defaultDuration = Duration.ofSeconds(10);

	/**
	 * Longest time that a run may take.
	 */
	private Duration maxDuration = Duration.ofSeconds(60);

	/**
	 * Processor time from one sample of a thread to the next, or time where the JVM has
	 * no samples of processor time.
	 */
	private Duration cpuInterval = Duration.ofMillis(10);

	/**
	 * Time below which a thread's wait for a lock is not recorded.
	 */
	private Duration lockThreshold = Duration.ofMillis(1);

	/**
	 * Frames of a stack that are recorded, provided that nobody else has started JDK
	 * Flight Recorder before.
	 */
	private int maxStackDepth = 256;

	/**
	 * Nodes that the tree of stacks of one result may have.
	 */
	private int maxFrames = 50_000;

	/**
	 * Results that are kept, of which the oldest goes first.
	 */
	private int maxResults = 9;

	/**
	 * Size of all recordings together that are kept for download.
	 */
	private DataSize maxRecordingSize = DataSize.ofMegabytes(8);

	/**
	 * Packages that are shown as the application's own, beside those of its
	 * auto-configuration.
	 */
	private List<String> applicationPackages = new ArrayList<>();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public Duration getDefaultDuration() {
		return this.defaultDuration;
	}

	public void setDefaultDuration(Duration defaultDuration) {
		this.defaultDuration = defaultDuration;
	}

	public Duration getMaxDuration() {
		return this.maxDuration;
	}

	public void setMaxDuration(Duration maxDuration) {
		this.maxDuration = maxDuration;
	}

	public Duration getCpuInterval() {
		return this.cpuInterval;
	}

	public void setCpuInterval(Duration cpuInterval) {
		this.cpuInterval = cpuInterval;
	}

	public Duration getLockThreshold() {
		return this.lockThreshold;
	}

	public void setLockThreshold(Duration lockThreshold) {
		this.lockThreshold = lockThreshold;
	}

	public int getMaxStackDepth() {
		return this.maxStackDepth;
	}

	public void setMaxStackDepth(int maxStackDepth) {
		this.maxStackDepth = maxStackDepth;
	}

	public int getMaxFrames() {
		return this.maxFrames;
	}

	public void setMaxFrames(int maxFrames) {
		this.maxFrames = maxFrames;
	}

	public int getMaxResults() {
		return this.maxResults;
	}

	public void setMaxResults(int maxResults) {
		this.maxResults = maxResults;
	}

	public DataSize getMaxRecordingSize() {
		return this.maxRecordingSize;
	}

	public void setMaxRecordingSize(DataSize maxRecordingSize) {
		this.maxRecordingSize = maxRecordingSize;
	}

	public List<String> getApplicationPackages() {
		return this.applicationPackages;
	}

	public void setApplicationPackages(List<String> applicationPackages) {
		this.applicationPackages = applicationPackages;
	}

	ProfilerSettings toSettings(List<String> packages) {
		require("max-duration", this.maxDuration, Duration.ofSeconds(1), Duration.ofSeconds(60));
		require("default-duration", this.defaultDuration, Duration.ofSeconds(1), this.maxDuration);
		require("cpu-interval", this.cpuInterval, Duration.ofMillis(1), Duration.ofSeconds(1));
		require("lock-threshold", this.lockThreshold, Duration.ofNanos(10_000), Duration.ofSeconds(60));
		require("max-stack-depth", this.maxStackDepth, 16, 2048);
		require("max-frames", this.maxFrames, 1000, 200_000);
		// One run may have a result of each kind.
		require("max-results", this.maxResults, 3, 100);
		if (this.maxRecordingSize.isNegative() || this.maxRecordingSize.compareTo(DataSize.ofGigabytes(1)) > 0) {
			throw invalid("max-recording-size", this.maxRecordingSize, "from 0B, which keeps none, to 1GB");
		}
		List<String> all = new ArrayList<>(packages);
		all.addAll(this.applicationPackages);
		return new ProfilerSettings(this.defaultDuration, this.maxDuration, this.cpuInterval, this.lockThreshold,
				this.maxStackDepth, this.maxFrames, this.maxResults, this.maxRecordingSize.toBytes(), all);
	}

	private static <T extends Comparable<T>> void require(String property, T value, T min, T max) {
		if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
			throw invalid(property, value, "from " + shown(min) + " to " + shown(max));
		}
	}

	private static String shown(Object bound) {
		return (bound instanceof Duration duration) ? duration.toString().substring(2).toLowerCase(Locale.ROOT)
				: bound.toString();
	}

	private static InvalidConfigurationPropertyValueException invalid(String property, Object value, String range) {
		return new InvalidConfigurationPropertyValueException("support.profile." + property, value,
				"It must be " + range + "; to do without the profiler set support.profile.enabled=false.");
	}

}
