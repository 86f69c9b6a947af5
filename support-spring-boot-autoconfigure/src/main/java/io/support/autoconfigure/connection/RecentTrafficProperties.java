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

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

import io.support.connection.traffic.TrafficSettings;

/**
 * What is kept of the recent traffic over outgoing connections.
 */
@ConfigurationProperties("support.recent")
public class RecentTrafficProperties {

	/**
	 * Whether the last exchanges over outgoing connections are kept.
	 */
	private boolean enabled = true;

	/**
	 * Number of exchanges that are kept.
	 */
	private int size = 256;

	/**
	 * Whether headers and bodies are kept as well, their secrets hidden.
	 */
	private boolean capturePayload;

	/**
	 * Maximum size of a body that is kept, on either side of an exchange.
	 */
	private DataSize payloadSize = DataSize.ofBytes(4096);

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public int getSize() {
		return this.size;
	}

	public void setSize(int size) {
		this.size = size;
	}

	public boolean isCapturePayload() {
		return this.capturePayload;
	}

	public void setCapturePayload(boolean capturePayload) {
		this.capturePayload = capturePayload;
	}

	public DataSize getPayloadSize() {
		return this.payloadSize;
	}

	public void setPayloadSize(DataSize payloadSize) {
		this.payloadSize = payloadSize;
	}

	TrafficSettings toSettings() {
		if (!TrafficSettings.isSize(this.size)) {
			throw new InvalidConfigurationPropertyValueException("support.recent.size", this.size,
					"It must be 1 to " + TrafficSettings.MAX_SIZE
							+ ", for example 256; set support.recent.enabled=false to keep nothing.");
		}
		if (!TrafficSettings.isPayloadBytes(this.payloadSize.toBytes())) {
			throw new InvalidConfigurationPropertyValueException("support.recent.payload-size", this.payloadSize,
					"It must be 1B to " + TrafficSettings.MAX_PAYLOAD_BYTES
							+ "B, for example 4KB; set support.recent.capture-payload=false to keep no payload.");
		}
		return new TrafficSettings(this.size, this.capturePayload, (int) this.payloadSize.toBytes());
	}

}
