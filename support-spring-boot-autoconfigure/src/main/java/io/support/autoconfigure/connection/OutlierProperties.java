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
 * When an address is left out because it answers much later than the others of its tier.
 */
public class OutlierProperties {

	/**
	 * Whether an address that answers much later than the others of its tier is left out
	 * for a while; never more than half of them are.
	 */
	private boolean enabled = true;

	/**
	 * Median latency from which an address is left out, as a multiple of that of the
	 * others.
	 */
	private double factor = 3;

	/**
	 * Number of answers within an interval below which an address is not compared.
	 */
	private int minRequests = 100;

	/**
	 * Median latency below which no address is left out.
	 */
	private Duration minLatency = Duration.ofMillis(50);

	/**
	 * Time after which the addresses are compared, again and again; two in a row decide.
	 */
	private Duration interval = Duration.ofSeconds(10);

	/**
	 * Time for which an address is left out at first; twice as long the second time and
	 * so on, ten times at most.
	 */
	private Duration baseEjectionTime = Duration.ofSeconds(30);

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public double getFactor() {
		return this.factor;
	}

	public void setFactor(double factor) {
		this.factor = factor;
	}

	public int getMinRequests() {
		return this.minRequests;
	}

	public void setMinRequests(int minRequests) {
		this.minRequests = minRequests;
	}

	public Duration getMinLatency() {
		return this.minLatency;
	}

	public void setMinLatency(Duration minLatency) {
		this.minLatency = minLatency;
	}

	public Duration getInterval() {
		return this.interval;
	}

	public void setInterval(Duration interval) {
		this.interval = interval;
	}

	public Duration getBaseEjectionTime() {
		return this.baseEjectionTime;
	}

	public void setBaseEjectionTime(Duration baseEjectionTime) {
		this.baseEjectionTime = baseEjectionTime;
	}

}
